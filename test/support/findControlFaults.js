// @ts-check
// Runs inside the page, so it imports nothing.

/**
 * What keeps people from hitting, finding or seeing a control, and what axe does not measure (WCAG 2.2: 2.5.8, 2.4.11, 1.4.11).
 *
 * @param {ParentNode} scope
 * @param {{ targetSize: number, measures: readonly ('focus' | 'motion' | 'forced colours')[] }} options - `targetSize` in CSS pixels, both ways
 * @returns {string[]}
 */
export function findControlFaults(scope, { targetSize, measures }) {
  /** @type {string[]} */
  const faults = [];
  const POINTED =
    'button, a, textarea, input:enabled, select, summary, audio, video, [role="button"], [role^="menuitem"]';
  // Nothing can be reached behind a dialog, nor by Tab beside a menu.
  const OPENED = '[aria-modal="true"], dialog:modal, [role="menu"], [role="alertdialog"]';
  const reach = [...scope.querySelectorAll(OPENED)].filter(isShown).at(-1) ?? scope;
  const controls = [...reach.querySelectorAll(`${POINTED}, input, [tabindex]:not([tabindex="-1"])`)].filter(isShown);

  for (const control of controls) {
    if (isPartOfText(control) || !control.matches(POINTED)) continue;
    const { width, height } = targetOf(control);
    if (Math.min(width, height) < targetSize - 0.1) {
      faults.push(`${nameOf(control)} is ${round(width)} × ${round(height)}, smaller than ${targetSize} px`);
    }
  }
  if (measures.includes('motion')) faults.push(...findMotion());
  if (measures.includes('forced colours')) faults.push(...controls.flatMap(findInvisible), ...findSameLooks());
  if (measures.includes('focus')) faults.push(...controls.flatMap(findCovered));
  return faults;

  /** A small control may reach further to a finger than it looks: by a layer of its own. @param {Element} control */
  function targetOf(control) {
    const { width, height } = control.getBoundingClientRect();
    const layer = getComputedStyle(control, '::after');
    if (layer.content === 'none' || layer.position !== 'absolute') return { width, height };
    return { width: Math.max(width, parseFloat(layer.width)), height: Math.max(height, parseFloat(layer.height)) };
  }

  /** @param {Element} element */
  function isShown(element) {
    const { width, height } = element.getBoundingClientRect();
    // What only screen readers get is cut to one pixel.
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (parent.clientWidth === 1 && getComputedStyle(parent).overflow === 'hidden') return false;
    }
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
  }

  /** A link in a sentence is as high as its line. @param {Element} element */
  function isPartOfText(element) {
    return getComputedStyle(element).display === 'inline';
  }

  function findMotion() {
    return document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && Number(effect?.getComputedTiming().duration) > 0)
      .map(({ effect }) => /** @type {KeyframeEffect} */ (effect).target)
      .filter((target) => target !== null && scope.contains(target))
      .map((target) => `${nameOf(/** @type {Element} */ (target))} moves although less motion is wanted`);
  }

  /** Something of it has to lie over everything else, or people who use the keyboard do not see where they are. @param {Element} control @returns {string[]} */
  function findCovered(control) {
    if (!(control instanceof HTMLElement) || control.tabIndex < 0 || control.matches(':disabled')) return [];
    control.focus();
    if (document.activeElement !== control) return [];
    const [box = control.getBoundingClientRect()] = control.getClientRects();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    /** @type {readonly (readonly [number, number])[]} */
    const points = [
      [0.5, 0.5],
      [0.15, 0.25],
      [0.85, 0.25],
      [0.15, 0.75],
      [0.85, 0.75],
    ];
    const covers = points.map(([across, down]) => {
      const found = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
      const isOurs = found !== null && (control.contains(found) || found.closest('label')?.contains(control) === true);
      return isOurs ? null : found === null ? 'the edge of the page' : nameOf(found);
    });
    const cover = covers.find((each) => each !== null);
    // What scrolls may be larger than what lies above it; a link in a sentence may be broken.
    const isLenient = isPartOfText(control) || control.scrollHeight > control.clientHeight + 1;
    const allowed = isLenient ? covers.length - 1 : 0;
    const count = covers.filter((each) => each !== null).length;
    return cover != null && count > allowed
      ? [`${nameOf(control)} has the focus below ${cover}, at ${count} points`]
      : [];
  }

  /** Backgrounds are not drawn there: without a border, only words and icons tell that something is a control. @param {Element} control @returns {string[]} */
  function findInvisible(control) {
    const canvas = colourOf('Canvas');
    const isDrawnByBrowser = control.matches('[type="checkbox"], [type="radio"], select, audio, video');
    const isSeen = isDrawnByBrowser || [control, ...ancestors(control, 3)].some(hasEdge) || hasInk(control);
    return isSeen ? [] : [`${nameOf(control)} has neither an edge nor words or an icon where colours are forced`];

    /** @param {Element} element */
    function hasEdge(element) {
      const style = getComputedStyle(element);
      const edges = ['top', 'right', 'bottom', 'left'].map((side) => `border-${side}`);
      return [...edges, 'outline'].some(
        (edge) =>
          style.getPropertyValue(`${edge}-style`) !== 'none' &&
          parseFloat(style.getPropertyValue(`${edge}-width`)) > 0 &&
          isInk(style.getPropertyValue(`${edge}-color`)),
      );
    }
    /** @param {Element} element */
    function hasInk(element) {
      return [element, ...element.querySelectorAll('*')].some((each) => {
        const style = getComputedStyle(each);
        const hasWords = [...each.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        const isDrawn = each instanceof SVGElement && (isInk(style.stroke) || isInk(style.fill));
        return each.checkVisibility() && ((hasWords && isInk(style.color)) || isDrawn);
      });
    }
    /** @param {string} colour */
    function isInk(colour) {
      return colour !== 'none' && colour !== canvas && !/^rgba\(.*, 0\)$|transparent/.test(colour);
    }
  }

  /** What is chosen or on must differ from what is not by more than its background. */
  function findSameLooks() {
    return ['aria-pressed', 'aria-selected', 'aria-checked', 'aria-current'].flatMap((state) => {
      const isOn = (/** @type {Element} */ control) => !['false', null].includes(control.getAttribute(state));
      return controls.filter(isOn).flatMap((chosen) => {
        const others = controls.filter((each) => each.className === chosen.className && !isOn(each));
        return others.some((other) => looksOf(other) === looksOf(chosen))
          ? [
              `${nameOf(chosen)} has ${state} and looks like ${nameOf(/** @type {Element} */ (others[0]))} where colours are forced`,
            ]
          : [];
      });
    });
  }

  /** @param {Element} element */
  function looksOf(element) {
    return [element, ...element.querySelectorAll('*')]
      .map((each) => {
        const { color, border, outline, fontWeight, textDecorationLine, fill, stroke, opacity, boxShadow } =
          getComputedStyle(each);
        const shape = each instanceof SVGElement ? each.outerHTML : each.tagName;
        return [shape, color, border, outline, fontWeight, textDecorationLine, fill, stroke, opacity, boxShadow].join();
      })
      .join(';');
  }

  /** @param {string} name */
  function colourOf(name) {
    const probe = document.createElement('i');
    probe.style.color = name;
    document.body.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }

  /** @param {Element} element @param {number} count @returns {Element[]} */
  function ancestors(element, count) {
    const parent = count > 0 && element !== scope ? element.parentElement : null;
    return parent && parent !== scope ? [parent, ...ancestors(parent, count - 1)] : [];
  }

  /** @param {number} length */
  function round(length) {
    return Math.round(length * 10) / 10;
  }

  /** @param {Element} element */
  function nameOf(element) {
    const part = element.getAttribute('data-ac') ?? element.getAttribute('class') ?? '';
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    return `${element.tagName.toLowerCase()}${part && `[${part}]`} "${words}"`;
  }
}
