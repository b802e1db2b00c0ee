// @ts-check
// Runs inside the page, so it imports nothing.

/**
 * What a reviewer would circle in a picture: text cut off, a page that scrolls sideways, controls on top of each other, text drawn over text.
 *
 * @param {ParentNode} scope
 * @returns {string[]}
 */
export function findLayoutFaults(scope) {
  /** @type {string[]} */
  const faults = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth)
    faults.push(`the page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth} px`);

  /** @param {Element} element */
  const isSeen = (element) => {
    const { visibility, opacity } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    // What only screen readers get is cut to one pixel, and everything in it sticks out.
    for (let parent = element.parentElement; parent; parent = parent.parentElement) {
      if (parent.clientWidth === 1 && getComputedStyle(parent).overflow === 'hidden') return false;
    }
    return element.checkVisibility() && visibility === 'visible' && opacity !== '0' && width > 1 && height > 1;
  };
  /** @param {Element} element */
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}${element.getAttribute('data-ac') ? `[${element.getAttribute('data-ac')}]` : ''} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;

  const elements = [...scope.querySelectorAll('*')].filter(isSeen);
  for (const element of elements) {
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (!hasText) continue;
    // An ellipsis is a decision; what `overflow: auto` hides can be scrolled to.
    const cutsAcross =
      /hidden|clip/.test(style.overflowX) &&
      style.textOverflow !== 'ellipsis' &&
      element.scrollWidth > element.clientWidth + 1;
    const cutsDown =
      /hidden|clip/.test(style.overflowY) &&
      style.webkitLineClamp === 'none' &&
      element.scrollHeight > element.clientHeight + 1 &&
      element.clientHeight > 0;
    if (cutsAcross || cutsDown) faults.push(`text is cut off in ${nameOf(element)}`);
    const { left, right } = element.getBoundingClientRect();
    const isInScroller = isScrolled(element);
    if (!isInScroller && (left < -1 || right > page.clientWidth + 1))
      faults.push(`${nameOf(element)} sticks out of the page`);
  }

  const controls = elements.filter((element) =>
    element.matches('button, a[href], textarea, input, select, summary, [role="button"]'),
  );
  controls.forEach((one, index) => {
    const a = visibleBoxes(one);
    for (const other of controls.slice(index + 1)) {
      if (one.contains(other) || other.contains(one) || layerOf(one) !== layerOf(other)) continue;
      const overlap = visibleBoxes(other).some((b) =>
        a.some(
          (box) =>
            Math.min(box.right, b.right) - Math.max(box.left, b.left) > 1 &&
            Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top) > 1,
        ),
      );
      if (overlap) faults.push(`${nameOf(one)} and ${nameOf(other)} overlap`);
    }
  });
  faults.push(...findTextOverText());
  return faults;

  /** Lines of text in the same place, with no ground between them that hides the one below. */
  function findTextOverText() {
    const lines = elements
      .filter((element) => element.closest('math') === null)
      .flatMap((element) => linesOf(element).map((box) => ({ element, box })))
      .sort((a, b) => a.box.top - b.box.top);
    /** @type {Set<string>} */
    const found = new Set();
    lines.forEach(({ element, box }, index) => {
      for (const { element: other, box: next } of lines.slice(index + 1)) {
        if (next.top >= box.bottom) break;
        const left = Math.max(box.left, next.left);
        const across = Math.min(box.right, next.right) - left;
        const down = Math.min(box.bottom, next.bottom) - next.top;
        // The boxes of letters are higher than the letters.
        const isClose = across > 2 && down > 0.4 * Math.min(box.bottom - box.top, next.bottom - next.top);
        if (!isClose || element === other || layerOf(element) !== layerOf(other)) continue;
        const shown = document.elementsFromPoint(left + across / 2, next.top + down / 2);
        // What lets the pointer through is not found at a point, and lies on top of what it tells about.
        const veil = [element, other].find((each) => getComputedStyle(each).pointerEvents === 'none');
        const upper = veil ?? shown.find((each) => each === element || each === other);
        if (upper && !hasGround(upper, upper === element ? other : element))
          found.add(`${nameOf(element)} and ${nameOf(other)} are drawn over each other`);
      }
    });
    return found;
  }

  /** Whether something hides what lies below an element, up to where both belong together. @param {Element} upper @param {Element} lower */
  function hasGround(upper, lower) {
    for (let each = /** @type {Element | null} */ (upper); each && !each.contains(lower); each = each.parentElement) {
      if (!/, 0(\.\d+)?\)$|\/ 0(\.\d+)?\)$|^transparent$/.test(getComputedStyle(each).backgroundColor)) return true;
    }
    return false;
  }

  /** The boxes of an element's own lines, as far as they can be seen. @param {Element} element */
  function linesOf(element) {
    const range = document.createRange();
    return [...element.childNodes].flatMap((node) => {
      if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) return [];
      range.selectNodeContents(node);
      return clip(element, [...range.getClientRects()]).filter(
        ({ left, right, top, bottom }) => right > left && bottom > top,
      );
    });
  }

  /** Whether one can scroll sideways to it. @param {Element} element */
  function isScrolled(element) {
    for (
      let parent = /** @type {Element | null} */ (element);
      parent && parent !== document.body;
      parent = parent.parentElement
    ) {
      if (/auto|scroll/.test(getComputedStyle(parent).overflowX)) return true;
    }
    return false;
  }

  /** What lies on top on purpose. @param {Element} element */
  function layerOf(element) {
    return element.closest('dialog, [role="menu"], [role="alertdialog"], [role="dialog"][aria-modal="true"]');
  }

  /** The parts of a control that its scrolling ancestors let through; a link that wraps has several. @param {Element} element */
  function visibleBoxes(element) {
    return clip(element.parentElement, [...element.getClientRects()]);
  }

  /** @param {Element | null} within @param {readonly DOMRect[]} boxes */
  function clip(within, boxes) {
    return boxes.map((rect) => {
      let { left, right, top, bottom } = rect;
      for (let parent = within; parent; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowY === 'visible') continue;
        const box = parent.getBoundingClientRect();
        left = Math.max(left, box.left);
        right = Math.min(right, box.right);
        top = Math.max(top, box.top);
        bottom = Math.min(bottom, box.bottom);
      }
      return { left, right, top, bottom };
    });
  }
}
