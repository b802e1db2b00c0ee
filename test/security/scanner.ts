import { computeAccessibleName } from 'dom-accessibility-api';

// Read past whatever content could put in the way: `<form><input name="attributes">` shadows the form's own property.
const getter = <T>(prototype: object, name: string): ((this: unknown) => T) =>
  Object.getOwnPropertyDescriptor(prototype, name)!.get as (this: unknown) => T;
const tagName = getter<string>(Element.prototype, 'localName');
const attributes = getter<NamedNodeMap>(Element.prototype, 'attributes');

const ELEMENTS =
  /^(?:a|article|bdi|blockquote|br|button|code|dd|del|div|dl|dt|em|h[2-6]|header|hr|input|li|ol|p|pre|section|span|strong|sup|table|tbody|td|th|thead|tr|ul|svg|path|circle|rect|line|polyline|polygon|ellipse|g)$/;
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

const isElement = remember((name) => ELEMENTS.test(name));
const isAttribute = remember((name) => ATTRIBUTES.test(name.toLowerCase()));
const isClass = remember((names) => /^(?:(?:ac-|lucide)[\w-]*(?: |$))+$/.test(names));

/** Millions of the same names are looked at. */
function remember(test: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => known.get(text) ?? (known.set(text, test(text)), known.get(text)!);
}

interface Own {
  readonly className: RegExp;
  readonly attributes: RegExp;
}

/** What would be dangerous if a text brought it: only as the widget itself makes it, and with no more attributes than it gives it. */
const OWN: ReadonlyMap<string, Own> = new Map([
  ['img', { className: /^ac-(?:file-picture|lightbox-image)$/, attributes: /^(?:src|alt|decoding|draggable)$/ }],
  ['audio', { className: /^ac-file-audio$/, attributes: /^(?:src|controls|preload)$/ }],
  ['video', { className: /^ac-file-video$/, attributes: /^(?:src|controls|preload)$/ }],
  ['dialog', { className: /^ac-lightbox$/, attributes: /^open$/ }],
  ['form', { className: /^ac-(?:composer|conversations-form)$/, attributes: /^$/ }],
  [
    'input',
    { className: /^ac-input(?: |$)/, attributes: /^(?:value|maxlength|autocomplete|enterkeyhint|placeholder)$/ },
  ],
  ['time', { className: /^(?:ac-time)?$/, attributes: /^datetime$/ }],
  ['textarea', { className: /^ac-composer-input$/, attributes: /^(?:rows|enterkeyhint|placeholder|style)$/ }],
]);

/** Addresses of bytes that this page has in its own memory. */
const made = new Set<string>();
const { createObjectURL } = URL;
URL.createObjectURL = (bytes) => {
  const url = createObjectURL(bytes);
  made.add(url);
  return url;
};

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
  const given = Array.from(attributes.call(element));
  const kind = OWN.get(name);
  const className = kind && (given.find((each) => each.name === 'class')?.value ?? '');
  const own = className !== undefined && kind?.className.test(className) ? kind : undefined;
  const isFormula = FORMULA_ELEMENTS.test(name) && Element.prototype.closest.call(element, FORMULA) !== null;
  if (!isFormula && !own && !isElement(name)) found.push(`an element <${name}>`);
  for (const { name: attribute, value } of given) {
    const isFine =
      isFormula && attribute !== 'class'
        ? isOfFormula(attribute, value)
        : (isAttribute(attribute) || own?.attributes.test(attribute) === true) && isOfOurs(name, attribute, value);
    if (!isFine) found.push(`<${name} ${attribute}=${JSON.stringify(value)}>`);
  }
  return found;
}

function isOfFormula(attribute: string, value: string): boolean {
  return attribute === 'style' ? FORMULA_STYLE.test(value) : FORMULA_ATTRIBUTES.test(`${attribute}=${value}`);
}

function isOfOurs(element: string, attribute: string, value: string): boolean {
  switch (attribute) {
    case 'href':
      return isHarmless(value);
    case 'src':
      return made.has(value);
    case 'style':
      return /^(?:(?:block-size|height|overflow-y): [\w.]+; ?)*$/.test(value);
    case 'class':
      return isClass(value);
    case 'id':
      return /^_r_\w*$/.test(value);
    case 'type':
      return (element === 'input' ? /^(?:checkbox|search)$/ : /^(?:button|submit)$/).test(value);
    default:
      return true;
  }
}

/** By default nothing but mail, telephone and the text's own footnotes has an address. */
function isHarmless(href: string): boolean {
  return /^(?:mailto:[^<>"]*@|tel:\+?[\d().-]+|#_r_\w+$)/.test(href);
}

const CONTROL = /^\W*(?:approve|reject|allow\b.*\?)\W*$/i;
/** Dialogs that the visitor opens: they say what was pressed, and their place is known. */
const OPENED = '[data-ac="lightbox"], [data-ac="link-card"]';

/** Elements that are named or work like the controls of a review, or like a dialog, and are none. */
export function findImpostors(root: Element): readonly string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('button, a, input, summary, [role], [tabindex], [data-ac], dialog')) {
    if (element.closest('[data-ac="review"]')) continue;
    const role = element.getAttribute('role') ?? tagName.call(element);
    const part = element.getAttribute('data-ac') ?? '';
    const isControl = /^(?:button|a|input|summary|link|group|dialog|alert|alertdialog|menuitem|checkbox|switch)$/.test(
      role,
    );
    if (isControl && !element.matches(OPENED) && mayBeNamedSo(element)) {
      const name = lettersOf(computeAccessibleName(element));
      if (CONTROL.test(name.trim())) found.push(`a ${role} named ${JSON.stringify(name)}`);
    }
    if (/^(?:alert|alertdialog|dialog)$/.test(role) && !element.matches(OPENED)) found.push(`a ${role}`);
    if (/^(?:approve|reject|review)$/.test(part)) found.push(`data-ac="${part}"`);
  }
  return found;
}

function lettersOf(name: string): string {
  return name.normalize('NFKC').replace(/\p{Cf}/gu, '');
}

/** Computing a name takes long: this is whether any of what names are made of has such a word in it. */
function mayBeNamedSo(element: Element): boolean {
  if (element.hasAttribute('aria-labelledby')) return true;
  return /approve|reject|allow/i.test(lettersOf(`${element.textContent ?? ''} ${element.outerHTML}`));
}
