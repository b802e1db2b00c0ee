import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Block } from '../../src/markdown/block.js';
import { createMarkdownParser } from '../../src/markdown/createMarkdownParser.js';
import { Line } from '../../src/markdown/Line.js';
import { createRandom, parseOnce, randomDocument, shownText } from './support.js';

afterEach(() => vi.restoreAllMocks());

/** Feeds a text in steps of `step` characters and returns the blocks after each. */
function stream(text: string, step = 1): { prefix: string; blocks: readonly Block[] }[] {
  const parser = createMarkdownParser();
  const states = [];
  for (let at = step; at < text.length + step; at += step) {
    const prefix = text.slice(0, at);
    states.push({ prefix, blocks: parser.parse(prefix, true).flat() });
  }
  return states;
}

function only<T extends Block['type']>(type: T, blocks: readonly Block[]): Extract<Block, { type: T }> {
  const found = blocks.filter((block): block is Extract<Block, { type: T }> => block.type === type);
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('reading a text as it grows', () => {
  it('gives what reading the whole prefix at once gives, for every prefix of random documents', () => {
    let prefixes = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const text = randomDocument(seed, 8 + (seed % 30), seed % 2 === 0);
      const parser = createMarkdownParser();
      const random = createRandom(seed);
      for (let at = 1; at < text.length; at += 1 + random(3)) {
        const prefix = text.slice(0, at);
        expect(parser.parse(prefix, true), `seed ${seed}: ${JSON.stringify(prefix)}`).toEqual(
          createMarkdownParser().parse(prefix, true),
        );
        prefixes++;
      }
      expect(parser.parse(text).flat(), `seed ${seed}, complete`).toEqual(parseOnce(text));
    }
    expect(prefixes).toBeGreaterThan(10_000);
  }, 60_000);

  it('reads the same with line feeds and with carriage returns, wherever the pair is cut', () => {
    const text = '# Title\n\n- one\n- two\n\n```js\na\n\nb\n```\n\nend\n';
    const last = stream(text.replaceAll('\n', '\r\n')).at(-1)!.blocks;
    expect(last).toEqual(stream(text).at(-1)!.blocks);
  });

  it('starts anew when the text is not a continuation', () => {
    const parser = createMarkdownParser();
    parser.parse('# One\n\ntext\n\nmore\n\nand more', true);
    expect(parser.parse('Other', true).flat()).toEqual(parseOnce('Other', true));
  });

  it('answers the same question with the same object', () => {
    const parser = createMarkdownParser();
    const groups = parser.parse('a\n\nb', true);
    expect(parser.parse('a\n\nb', true)).toBe(groups);
  });
});

describe('identity', () => {
  const text = Array.from(
    { length: 12 },
    (_, index) => `## Part ${index}\n\nSome *text* here.\n\n- a\n- b\n\n\`\`\`\ncode\n\`\`\`\n`,
  ).join('\n');

  it('keeps every block but those at the end the same object, under the same key and in the same group', () => {
    const parser = createMarkdownParser();
    let before = parser.parse(text.slice(0, 1), true);
    for (let at = 2; at <= text.length; at++) {
      const after = parser.parse(text.slice(0, at), true);
      const blocks = after.flat();
      for (const [index, block] of before.flat().slice(0, -3).entries()) expect(blocks[index]).toBe(block);
      for (const [index, group] of before.slice(0, -2).entries()) expect(after[index]).toBe(group);
      before = after;
    }
    const keys = before.flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const final = parser.parse(text).flat();
    for (const [index, block] of before.flat().slice(0, -1).entries()) expect(final[index]).toBe(block);
  });

  it('never changes the key of a block that is there', () => {
    let keys: number[] = [];
    for (const { blocks } of stream(text)) {
      const now = blocks.map(({ key }) => key);
      expect(now.slice(0, keys.length)).toEqual(keys);
      keys = now;
    }
  });

  it('keeps the entries of one long list but the last', () => {
    const states = stream('Intro:\n\n' + '- an *entry*\n  with two lines\n'.repeat(100), 5);
    let before = only('list', states[20]!.blocks);
    for (const { blocks } of states.slice(21)) {
      const after = only('list', blocks);
      const items = after.runs.flat();
      for (const [index, item] of before.runs.flat().slice(0, -1).entries()) expect(items[index]).toBe(item);
      for (const [index, run] of before.runs.slice(0, -2).entries()) expect(after.runs[index]).toBe(run);
      before = after;
    }
    expect(before.runs.flat()).toHaveLength(100);
  });

  it('keeps the rows of one long table but the last', () => {
    const states = stream('| a | b |\n|---|--:|\n' + '| one | *two* |\n'.repeat(100), 5);
    let before = only('table', states[10]!.blocks);
    for (const { blocks } of states.slice(11)) {
      const after = only('table', blocks);
      const rows = after.runs.flat();
      for (const [index, row] of before.runs.flat().slice(0, -1).entries()) expect(rows[index]).toBe(row);
      expect(after.header).toBe(before.header);
      before = after;
    }
    expect(before.runs.flat()).toHaveLength(100);
    expect(before.alignments).toEqual([undefined, 'right']);
  });

  it('keeps the runs of one long code block but the last', () => {
    const code = Array.from({ length: 300 }, (_, index) => `line ${index}\n`).join('');
    const states = stream('```js\n' + code, 11);
    let before = only('code', states[1]!.blocks);
    for (const { blocks } of states.slice(2)) {
      const after = only('code', blocks);
      expect(after.chunks.slice(0, before.chunks.length - 1)).toEqual(before.chunks.slice(0, -1));
      before = after;
    }
    expect(before.chunks.join('')).toBe(code.trimEnd());
    expect(before.chunks.length).toBeGreaterThan(4);
  });
});

describe('cost', () => {
  /** How often the lexer looks at a line while the text grows by 400 characters from `size` on. */
  function looks(text: string, size: number): number {
    const parser = createMarkdownParser();
    parser.parse(text.slice(0, size), true);
    const isBlank = vi.spyOn(Line.prototype, 'isBlank', 'get');
    for (let at = size; at < size + 400; at += 20) parser.parse(text.slice(0, at), true);
    const count = isBlank.mock.calls.length;
    vi.restoreAllMocks();
    return count;
  }

  it.each([
    [
      'a mixed document',
      '## Title\n\nSome *text* with a [link](https://a.example).\n\n- one\n- two\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n',
    ],
    ['one list', '- an entry with some text\n'],
    ['one list with blank lines', '1. an entry with some text\n\n'],
    ['one code block', 'const a = compute(1, 2);\n', '```js\n'],
    ['one table', '| one | two |\n', '| a | b |\n|---|---|\n'],
  ])('of %s is the same at 100 kB as at 1 kB', (_, piece, head = '') => {
    const text = head + piece.repeat(Math.ceil(101_000 / piece.length));
    // The same place within a piece, so that both measure the same text.
    const far = head.length + Math.floor(100_000 / piece.length) * piece.length;
    const near = head.length + Math.ceil(1000 / piece.length) * piece.length;
    if (!head.startsWith('```')) expect(looks(text, near)).toBeGreaterThan(10);
    expect(looks(text, far)).toBeLessThanOrEqual(looks(text, near) * 1.2);
  });
});

describe('link definitions', () => {
  it('that come late turn the references above them into links, and leave the other blocks as they are', () => {
    const parser = createMarkdownParser();
    const text = 'See [docs].\n\nOther.\n\n- item [docs]\n- item\n- item\n- item\n- item\n\nMore.\n\nMore.\n\n';
    const before = parser.parse(text, true).flat();
    const after = parser.parse(`${text}[docs]: https://docs.example\n`, true).flat();
    expect(after).toEqual(parseOnce(`${text}[docs]: https://docs.example\n`, true));
    expect(after[0]).toEqual({
      key: 0,
      type: 'paragraph',
      inlines: ['See ', { type: 'link', href: 'https://docs.example', children: ['docs'] }, '.'],
    });
    expect(after[1]).toBe(before[1]);
    const items = (blocks: readonly Block[]) => only('list', blocks).runs.flat();
    expect(items(after)[0]).not.toBe(items(before)[0]);
    expect(items(after)[1]).toBe(items(before)[1]);
    expect(after.slice(3)).toEqual(before.slice(3));
  });

  it('count only once their line is over', () => {
    const text = '[a] here.\n\n[a]: https://half';
    expect(shownText(parseOnce(text, true))).toBe('[a]here.');
    expect(JSON.stringify(parseOnce(text, true))).not.toContain('half');
    expect(JSON.stringify(parseOnce(text))).toContain('half');
  });

  it('named like members of objects are found only if defined', () => {
    const text = '[constructor] [hasOwnProperty] [toString]\n';
    expect(parseOnce(text)).toEqual([{ key: 0, type: 'paragraph', inlines: [text.trim()] }]);
    const [block] = parseOnce('[__proto__]\n\n[__proto__]: https://p.example\n');
    expect(JSON.stringify(block)).toContain('https://p.example');
    expect(Object.hasOwn(Object.prototype, 'href')).toBe(false);
  });
});

describe('footnotes', () => {
  const parse = (text: string) => {
    const parser = createMarkdownParser();
    for (let at = 1; at < text.length; at += 3) parser.parse(text.slice(0, at), true);
    const blocks = parser.parse(text).flat();
    expect(blocks).toEqual(parseOnce(text));
    return blocks;
  };

  it('are numbered as they are written down, whatever their labels are', () => {
    const blocks = parse('a[^x] b[^Y] c[^x] d[^z]\n\n[^y]: Why\n\n    Because.\n\n[^x]: Ex\n');
    expect(blocks.map(({ type }) => type)).toEqual(['paragraph', 'footnote', 'footnote']);
    const [text, first, second] = blocks;
    expect(text).toMatchObject({
      inlines: [
        'a',
        { type: 'footnote', target: second!.key, number: 2 },
        ' b',
        { type: 'footnote', target: first!.key, number: 1 },
        ' c',
        { type: 'footnote', target: second!.key, number: 2 },
        ' d[^z]',
      ],
    });
    expect(first).toMatchObject({ number: 1, blocks: [{ inlines: ['Why'] }, { inlines: ['Because.'] }] });
    expect(second).toMatchObject({ number: 2, blocks: [{ inlines: ['Ex'] }] });
  });

  it('that come late turn their marks into links, and leave the other blocks as they are', () => {
    const parser = createMarkdownParser();
    const text = 'One[^1].\n\nOther.\n\n- item[^1]\n- item\n- item\n- item\n\nMore.\n\n';
    const before = parser.parse(text, true).flat();
    const after = parser.parse(`${text}[^1]: N`, true).flat();
    expect(after).toEqual(parseOnce(`${text}[^1]: N`, true));
    expect(after[0]).toMatchObject({ inlines: ['One', { type: 'footnote', number: 1 }, '.'] });
    expect(after[1]).toBe(before[1]);
    const items = (blocks: readonly Block[]) => only('list', blocks).runs.flat();
    expect(items(after)[0]).not.toBe(items(before)[0]);
    expect(items(after)[1]).toBe(items(before)[1]);
  });

  it('with the same label have the number of the first, and a place of their own', () => {
    const [, first, second] = parse('a[^1]\n\n[^1]: one\n[^1]: two');
    expect(first).toMatchObject({ number: 1 });
    expect(second).toMatchObject({ number: 1 });
    expect(first!.key).not.toBe(second!.key);
  });

  it('are not link definitions, and link definitions are no footnotes', () => {
    const [block] = parse('[a][^1] [^1]\n\n[^1]: https://a.example\n');
    expect(JSON.stringify(block)).not.toContain('href');
    expect(block).toMatchObject({ inlines: ['[a]', { type: 'footnote' }, ' ', { type: 'footnote' }] });
  });

  it('named like members of objects are found only if written down', () => {
    expect(JSON.stringify(parseOnce('[^constructor] [^__proto__]\n'))).not.toContain('footnote');
    expect(JSON.stringify(parseOnce('[^__proto__]\n\n[^__proto__]: x\n'))).toContain('"number":1');
  });
});
