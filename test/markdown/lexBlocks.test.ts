import { Lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import type { BlockToken } from '../../src/markdown/blockToken.js';
import { lexBlocks } from '../../src/markdown/lexBlocks.js';
import { randomDocument } from './support.js';

/** Tokens as short text: `quote(paragraph(a))`. */
function sketch(tokens: readonly BlockToken[]): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case 'quote':
          return `quote(${sketch(token.tokens)})`;
        case 'footnote':
          return `note${token.label}(${sketch(token.tokens)})`;
        case 'list':
          return `list${token.first ?? ''}(${token.items.map(({ tokens: inner }) => `[${sketch(inner)}]`).join('')})`;
        case 'table':
          return `table(${[token.header, ...token.rows].join(';')})`;
        case 'heading':
          return `h${token.depth}(${token.text.trim()})`;
        case 'rule':
        case 'definition':
          return token.type;
        default:
          return `${token.type}(${token.lines.join('/')})`;
      }
    })
    .join(' ');
}

describe('lexBlocks', () => {
  it.each([
    ['a\n| b | c |\n|---|---|\n| d |', 'paragraph(a) table(| b | c |;| d |)'],
    ['1. a:\n   | b | c |\n   |---|---|\n   | d | e |', 'list1([paragraph(a:) table(| b | c |;| d | e |)])'],
    ['[^a]: b\nc\n\n    - d\n[^e]: f\ng', 'note^a(paragraph(b/c) list([paragraph(d)])) note^e(paragraph(f/g))'],
    ['a\n[^b]:\n    c\n\nd', 'paragraph(a) note^b(paragraph(c)) paragraph(d)'],
    ['> [^a]: b\n\n- [^c]: d', 'quote(paragraph([^a]: b)) list([paragraph([^c]: d)])'],
    ['[^a b]: c\n[^]: d', 'paragraph([^a b]: c/[^]: d)'],
    ['> a | b\n> - | -\nlazy', 'quote(table(a | b)) paragraph(lazy)'],
    ['a | b\n--- | ---\n- c', 'table(a | b) list([paragraph(c)])'],
    ['a | b\n--- | ---\nrow\n\nend', 'table(a | b;row) paragraph(end)'],
    ['a | b\n---|---|---', 'paragraph(a | b/---|---|---)'],
    ['a\n---', 'h2(a)'],
    ['a\n\n1. b', 'paragraph(a) list1([paragraph(b)])'],
    ['a\n2. b', 'paragraph(a/2. b)'],
    ['text\n2. a | b\n--|--', 'paragraph(text/2. a | b/--|--)'],
    ['- a\n\n[b]: c\n- d', 'list([paragraph(a)]) definition list([paragraph(d)])'],
    ['[a]: b "c\nd"', 'paragraph([a]: b "c/d")'],
    ['- ```\n  \ta\n\n  b\n  ```\n- c', 'list([code(\ta//b)][paragraph(c)])'],
    ['<!-- a\n\nb --> c\nd', 'html(<!-- a//b --> c) paragraph(d)'],
  ])('reads %j as %s', (text, expected) => {
    expect(sketch(lexBlocks(text).tokens)).toBe(expected);
  });

  it('tells which blocks the next line may continue', () => {
    const [list] = lexBlocks('- a\n\n').tokens;
    expect(list).toMatchObject({
      isOpen: true,
      items: [{ isOpen: true, tokens: [{ type: 'paragraph', isOpen: false }] }],
    });
    expect(lexBlocks('> a\n\n').tokens).toMatchObject([{ type: 'quote', isOpen: false }]);
    expect(lexBlocks('> a\n').tokens).toMatchObject([{ isOpen: true, tokens: [{ isOpen: true }] }]);
    expect(lexBlocks('a\n# b').tokens).toMatchObject([{ isOpen: false }, { isOpen: true }]);
  });

  it('gives the same blocks from the start of any block on', () => {
    let cuts = 0;
    for (let seed = 1; seed <= 500; seed++) {
      const text = randomDocument(seed, 40, seed % 2 === 0).replaceAll('\r', '');
      const { tokens } = lexBlocks(text);
      for (const [index, { start }] of tokens.entries()) {
        expect(sketch(lexBlocks(text.slice(start)).tokens), JSON.stringify(text)).toBe(sketch(tokens.slice(index)));
        cuts++;
      }
    }
    expect(cuts).toBeGreaterThan(2000);
  });

  it('ends a block for good with the first whole line of the next', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const text = randomDocument(seed, 40, seed % 2 === 0).replaceAll('\r', '');
      const all = sketch(lexBlocks(text).tokens);
      for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', end) + 1) {
        const before = sketch(lexBlocks(text.slice(0, end)).tokens.slice(0, -1));
        expect(all.startsWith(before), JSON.stringify(text.slice(0, end))).toBe(true);
      }
    }
  });

  it('finds the blocks that marked finds, where marked follows the specification', () => {
    // Tables under a paragraph's last line, entries of a list after a table, lazy lines after an empty bullet.
    const others = new Set([26, 65, 159, 191, 200, 281]);
    const names: Readonly<Record<string, string>> = { quote: 'blockquote', rule: 'hr', definition: 'def' };
    for (let seed = 1; seed <= 300; seed++) {
      // marked lets a definition's title run over lines; here it is one line.
      const text = randomDocument(seed, 30).replaceAll('"', '');
      const expected = new Lexer()
        .lex(text)
        .map(({ type }) => type)
        .filter((type) => !['space', 'def'].includes(type));
      const actual = lexBlocks(text.replaceAll('\r', ''))
        .tokens.map(({ type }) => names[type] ?? type)
        .filter((type) => type !== 'def');
      if (others.has(seed)) expect(actual, `seed ${seed}`).not.toEqual(expected);
      else expect(actual, JSON.stringify(text)).toEqual(expected);
    }
  });
});
