/** An element of a page, as far as somebody reads it. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

const TOKEN = /<\/\w+>|<(\w+)((?: [\w:-]+(?:="[^"]*")?)*)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:-]+)(?:="([^"]*)")?/g;
const PICTURE = /<svg.*?<\/svg>/gs;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };

/** Reads markup as React writes it, which is well-formed. Pictures say nothing and are left out. */
export function readMarkup(markup: string): Element {
  const root = { tag: '', attributes: {}, children: [] as (Element | string)[] };
  const open = [root];
  for (const [token, tag, attributes, end, text] of markup.replace(PICTURE, '').matchAll(TOKEN)) {
    const { children } = open.at(-1)!;
    if (text !== undefined) children.push(unescape(text));
    else if (tag === undefined) open.pop();
    else {
      const element = { tag, attributes: readAttributes(attributes!), children: [] };
      children.push(element);
      if (end === '' && token) open.push(element);
    }
  }
  return root;
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map(([, name, value]) => [name!, unescape(value ?? '')]));
}

function unescape(text: string): string {
  return text.includes('&') ? text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity) : text;
}

/** What matches, in the order of the page; not what is inside of something that does. */
export function findAll(within: Element, matches: (element: Element) => boolean): readonly Element[] {
  return within.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return matches(child) ? [child] : findAll(child, matches);
  });
}

/** What somebody hears of it: without what is hidden. */
export function textOf({ attributes, children }: Element): string {
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return '';
  return children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
