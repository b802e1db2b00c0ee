import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Inline } from '../../src/markdown/block.js';
import { createMarkdownParser } from '../../src/markdown/createMarkdownParser.js';
import { Markdown } from '../../src/markdown/Markdown.js';
import { math } from '../../src/markdown/math/math.js';
import { readDelimiters } from '../../src/markdown/math/readDelimiters.js';
import { parseInlines } from '../../src/markdown/parseInlines.js';
import { createRandom, findFlicker, randomDocument, shownText, sketch } from './support.js';

/** Running text with formulas as `math(…)`. */
function read(text: string, isOpen = false): string {
  return parseInlines(text, { findDefinition: () => undefined, isOpen, math })
    .map(show)
    .join('');
}

function show(inline: Inline): string {
  if (typeof inline === 'object' && inline.type === 'code' && inline.isFormula) return `math(${inline.text})`;
  if (typeof inline === 'object' && 'children' in inline && inline.type !== 'link') {
    return `${inline.type}(${inline.children.map(show).join('')})`;
  }
  return sketch([inline]);
}

/** The types of a text's blocks, formulas as `math(…)`, other code as `code(…)`. */
function blocks(text: string, isStreaming = false): string[] {
  const found = createMarkdownParser(math).parse(text, isStreaming).flat();
  return found.map((block) => {
    if (block.type === 'paragraph') return block.inlines.map(show).join('');
    if (block.type !== 'code') return block.type;
    const name = block.language === 'math' ? 'math' : 'code';
    return `${name}${block.isComplete ? '' : '…'}(${block.chunks.join('')})`;
  });
}

describe('a formula in running text', () => {
  it.each([
    ['$x$', 'math($x$)'],
    ['a $x^2$ b', 'a math($x^2$) b'],
    ['($x$), $y$.', '(math($x$)), math($y$).'],
    ['$a$$b$', 'math($a$)math($b$)'],
    ['the $n$th', 'the math($n$)th'],
    ['$a_1 * b_2 * c$', 'math($a_1 * b_2 * c$)'],
    ['**so $x$**', 'strong(so math($x$))'],
    ['*a $b*c$ d*', 'emphasis(a math($b*c$) d)'],
    ['$a\nb$', 'math($a\nb$)'],
    ['$\\$5$', 'math($\\$5$)'],
    ['$x\\text{ for all the } y$', 'math($x\\text{ for all the } y$)'],
    ['$\\alpha\\beta \\gamma$', 'math($\\alpha\\beta \\gamma$)'],
    ['$[a](b)$', 'math($[a](b)$)'],
    ['$a<b>c$', 'math($a<b>c$)'],
    ['$x&amp;y$', 'math($x&amp;y$)'],
    ['$2 + 2 = 4$', 'math($2 + 2 = 4$)'],
    ['$5$', 'math($5$)'],
    ['日本$x$語', '日本math($x$)語'],
    ['$$x$$', 'math($$x$$)'],
    ['so $$ x $$ holds', 'so math($$ x $$) holds'],
    ['so $$\nx\n$$ holds', 'so math($$\nx\n$$) holds'],
    ['$$a \\text{ if $x$ } b$$', 'math($$a \\text{ if $x$ } b$$)'],
    ['\\(x\\)', 'math(\\(x\\))'],
    ['a \\( x \\) b', 'a math(\\( x \\)) b'],
    ['\\[x\\] and', 'math(\\[x\\]) and'],
    ['\\(a \\\\ b\\)', 'math(\\(a \\\\ b\\))'],
    ['[a $x$](/u)', 'a(/u|a code($x$))'],
  ])('%j is %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('no formula', () => {
  it.each([
    ['$5', '$5'],
    ['$5 and $10', '$5 and $10'],
    ['$5-$10', '$5-$10'],
    ['between $5 and $10, or $20.', 'between $5 and $10, or $20.'],
    ['US$5 and US$10', 'US$5 and US$10'],
    ['$5/month ($60/year)', '$5/month ($60/year)'],
    ['$5 for the first or second, 10$', '$5 for the first or second, 10$'],
    ['a $ b $ c', 'a $ b $ c'],
    ['$x $', '$x $'],
    ['$ x$', '$ x$'],
    ['$x$1', '$x$1'],
    ['\\$x$', '$x$'],
    ['\\$5 and \\$6', '$5 and $6'],
    ['$x\\$', '$x$'],
    ['`$x$`', 'code($x$)'],
    ['$5 or `x$y`', '$5 or code(x$y)'],
    ['`$HOME` and $PATH', 'code($HOME) and $PATH'],
    ['$HOME/bin:$PATH', 'math($HOME/bin:$)PATH'],
    ['$', '$'],
    ['$$', '$$'],
    ['$$$', '$$$'],
    ['$$$$', '$$$$'],
    ['$$ $$', '$$ $$'],
    ['cheap $, dear $$$ or $$$$', 'cheap $, dear $$$ or $$$$'],
    ['$$x', '$$x'],
    ['\\(x', '(x'],
    ['\\[x', '[x'],
    ['\\\\(x\\\\)', '\\(x\\)'],
    ['https://a.example/$x$', 'a(https://a.example/$x$|https://a.example/$x$)'],
  ])('in %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('without math', () => {
    for (const text of ['$x$', '$$x$$', 'a $5 b', '$$$']) {
      expect(parseInlines(text, { findDefinition: () => undefined, isOpen: false })).toEqual([text]);
    }
    const parse = (text: string) => createMarkdownParser().parse(text).flat();
    expect(parse('$$\nx\n$$')).toEqual([{ key: 0, type: 'paragraph', inlines: ['$$\nx\n$$'] }]);
  });
});

describe('of an unfinished text is shown', () => {
  it.each([
    ['a $', 'a '],
    ['a $x', 'a '],
    ['a $x$', 'a '],
    ['a $x$ ', 'a '],
    ['a $x$ b', 'a math($x$) b'],
    ['a $x$1 b', 'a $x'],
    ['a $ b', 'a $ b'],
    ['a $$', 'a '],
    ['a $$x$', 'a '],
    ['a $$x$$', 'a math($$x$$)'],
    ['a \\(x', 'a '],
    ['a \\(x\\)', 'a math(\\(x\\))'],
    ['**a $x', 'strong(a )'],
    ['It costs $5 for eve', 'It costs $5 for eve'],
    ['It costs $5 for ev', 'It costs '],
  ])('%j as %j', (text, expected) => {
    expect(read(text, true)).toBe(expected);
  });
});

it('is not waited for longer than a formula is long', () => {
  const long = (length: number) => `$${'x'.repeat(length)}`;
  expect(read(`${long(1000)}$`)).toMatch(/^math/);
  expect(read(`${long(1001)}$`)).not.toContain('math');
  expect(read(long(1001), true)).toBe('');
  expect(read(long(1002), true)).toBe(long(1002));
});

describe('a formula of its own lines', () => {
  it.each([
    ['$$\nx\n$$', ['math($$\nx\n$$)']],
    ['$$\nx\n\n$$', ['math($$\nx)', 'math($$)']],
    ['a\n$$\nx\n$$\nb', ['a', 'math($$\nx\n$$)', 'b']],
    ['$$a\n- b$$\nc', ['math($$a\n- b$$)', 'c']],
    ['$$\nx\n$$.\n', ['math($$\nx\n$$.)']],
    ['\\[\nx\n= y\n\\]\n', ['math(\\[\nx\n= y\n\\])']],
    [
      '\\[\n\\begin{aligned}\na &= b \\\\\n  &= c\n\\end{aligned}\n\\]\nend',
      ['math(\\[\n\\begin{aligned}\na &= b \\\\\n  &= c\n\\end{aligned}\n\\])', 'end'],
    ],
    ['$$ x $$', ['math($$ x $$)']],
    ['$$ x $$ and $$\ny\n$$', ['math($$ x $$) and math($$\ny\n$$)']],
    ['\\[ x \\]\n\\[ y \\]', ['math(\\[ x \\])\nmath(\\[ y \\])']],
    ['so: $$\nx\n$$\n\nb', ['so: math($$\nx\n$$)', 'b']],
    ['$$\nx\n\nb', ['math($$\nx)', 'b']],
    ['$$$\nx', ['$$$\nx']],
    ['```math\nx\n```', ['math(x)']],
    ['```tex\nx\n```', ['code(x)']],
    ['    $$\n    x', ['code($$\nx)']],
    ['```\n$$\nx\n```', ['code($$\nx)']],
    ['<div>\n$$\n</div>', ['html']],
    ['> $$\n> x\n> $$\nb', ['quote', 'b']],
    ['1. a\n   $$\n   x\n   $$\n2. b', ['list']],
  ])('%j is %j', (text, expected) => {
    expect(blocks(text)).toEqual(expected);
  });

  it('within an entry or a quote', () => {
    const [list] = createMarkdownParser(math).parse('1. a\n   $$\n   x\n   $$\n   b\n').flat();
    expect(JSON.stringify(list)).toContain('"language":"math","isComplete":true,"chunks":["$$\\nx\\n$$"]');
  });

  it.each([
    ['a\n$$', ['a', 'math…($$)']],
    ['$$\nx', ['math…($$\nx)']],
    ['$$\nx\n$$', ['math($$\nx\n$$)']],
    ['$$\nx\n\n', ['math($$\nx)']],
    ['```math\nx', ['math…(x)']],
  ])('is open while it is written: %j', (text, expected) => {
    expect(blocks(text, true)).toEqual(expected);
  });
});

it.each([
  ['$$\nx\n$$', true, '\nx\n', true, ''],
  ['$$x$$.', true, 'x', true, '.'],
  ['\\[\nx\n\\] where *y*', true, '\nx\n', true, 'where *y*'],
  ['$$\nx', true, undefined, true, ''],
  ['$$', true, undefined, true, ''],
  ['x', true, 'x', true, ''],
  ['$x$', false, 'x', false, ''],
  ['\\(x\\)', false, 'x', false, ''],
  ['$$x$$', false, 'x', true, ''],
  ['$x \\$$', false, 'x \\$', false, ''],
])('takes apart %j', (source, isBlock, tex, isDisplay, rest) => {
  expect(readDelimiters(source, isBlock)).toEqual({ tex, isDisplay, rest });
});

const pieces = [
  '$',
  '$$',
  '$x$',
  '$5 ',
  '$$\n',
  '\n$$\n',
  '\\(',
  '\\)',
  '\\(y\\)',
  '\\[',
  '\\]',
  '\n\\[\n',
  '\n\\]\n',
  '$x_1 + y_1$ ',
  '```math\n',
  'x^2 ',
  '\\frac{a}{b}',
  '1',
  '`',
];

/** A document in which formulas and everything else meet. */
function mathDocument(seed: number): string {
  const random = createRandom(seed);
  const text = randomDocument(seed, 8 + (seed % 30), seed % 2 === 0);
  let mixed = '';
  for (const character of text.match(/[^]{1,7}/g) ?? [])
    mixed += character + (random(2) ? pieces[random(pieces.length)]! : '');
  return mixed;
}

describe('reading a text with formulas as it grows', () => {
  it('gives what reading the whole prefix at once gives, for every prefix of random documents', () => {
    let prefixes = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const text = mathDocument(seed);
      const parser = createMarkdownParser(math);
      const random = createRandom(seed);
      for (let at = 1; at < text.length; at += 1 + random(3)) {
        const prefix = text.slice(0, at);
        expect(parser.parse(prefix, true), `seed ${seed}: ${JSON.stringify(prefix)}`).toEqual(
          createMarkdownParser(math).parse(prefix, true),
        );
        prefixes++;
      }
      expect(parser.parse(text).flat(), `seed ${seed}`).toEqual(createMarkdownParser(math).parse(text).flat());
    }
    expect(prefixes).toBeGreaterThan(10_000);
  }, 60_000);

  it.each([
    'The root $\\sqrt{2}$ is $1.41\\ldots$, it costs $5 and $10. So \\(a\\) and \\[b\\] hold.\n\n$$\nx = y\n$$\n\nEnd\n',
    'Text:\n$$\na &= b \\\\\n  &= c\n$$\nwhere $b$ is **bold $x$** and $$ y $$ too.\n\n\\[\nz\n\\]\n',
    '- $a$\n- $b|c$\n  $$\n  d\n  $$\n- `$x$`\n\n| $a$ | b |\n|--|--|\n| $x$ | $5 |\n\n> \\[\n> x\n> \\]\n\n```math\nx\n```\n',
    '$5 for everybody here, 10$ for nobody there. \\(not closed\n\n$$ is the process\nand more\n\nEnd $$$.\n',
  ])('never takes back what it showed: %j', (text) => {
    const parser = createMarkdownParser(math);
    let before = '';
    for (let at = 1; at <= text.length; at++) {
      // A formula that is still written shows nothing of itself.
      const groups = parser
        .parse(text.slice(0, at), true)
        .map((group) =>
          group.filter((block) => block.type !== 'code' || block.language !== 'math' || block.isComplete),
        );
      const after = shownText(groups);
      expect(findFlicker(before, after), JSON.stringify(text.slice(0, at))).toBeUndefined();
      before = after;
    }
    expect(findFlicker(before, shownText(parser.parse(text)))).toBeUndefined();
  });
});

describe('a hostile text is read, and soon', () => {
  it.each(['$a', '$', '$$a ', '\\(', '\\[', '$a$', '$a$1', '$$\n', '\\[\n', '$`', '${', '$a\n', '$abc ab'])(
    '%j',
    (piece) => {
      const text = piece.repeat(20_000 / piece.length);
      for (const streaming of [true, false]) {
        const html = renderToStaticMarkup(createElement(Markdown, { text, streaming, math }));
        expect(html.startsWith('<div class="ac-md">')).toBe(true);
      }
    },
  );
});
