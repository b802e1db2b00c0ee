// Read past whatever content could put in the way: `<form><input name="attributes">` shadows the form's own property.
const getter = <T>(prototype: object, name: string): ((this: unknown) => T) =>
  Object.getOwnPropertyDescriptor(prototype, name)!.get as (this: unknown) => T;
const tagName = getter<string>(Element.prototype, 'localName');
const attributes = getter<NamedNodeMap>(Element.prototype, 'attributes');

const ELEMENTS =
  /^(?:a|bdi|blockquote|br|button|code|dd|del|div|dl|dt|em|h[2-6]|header|hr|input|li|ol|p|pre|section|span|strong|sup|table|tbody|td|th|thead|tr|ul|svg|path|circle|rect|line|polyline|polygon|ellipse|g)$/;
const ATTRIBUTES =
  /^(?:class|dir|role|tabindex|aria-[a-z]+|data-[a-z-]+|type|disabled|checked|readonly|start|scope|id|href|target|rel|referrerpolicy|title|hidden|lang|xmlns|width|height|viewbox|fill|stroke|stroke-(?:width|linecap|linejoin)|d|c[xy]|r|r[xy]|[xy][12]?|points|focusable)$/;

// Where formulas are shown, they are drawn within such a box, and nowhere else.
const FORMULA = '.ac-md-formula';
const FORMULA_ELEMENTS =
  /^(?:math|m(?:enclose|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|style|sub|subsup|sup|table|td|text|tr|under|underover)|none)$/;
const FORMULA_ATTRIBUTES =
  /^(?:accent(?:under)?|column(?:align|spacing)|depth|display(?:style)?|fence|form|height|largeop|linethickness|[lr]space|math(?:background|color|size|variant)|m(?:ax|in)size|movablelimits|rowspacing|scriptlevel|separator|stretchy|symmetric|voffset|width)=[-\w .%#(),+]*$/;
const FORMULA_STYLE =
  /^(?:(?:border|color|font-weight|height|margin-left|math-depth|padding|text-align|transform|width)(?:-[a-z-]+)?: (?:(?!url|var|fixed|absolute)[-\w .%#(),])+; ?)*$/;

/** What in `root` is not of the widget's own making, as sentences. */
export function scan(root: Element): readonly string[] {
  return Array.from(root.querySelectorAll('*')).flatMap(inspect);
}

/** The same of what changed in `root` since the last call: most prefixes change a word in a tree of a hundred elements. */
export function watch(root: Element): () => readonly string[] {
  const observer = new MutationObserver(() => undefined);
  observer.observe(root, { subtree: true, childList: true, attributes: true });
  return () => {
    const changed = new Set<Element>();
    for (const { target, addedNodes } of observer.takeRecords()) {
      if (target !== root) changed.add(target as Element);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        for (const element of [node, ...node.querySelectorAll('*')]) changed.add(element);
      }
    }
    return [...changed].flatMap(inspect);
  };
}

function inspect(element: Element): readonly string[] {
  const found: string[] = [];
  const name = tagName.call(element);
  const isFormula = FORMULA_ELEMENTS.test(name) && Element.prototype.closest.call(element, FORMULA) !== null;
  if (!isFormula && !ELEMENTS.test(name)) found.push(`an element <${name}>`);
  for (const { name: attribute, value } of Array.from(attributes.call(element))) {
    const complain = (): unknown => found.push(`<${name} ${attribute}=${JSON.stringify(value)}>`);
    if (isFormula && attribute !== 'class') {
      const isKnown = attribute === 'style' ? FORMULA_STYLE : FORMULA_ATTRIBUTES;
      if (!isKnown.test(attribute === 'style' ? value : `${attribute}=${value}`)) complain();
    } else if (!ATTRIBUTES.test(attribute.toLowerCase())) complain();
    else if (attribute === 'href' && !isHarmless(value)) complain();
    else if (attribute === 'class' && !/^(?:(?:ac-|lucide)[\w-]*(?: |$))+$/.test(value)) complain();
    else if (attribute === 'id' && !/^_r_\w*$/.test(value)) complain();
    else if (attribute === 'type' && !/^(?:button|checkbox)$/.test(value)) complain();
  }
  return found;
}

/** By default nothing but mail, telephone and the text's own footnotes has an address. */
function isHarmless(href: string): boolean {
  return /^(?:mailto:[^<>"]*@|tel:\+?[\d().-]+|#_r_\w+$)/.test(href);
}

const CONTROL = /^\W*(?:approve|reject|allow\b.*\?)\W*$/i;

/** Elements that are named or work like the controls of a review, or like a dialog, and are none. */
export function findImpostors(root: Element): readonly string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('button, a, input, summary, [role], [tabindex], [data-ac], dialog')) {
    if (element.closest('[data-ac="review"]')) continue;
    const role = element.getAttribute('role') ?? tagName.call(element);
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '');
    const part = element.getAttribute('data-ac') ?? '';
    const isControl = /^(?:button|a|input|summary|link|group|dialog|alert|alertdialog|menuitem|checkbox|switch)$/.test(
      role,
    );
    if (isControl && CONTROL.test(name.trim())) found.push(`a ${role} named ${JSON.stringify(name)}`);
    if (/^(?:alert|alertdialog|dialog)$/.test(role)) found.push(`a ${role}`);
    if (/^(?:approve|reject|review)$/.test(part)) found.push(`data-ac="${part}"`);
  }
  return found;
}
