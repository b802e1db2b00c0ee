import { describe, expect, it } from 'vitest';
import { parseInlines } from '../../src/markdown/parseInlines.js';
import { sketch } from './support.js';

const definitions: Record<string, string> = { foo: '/foo', 'foo bar': '/foo-bar' };

function read(text: string, isOpen = false): string {
  return sketch(parseInlines(text, { findDefinition: (label) => definitions[label], isOpen }));
}

describe('parseInlines', () => {
  it.each([
    // Emphasis: the examples of CommonMark's section 6.2 that its rules are named after.
    ['*a* **b** ***c***', 'em(a) strong(b) em(strong(c))'],
    ['_a_ __b__', 'em(a) strong(b)'],
    ['a * b*', 'a * b*'],
    ['snake_case_word', 'snake_case_word'],
    ['in*word*s', 'inem(word)s'],
    ['*foo**bar*', 'em(foo**bar)'],
    ['*foo**bar**baz*', 'em(foostrong(bar)baz)'],
    ['**foo*bar**', 'strong(foo*bar)'],
    ['***a** b*', 'em(strong(a) b)'],
    ['*a **b *c* d** e*', 'em(a strong(b em(c) d) e)'],
    ['**a *b** c*', 'em(em(a em(b)) c)'],
    ['"*a*"', '"em(a)"'],
    ['a*"b"*', 'a*"b"*'],
    ['日本語**太字**です', '日本語strong(太字)です'],
    ['~~a~~ ~b~ ~5', 'del(a) ~b~ ~5'],
    // Code
    ['`a` ``b ` c`` ` d `', 'code(a) code(b ` c) code(d)'],
    ['`a', '`a'],
    ['`a``', '`a``'],
    ['`*a*`', 'code(*a*)'],
    ['*a `b* c`', '*a code(b* c)'],
    // Escapes and references
    ['\\*a\\* \\a \\\\', '*a* \\a \\'],
    ['&amp; &copy; &#65; &#x41; &#0; &nope; &', '& © A A \ufffd &nope; &'],
    ['&nbsp;x &hellip; &alpha; &eacute; &rarr;', '\u00a0x … α é →'],
    // Line breaks
    ['a\nb', 'a\nb'],
    ['a  \nb', 'abr()b'],
    ['a\\\nb', 'abr()b'],
    // Links
    ['[a](/u)', 'a(/u|a)'],
    ['[a](</u v> "t")', 'a(/u v|a)'],
    ['[a](/u(v)w)', 'a(/u(v)w|a)'],
    ["[a](/u 'it')", 'a(/u|a)'],
    ['[a](/u v)', '[a](/u v)'],
    ['[a]( /u )', 'a(/u|a)'],
    ['[a]()', 'a(|a)'],
    ['[a *b* `]`](/u)', 'a(/u|a em(b) code(]))'],
    ['[a [b](/v) c](/u)', '[a a(/v|b) c](/u)'],
    ['*[a*](/u)', '*a(/u|a*)'],
    ['[a](/u\\)&amp;)', 'a(/u)&|a)'],
    [
      '[foo] [Foo][] [x][foo] [x][FOO  bar] [nope] [x][nope]',
      'a(/foo|foo) a(/foo|Foo) a(/foo|x) a(/foo-bar|x) [nope] [x][nope]',
    ],
    ['[foo](not a url)', 'a(/foo|foo)(not a url)'],
    ['![a *b*](/i)', 'img(/i|a b)'],
    ['[![a](/i)](/u)', 'a(/u|img(/i|a))'],
    ['![foo]', 'img(/foo|foo)'],
    // Autolinks
    ['<https://a.b> <a@b.c> <x:y z>', 'a(https://a.b|https://a.b) a(mailto:a@b.c|a@b.c) <x:y z>'],
    [
      'https://a.b/c. (www.d.e) f@g.hh',
      'a(https://a.b/c|https://a.b/c). (a(https://www.d.e|www.d.e)) a(mailto:f@g.hh|f@g.hh)',
    ],
    ['**https://a.b** https://a.b/(c)', 'strong(a(https://a.b|https://a.b)) a(https://a.b/(c)|https://a.b/(c))'],
    ['[https://a.b](https://c.d)', 'a(https://c.d|a(https://a.b|https://a.b))'],
    ['xhttps://a.b `https://c.d`', 'xhttps://a.b code(https://c.d)'],
    // HTML is text
    ['<b>*a*</b>', '<b>em(a)</b>'],
    ['<a href="*b*">', '<a href="*b*">'],
    ['<!-- *a* -->', '<!-- *a* -->'],
    ['a < b > c', 'a < b > c'],
  ])('reads %j as %j', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['**a', 'strong(a)'],
    ['**a *b', 'strong(a em(b))'],
    ['***a', 'em(strong(a))'],
    ['**a*', 'strong(a)'],
    ['**a**', 'strong(a)'],
    ['**', ''],
    ['a `b *c', 'a code(b *c)'],
    ['~~a', 'del(a)'],
    ['2 * 3', '2 * 3'],
    ['a [b', 'a '],
    ['a [b]', 'a '],
    ['a [b](', 'a '],
    ['a [b](c "d', 'a '],
    ['a [b] c', 'a [b] c'],
    ['[b](c)', 'a(c|b)'],
    ['**a [b', 'strong(a )'],
    ['a <https://b', 'a '],
    ['a https://b.c/d', 'a https://b.c/d'],
    ['a https://b.c/d e', 'a a(https://b.c/d|https://b.c/d) e'],
    ['a &am', 'a '],
    ['a \\', 'a '],
    ['a!', 'a'],
  ])('reads the open %j as %j', (text, expected) => {
    expect(read(text, true)).toBe(expected);
  });
});
