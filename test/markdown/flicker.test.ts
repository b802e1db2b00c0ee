import { describe, expect, it } from 'vitest';
import { createMarkdownParser } from '../../src/markdown/createMarkdownParser.js';
import { findFlicker, parseOnce, shownText } from './support.js';

const texts = [
  '# Title #\n\nSome **bold**, *italic*, ***both***, `code`, ~~gone~~ and snake_case_words.\n\n---\n\nEnd!\n',
  'Title\n=====\n\nOther title\n---\n\nText\n***\nText',
  'A [link](https://a.example/path "title"), ![an image](https://a.example/i.png), [nested **bold** `]`](<u v>), <https://b.example>.\n',
  'Bare https://a.example/x_y*z?a=1&b=2. And www.b.example, (https://c.example/a_(b)) mail@d.example!\n',
  '- one\n- two **bold\n  - nested\n    1. deep\n- [ ] open\n- [x] done\n\n  paragraph\n\n1. a\n2. b\n10) c\n',
  '* star\n* star *it*\n\n+ plus\n\n- - - \n- -x\n-5 degrees\n2024 was. 1.5 is.\n',
  '> quote **bold**\n> - list\n> - [ ] task\n>\n> > deeper\nlazy\n\nafter\n',
  'Intro\n\n| a | *b* | c |\n|:--|--:|:-:|\n| 1 | `x` | **y** |\n| [l](https://a.example) | 2 |\nlast row\n\nName | Value\n--- | ---\nx | 1\n',
  'Use `a || b` here, or a | b in prose.\nSecond | line\n\nEnd\n',
  'Code:\n\n```python\ndef f(x):\n    return x ** 2  # `no` *markup*\n\n~~~\n``\n```\n\n~~~\ntilde\n```\n~~~\n\n    indented\n\n    more\n\nEnd\n',
  '1. Step\n\n   ```sh\n   npm install\n   ```\n\n2. Next\n',
  'Math 2 * 3 * 4, 5*6, a_b, __init__, **not closed\n\n~5 km and ~10 km, 100%.\n\n* not closed either\n\nnext\n',
  'Raw <b>bold</b> <a href="*x*">y</a> <br/> a < b && c > d\n\n<div>\n**text**\n</div>\n\n<!-- note -->\n\nEnd\n',
  'Entities &amp; &lt;tag&gt; &#65; &nope; AT&T R&D&\n',
  'Escapes \\*no\\* \\[no\\](x) \\\\ C:\\dir\\\nhard  \nbreak\\\nend\n',
  'Array[0], [note], [1], [a] (b), [x]: y, f[i](j k), [unclosed\n\n[ref]: https://r.example "t"\n\nEnd\n',
  '[^1]: A *note* first,\nlazy\n\n    more `code`\n[^b]: - a list\n[^c]: [x]: y\n\nThen text[^1] and[^b], not [^d] or [^e f]. [^1](u)[^c]\n[^1]: twice\n\nEnd\n',
  'Emoji 👩‍👩‍👧 😀, שלום **עולם**, 日本語**太字**です。\n',
  '#hashtag and #\n\n##\n\n####### seven\n\n## Heading with `code` and [link](u)\ntext\n',
  '**Bold:** text\n**Bold [link](https://a.example) more** end ***a** b* _c **d** e_\n',
];

describe('streaming', () => {
  it.each(texts.map((text) => [text]))('never takes back what it showed: %j', (text) => {
    const parser = createMarkdownParser();
    let before = '';
    for (let at = 1; at <= text.length; at++) {
      const after = shownText(parser.parse(text.slice(0, at), true));
      expect(findFlicker(before, after), JSON.stringify(text.slice(0, at))).toBeUndefined();
      before = after;
    }
    expect(findFlicker(before, shownText(parser.parse(text)))).toBeUndefined();
  });

  it('sees flicker where there is some', () => {
    expect(findFlicker('ab*', 'ab')).toBe('"*" is gone');
    expect(findFlicker('ab', 'ba')).toBe('"b" came in before "ab"');
    expect(findFlicker('ab', 'a*bc')).toBeUndefined();
  });

  it.each([
    ['**bo', 'bo'],
    ['a `co', 'aco'],
    ['a [li', 'a'],
    ['a [link](https://exa', 'a'],
    ['a ![im](https://exa', 'a'],
    ['a <https://exa', 'a'],
    ['text\n-', 'text'],
    ['text\n- ', 'text'],
    ['text\n```j', 'text'],
    ['[^1]: ', ''],
    ['[^1]: a', '1.a'],
    ['text\n[^1]', 'text'],
    ['- [', ''],
    ['- [x] ', ''],
    ['| a | b', ''],
    ['a &am', 'a'],
    ['Hello!', 'Hello'],
  ])('shows of %j only %j', (text, shown) => {
    expect(shownText(parseOnce(text, true))).toBe(shown);
  });

  it('shows a bracket that is not closed soon', () => {
    const text = `see [0, 1) ${'and so on '.repeat(45)}`;
    expect(shownText(parseOnce(text, true))).toContain('see[0,1)and');
  });

  it('makes no link of half a URL', () => {
    for (const text of ['see https://a.example/pa', '[a](https://b.example/x', '<https://c.example/y']) {
      expect(JSON.stringify(parseOnce(text, true)), text).not.toContain('"href"');
    }
    expect(JSON.stringify(parseOnce('see https://a.example/pa ', true))).not.toContain('"href"');
    expect(JSON.stringify(parseOnce('see https://a.example/pa x', true))).toContain('"href"');
  });
});
