import { createElement, Fragment, type Key, type ReactElement } from 'react';

/** What temml makes of a formula: elements, texts (`text`), and nodes without a type that only hold others. */
export interface TreeNode {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly children?: readonly TreeNode[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly style?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  /** Of a link or an image. */
  readonly href?: unknown;
  readonly src?: unknown;
}

/** Bounds of what the page has to lay out. */
const maxNodes = 4000;
const maxDepth = 120;

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const types = words(
  'math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none',
);
const attributes = words(
  'accent accentunder columnalign columnspacing depth display displaystyle fence form height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize movablelimits rowspacing rspace scriptlevel separator stretchy symmetric voffset width',
);
const styles = words(
  'border borderBottom borderLeft borderRight borderTop color fontWeight height marginLeft mathDepth padding paddingBottom paddingLeft paddingRight paddingTop textAlign transform width',
);
/** Classes and elements that Formula.css knows, there as classes with `ac-md-` before them. */
const classes = words(
  'downstrike math menclose sout tml-cancel tml-fbox tml-left tml-overline tml-right tml-underline tml-xcancel upstrike',
);
/** They turn around what is read, or hide in it. */
const hidden = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;
/** Numbers, lengths, colours and names: nothing that could load something. */
const plainValue = /^(?!.*url)[-+.,#%()\w ]*$/i;

/**
 * Turns a tree into React elements. Only known elements, attributes and styles come through.
 *
 * @throws Error where the tree is too large or holds a link or an image.
 */
export function toElement(root: TreeNode): ReactElement | string {
  let count = 0;
  const read = (node: TreeNode, depth: number, key: Key): ReactElement | string => {
    if (++count > maxNodes || depth > maxDepth) throw new Error('The formula is too large.');
    if (node.href !== undefined || node.src !== undefined) throw new Error('The formula leads out of the page.');
    if (typeof node.text === 'string') return node.text.replace(hidden, '');
    const children = node.children?.map((child, index) => read(child, depth + 1, index)) ?? [];
    const { type } = node;
    if (typeof type !== 'string') return createElement(Fragment, { key }, ...children);
    if (!types.has(type)) throw new Error(`The formula has a <${type}>.`);
    return createElement(type, { key, ...propertiesOf(node) }, ...children);
  };
  return read(root, 0, 0);
}

function propertiesOf(node: TreeNode): Record<string, unknown> {
  const names = [node.type as string, ...(node.classes ?? [])].filter((name) => classes.has(name));
  const style = pick(node.style, styles);
  return {
    ...pick(node.attributes, attributes),
    ...(names.length > 0 && { className: names.map((name) => `ac-md-${name}`).join(' ') }),
    ...(Object.keys(style).length > 0 && { style }),
  };
}

function pick(values: TreeNode['attributes'] = {}, names: ReadonlySet<string>): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
  return Object.fromEntries(entries.filter(([name, value]) => names.has(name) && plainValue.test(value)));
}
