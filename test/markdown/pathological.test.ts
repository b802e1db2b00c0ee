import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../src/markdown/Markdown.js';

const n = 50_000;

/** Each takes far under a second; quadratic time would take minutes, recursion per character the stack. */
const texts: Record<string, string> = {
  'quotes in quotes': '>'.repeat(10_000),
  'quotes in quotes with text': '> '.repeat(10_000) + 'x',
  'lists in lists': '- '.repeat(5000) + 'x',
  'numbered lists in lists': '1. '.repeat(5000) + 'x',
  'lists in quotes': '> - '.repeat(3000) + 'x',
  'lists indented ever deeper': Array.from({ length: 300 }, (_, depth) => ' '.repeat(depth * 2) + '- x').join('\n'),
  'lazy lines after deep quotes': ('>'.repeat(16) + ' a\nb\n').repeat(300),
  brackets: '['.repeat(n),
  'brackets in brackets': '['.repeat(n / 2) + ']'.repeat(n / 2),
  'empty brackets': '[]'.repeat(n / 2),
  'half links': '[a](b'.repeat(n / 5),
  'half titles': '[a](b "'.repeat(n / 7),
  'half destinations': '[a](<b'.repeat(n / 6),
  'half images': '![a]('.repeat(n / 6),
  asterisks: '*'.repeat(n),
  'asterisks around a letter': '*'.repeat(n) + 'a' + '*'.repeat(n),
  'openers only': '*a '.repeat(n / 3),
  'openers of two kinds': '*a _b '.repeat(n / 6),
  'openers, then closers': '*a **b '.repeat(5000) + 'c** d* '.repeat(5000),
  underscores: '_a'.repeat(n / 2),
  tildes: '~~a '.repeat(n / 4),
  backticks: '`'.repeat(n),
  'backticks of every length': Array.from({ length: 300 }, (_, length) => '`'.repeat(length + 1) + 'a').join(' '),
  'half tags': '<a '.repeat(n / 3),
  'half attributes': '<a b="'.repeat(n / 6),
  'many attributes': '<a ' + 'x '.repeat(n / 2),
  'a tag and spaces': '<a' + ' '.repeat(n),
  'a tag, spaces and no end': '<a b' + ' '.repeat(n) + '/ >',
  'half comments': '<!--'.repeat(n / 4),
  'half declarations': '<!a'.repeat(n / 3),
  ampersands: '&a'.repeat(n / 2),
  backslashes: '\\'.repeat(n),
  URLs: 'http://a'.repeat(n / 8),
  'a URL and dots': 'http://a' + '.'.repeat(n),
  'a URL and parentheses': 'http://a' + ')'.repeat(n),
  'one long word': 'a'.repeat(n),
  'half mail addresses': 'a@'.repeat(n / 2),
  'spaces between words': 'a' + ' '.repeat(n) + 'b',
  'blank lines': '\n'.repeat(n),
  pipes: '|'.repeat(n),
  'a wide table': '|a'.repeat(5000) + '\n' + '|-'.repeat(5000) + '\n' + '|b'.repeat(5000),
  'half tables': 'a|b\n'.repeat(5000),
  'headers of ever other widths': 'a|b\n|-|\n|-|-|-|\n'.repeat(3000),
  'hashes after a heading': '# ' + '# '.repeat(n / 2) + 'a',
  tabs: '\t'.repeat(n) + 'a',
  'bullets and tabs': '-\t'.repeat(n / 2),
  'empty entries': '-\n'.repeat(20_000),
  'one long paragraph': 'a\n'.repeat(n),
  'one long comment': '<!--\n' + 'a\n'.repeat(n),
  'rules that are not': '- - - '.repeat(n / 6) + 'x',
  definitions: Array.from({ length: 5000 }, (_, index) => `[a${index}]: b\n`).join(''),
  'half footnotes': '[^a'.repeat(n / 3),
  'marks of footnotes': '[^a]: b\n\n' + '[^a]'.repeat(10_000),
  footnotes: Array.from({ length: 3000 }, (_, index) => `[^a${index}]: b\n`).join(''),
  'a footnote of many': '[^a]: ' + 'b\n\n    '.repeat(3000),
  references: '[a]: https://b.example\n\n' + '[a] '.repeat(10_000),
  fences: '```\n'.repeat(8000),
  'one long line': 'word '.repeat(20_000),
};

describe('a hostile text is rendered, and soon', () => {
  it.each(Object.entries(texts))('%s', (_, text) => {
    for (const streaming of [true, false]) {
      const html = renderToStaticMarkup(createElement(Markdown, { text, streaming }));
      expect(html.startsWith('<div class="ac-md">')).toBe(true);
    }
  });
});
