// @ts-check
// Runs inside the page, so it imports nothing.

/**
 * How well text, icons and the edges of fields and buttons stand out from what is behind them: WCAG 1.4.3 (4.5, large text 3) and 1.4.11 (3), from the colours that
 * the browser computed, with everything translucent blended.
 *
 * @param {ParentNode} scope
 * @returns {{ text: number, control: number, faults: string[] }} the lowest ratios of each kind, and what is below its limit.
 */
export function measureContrast(scope) {
  /** @typedef {readonly [number, number, number, number]} Colour red, green, blue of 255, and alpha of 1 */
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d', { willReadFrequently: true }));
  /** @type {Map<string, Colour>} */
  const known = new Map();
  const found = { text: 21, control: 21, faults: /** @type {string[]} */ ([]) };

  /** The browser's own reading of a colour, in whatever space it is written. @param {string} css @returns {Colour} */
  function read(css) {
    const before = known.get(css);
    if (before) return before;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = '#000';
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    const colour = /** @type {Colour} */ ([red, green, blue, alpha / 255]);
    known.set(css, colour);
    return colour;
  }
  /** @param {Colour} above @param {Colour} below @param {number} share @returns {Colour} */
  function blend(above, below, share = above[3]) {
    const mix = (/** @type {number} */ a, /** @type {number} */ b) => a * share + b * (1 - share);
    return [mix(above[0], below[0]), mix(above[1], below[1]), mix(above[2], below[2]), 1];
  }
  /** What is behind the text of an element. @param {Element | null} element @returns {Colour} */
  function backdrop(element) {
    if (!element) return read(getComputedStyle(document.documentElement).colorScheme === 'dark' ? '#121212' : '#fff');
    const colour = read(getComputedStyle(element).backgroundColor);
    // A modal dialog lies on its backdrop, wherever it stands in the document.
    if (element.matches(':modal'))
      return blend(colour, blend(read(getComputedStyle(element, '::backdrop').backgroundColor), backdrop(null)));
    return colour[3] === 1 ? colour : blend(colour, backdrop(element.parentElement));
  }
  /** Lets what is behind a translucent ancestor shine through. @param {Colour} colour @param {Element} element @returns {Colour} */
  function fade(colour, element) {
    let faded = colour;
    for (let each = /** @type {Element | null} */ (element); each; each = each.parentElement) {
      const opacity = Number(getComputedStyle(each).opacity);
      if (opacity < 1) faded = blend(faded, backdrop(each.parentElement), opacity);
    }
    return faded;
  }
  /** @param {Colour} colour */
  function luminance(colour) {
    const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
  /** @param {string} css @param {Element} element @param {Colour} behind */
  function ratio(css, element, behind) {
    const [one, other] = [fade(blend(read(css), behind), element), fade(behind, element)].map(luminance);
    return (Math.max(one ?? 0, other ?? 0) + 0.05) / (Math.min(one ?? 0, other ?? 0) + 0.05);
  }
  /** @param {'text' | 'control'} kind @param {number} value @param {number} least @param {string} name */
  function note(kind, value, least, name) {
    found[kind] = Math.min(found[kind], value);
    if (value < least - 0.005) found.faults.push(`contrast ${value.toFixed(2)} instead of ${least}: ${name}`);
  }

  /** @param {Element} element */
  const isSeen = (element) => {
    for (let parent = /** @type {Element | null} */ (element); parent; parent = parent.parentElement) {
      if (parent.clientWidth === 1 && getComputedStyle(parent).overflow === 'hidden') return false;
    }
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) return false;
    // What another layer covers is not what is looked at now.
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return (
      hit === null ||
      hit.contains(element) ||
      element.contains(hit) ||
      getComputedStyle(element).pointerEvents === 'none'
    );
  };
  /** @param {Element} element */
  const isInactive = (element) => element.closest(':disabled, [aria-disabled="true"], [inert]') !== null;
  /** @param {Element} element */
  const nameOf = (element) =>
    `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
  /** @param {Element} element */
  const leastOf = (element) => {
    const { fontSize, fontWeight } = getComputedStyle(element);
    const pixels = parseFloat(fontSize);
    return pixels >= 24 || (pixels >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
  };

  for (const element of scope.querySelectorAll('*')) {
    if (isInactive(element) || !isSeen(element)) continue;
    const style = getComputedStyle(element);
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    const name = nameOf(element);
    if (hasText && !element.closest('svg, style'))
      note('text', ratio(style.color, element, backdrop(element)), leastOf(element), name);
    if (element.matches('svg') && style.stroke !== 'none')
      note(
        'control',
        ratio(style.stroke, element, backdrop(element)),
        3,
        `icon in ${nameOf(element.parentElement ?? element)}`,
      );
    if (element.matches('input, textarea') && element.matches(':placeholder-shown'))
      note(
        'text',
        ratio(getComputedStyle(element, '::placeholder').color, element, backdrop(element)),
        leastOf(element),
        `placeholder of ${name}`,
      );
    if (element.matches('input:not([type="file"]), textarea, select, button')) measureEdge(element, name);
    if (element.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      note('control', ratio(style.outlineColor, element, backdrop(element.parentElement)), 3, `focus ring of ${name}`);
  }
  for (const [highlight, ranges] of CSS.highlights) {
    for (const range of ranges) {
      const element = range.startContainer.parentElement;
      if (!element || !scope.contains(element) || !isSeen(element)) continue;
      const style = getComputedStyle(element, `::highlight(${highlight})`);
      const behind = blend(read(style.backgroundColor), backdrop(element));
      note(
        'text',
        ratio(style.color, element, behind),
        leastOf(element),
        `"${range.toString().slice(0, 40)}" as ${highlight}`,
      );
    }
  }
  return found;

  /** A field has to be found by its edge, or the edge of the card it is in; a button that draws one has to draw one that is seen. @param {Element} element @param {string} name */
  function measureEdge(element, name) {
    const isField = !element.matches('button');
    if (element.querySelector('img')) return; // a picture is its own edge
    for (
      let each = /** @type {Element | null} */ (element), steps = 0;
      each && steps < (isField ? 3 : 1);
      each = each.parentElement, steps += 1
    ) {
      const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(each);
      const around = backdrop(each.parentElement);
      if (borderTopStyle === 'none' || parseFloat(borderTopWidth) === 0 || read(borderTopColor)[3] === 0) {
        // A filled one needs no line.
        if (each === element && luminance(backdrop(each)) !== luminance(around)) return;
        continue;
      }
      return note('control', ratio(borderTopColor, each, around), 3, `edge of ${name}`);
    }
    if (isField) note('control', 1, 3, `edge of ${name}`);
  }
}
