import type { Block, Inline } from '../../src/markdown/block.js';
import { createMarkdownParser, type BlockGroups } from '../../src/markdown/createMarkdownParser.js';
import { inlineText } from '../../src/markdown/inlineText.js';

/** The blocks of a text that a fresh parser reads at once. */
export function parseOnce(text: string, isStreaming = false): readonly Block[] {
  return createMarkdownParser().parse(text, isStreaming).flat();
}

/** The characters that a reader sees, in order, white space left out: it is where lines are broken that may change. */
export function shownText(groups: BlockGroups | readonly Block[]): string {
  return groups.flat().map(blockText).join('\n').replace(/\s+/g, '');
}

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.inlines);
    case 'code':
      return block.chunks.join('');
    case 'footnote':
      return `${block.number}.${block.blocks.map(blockText).join('\n')}`;
    case 'quote':
      return block.blocks.map(blockText).join('\n');
    case 'list':
      return block.runs.flatMap((run) => run.flatMap((item) => item.blocks.map(blockText))).join('\n');
    case 'table':
      return [block.header, ...block.runs.flat()].flatMap((row) => row.map((cell) => inlineText(cell))).join('\n');
    case 'rule':
      return '';
    case 'html':
      return block.text;
  }
}

/**
 * No flicker: whatever is shown stays, in its order. The text of a prefix is a subsequence of the next one's; before its
 * end only the characters of emphasis and code may be inserted, which were taken for markup and turned out not to be.
 */
export function findFlicker(before: string, after: string): string | undefined {
  let at = 0;
  for (const [index, character] of [...before].entries()) {
    const rest = [...after];
    while (at < rest.length && rest[at] !== character) {
      if (!'*_~`'.includes(rest[at]!)) return `"${rest[at]}" came in before "${[...before].slice(index).join('')}"`;
      at++;
    }
    if (at === rest.length) return `"${[...before].slice(index).join('')}" is gone`;
    at++;
  }
  return undefined;
}

/** Inline nodes as short text, for tables of cases: `em(a)`, `a(href|text)`. */
export function sketch(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      switch (inline.type) {
        case 'code':
          return `code(${inline.text})`;
        case 'footnote':
          return `note(${inline.target}|${inline.number})`;
        case 'image':
          return `img(${inline.source}|${inline.alternative})`;
        case 'break':
          return 'br()';
        case 'link':
          return `a(${inline.href}|${sketch(inline.children)})`;
        default:
          return `${{ emphasis: 'em', strong: 'strong', deleted: 'del' }[inline.type]}(${sketch(inline.children)})`;
      }
    })
    .join('');
}

/** A small generator with a seed, so that a failing document can be named and found again. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const fragments = [
  'word ',
  'some more words ',
  'x',
  '. ',
  '\n',
  '\n',
  '\n\n',
  '\n\n',
  '\n\n\n',
  '  \n',
  '    ',
  '  ',
  '- ',
  '* ',
  '+ ',
  '1. ',
  '2) ',
  '12. ',
  '- [ ] ',
  '- [x] done\n',
  '> ',
  '>> ',
  '# ',
  '### Title\n',
  '#',
  '---\n',
  '***\n',
  '===\n',
  '```\n',
  '```js\n',
  '~~~\n',
  '````',
  '`',
  '``',
  '`code`',
  '**',
  '*',
  '***',
  '_',
  '__',
  '~~',
  '**bold**',
  '*it*',
  '[',
  ']',
  '](',
  ')',
  '![',
  '[a](https://a.example/b)',
  '[a]',
  '[a][b]',
  '[b][]',
  '[a]: https://a.example\n',
  '\n[b]: <https://b.example/x y> "title"\n',
  '\n\n[c d]: /u\n\n',
  '[C  d]',
  '| a | b |\n|---|:-:|\n| 1 | 2 |\n',
  '| x ',
  '|',
  '|--|\n',
  'a | b\n--|--\n',
  '<div>\n',
  '</div>',
  '<b>',
  '<!-- ',
  '-->',
  '<script>\n',
  '<https://c.example>',
  'https://d.example/p?q=1',
  'www.e.example.',
  'm@f.example',
  '&amp;',
  '&copy',
  '&#x41;',
  '\\',
  '\\*',
  '!',
  '\t',
  '\r\n',
  'é',
  '😀',
  'שלום ',
];

const withFootnotes = [
  ...fragments,
  '[^1]',
  '[^a]',
  '[^A](',
  '[b][^1]',
  '\n[^1]: ',
  '\n[^a]: A *note*\n',
  '\n\n[^1]: x\n\n    y\n',
  '[^',
];

/** A document of `length` pieces that have nothing to do with each other; `hasFootnotes`: footnotes are among them. */
export function randomDocument(seed: number, length: number, hasFootnotes = false): string {
  const random = createRandom(seed);
  const pieces = hasFootnotes ? withFootnotes : fragments;
  return Array.from({ length }, () => pieces[random(pieces.length)]!).join('');
}
