import { describe, expect, it } from 'vitest';
import { highlightCode } from '../../src/markdown/highlightCode.js';
import { createRandom } from './support.js';

/** Tokens as short text: `keyword(const)`. */
function sketch(code: string, language: string): string {
  const tokens = highlightCode([code], language) ?? [];
  return tokens
    .flat()
    .map(({ text, kind }) => (kind ? `${kind}(${text})` : text))
    .join('');
}

const samples: Readonly<Record<string, string>> = {
  ts: 'const a: number = 1; // one\nfunction f(x: string) { return `${x}!`; }\n',
  py: '# note\ndef f(x):\n    """doc"""\n    return x + 1\n',
  json: '{ "a": [1, true, null], "b": "c" }\n',
  html: '<p class="x">a &amp; b</p><!-- c --><script>let a = 1</script>\n',
  css: '/* c */ .a { color: #fff; margin: 1px }\n',
  bash: 'echo "$HOME" # home\nnpm install --save x\n',
  sql: "SELECT * FROM t WHERE a = 'b' -- c\n",
  yaml: 'a: b\n# c\n- d: 1\n',
  diff: '+added\n-removed\n same\n',
};

const languages = 'js ts java c go rs php py rb sh sql lua json yaml toml css html docker make'.split(' ');

describe('colouring code', () => {
  it('tells keywords, texts, numbers, comments and names apart', () => {
    expect(sketch(samples['ts']!, 'typescript')).toMatch(
      /^keyword\(const\) .*number\(1\).*comment\(\/\/ one.*keyword\(function\) name\(f\)/s,
    );
    expect(sketch(samples['py']!, 'python')).toMatch(/^comment\(# note.*keyword\(def\) name\(f\).*keyword\(return\)/s);
    expect(sketch(samples['diff']!, 'patch')).toMatch(/^inserted\(\+added.*deleted\(-removed/s);
  });

  it.each(['text', 'brainfuck', '', 'constructor', '__proto__', 'toString'])('leaves %j alone', (language) => {
    expect(highlightCode(['const a = 1'], language)).toBeUndefined();
  });

  it('leaves alone what is too long', () => {
    expect(highlightCode(['a'.repeat(30_001)], 'js')).toBeUndefined();
  });

  it('changes no character, however the code is cut, in any language', () => {
    const random = createRandom(1);
    for (const [language, sample] of Object.entries(samples)) {
      for (let round = 0; round < 30; round++) {
        // Half of a sample in another language: code is seldom what its label says.
        const other = Object.values(samples)[random(9)]!;
        const code = sample.slice(0, random(sample.length)) + other;
        const chunks = code.match(new RegExp(`[^]{1,${1 + random(20)}}`, 'g')) ?? [];
        const colored = highlightCode(chunks, language)!;
        expect(colored.map((tokens) => tokens.map(({ text }) => text).join(''))).toEqual(chunks);
      }
    }
  });

  it.each([
    ['quotes', '"'],
    ['half texts', '"a\\'],
    ['backticks', '`${'],
    ['braces', '{'],
    ['tags', '<a b="'],
    ['comments', '/*'],
    ['slashes', '/ '],
    ['numbers', '1.'],
    ['keys', 'a: '],
    ['hashes', '#'],
    ['dollars', '$('],
    ['spaces', '     '],
    ['words', 'return a '],
    ['lines', '\n'],
    ['dashes', '- '],
    ['dashed words', 'a-'],
    ['dashed numbers', '1-'],
    ['dots', 'a.'],
    ['attributes', 'a:@'],
    ['calls', '$('],
    ['variables', '${a'],
    ['one word', 'a'],
    ['triple quotes', '"""'],
    ['apostrophes', "'"],
    ['half tags', '<a'],
  ])('takes no time that a visitor would notice, be it all %s', (_, piece) => {
    const code = piece.repeat(25_000 / piece.length);
    const begun = performance.now();
    for (const language of languages) highlightCode([code], language);
    // 19 languages; quadratic time would be minutes.
    expect(performance.now() - begun).toBeLessThan(4000);
  });
});
