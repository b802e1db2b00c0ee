import { createElement, Fragment } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { renderTex } from '../../src/markdown/math/renderTex.js';

function markup(tex: string, isDisplay = false): string | undefined {
  const drawn = renderTex(tex, isDisplay);
  return drawn === undefined ? undefined : renderToStaticMarkup(createElement(Fragment, null, drawn));
}

describe('a formula', () => {
  it.each([
    ['x^2', '<msup><mi>x</mi><mn>2</mn></msup>'],
    ['\\frac{1}{2}', '<mfrac><mn>1</mn><mn>2</mn></mfrac>'],
    ['\\mathbb{R}', '<mi>ℝ</mi>'],
    ['\\text{if } x', '<mrow><mtext>if\u00a0</mtext><mi>x</mi></mrow>'],
  ])('%s is MathML', (tex, inner) => {
    expect(markup(tex)).toBe(`<math class="ac-md-math">${inner}</math>`);
    expect(markup(tex, true)).toBe(`<math display="block" class="ac-md-math">${inner}</math>`);
  });

  it.each([
    '\\begin{aligned}a&=b\\\\c&=d\\end{aligned}',
    '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}',
    'f(x)=\\begin{cases}1&x>0\\\\0&\\text{otherwise}\\end{cases}',
    '\\sum_{i=0}^{n} i = \\frac{n(n+1)}{2}',
    '\\int_{-\\infty}^{\\infty} e^{-x^2}\\,dx = \\sqrt{\\pi}',
    '\\cancel{x}\\boxed{y}\\vec{v}\\widehat{abc}\\overline{z}',
    '\\ce{H2O}',
    '\\left( \\frac{a}{b} \\right]',
    '\\begin{align}a&=b\\end{align}',
    'x \\tag{1}',
  ])('%s is read', (tex) => {
    expect(markup(tex, true)).toMatch(/^<math display="block".*<\/math>$/);
  });
});

describe('a formula that cannot be read, or would do more than be shown, is left to its source:', () => {
  it.each([
    '\\frac{1}',
    '{',
    '\\nope',
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://a.example}',
    '\\includegraphics{https://a.example/a.png}',
    '\\includegraphics[width=9em]{data:image/svg+xml,x}',
    '\\class{a}{x}',
    '\\id{a}{x}',
    '\\style{position:fixed;inset:0}{x}',
    '\\data{a=b}{x}',
    '\\htmlData{a=b}{x}',
    '\\htmlStyle{color:red}{x}',
    '\\color{url(https://a.example)}x',
    '\\def\\a{\\a\\a}\\a',
    '\\gdef\\a{x}\\a',
    '\\newcommand{\\a}[1]{#1#1#1}\\a{\\a{\\a{x}}}',
    '\\let\\a=\\frac \\a12',
    'x'.repeat(4001),
    '{'.repeat(2000) + 'x' + '}'.repeat(2000),
    '\\sqrt{'.repeat(300) + 'x' + '}'.repeat(300),
    '^'.repeat(1000),
  ])('%#: %.60s', (tex) => {
    expect(markup(tex)).toBeUndefined();
  });
});

describe('what a hostile formula draws', () => {
  it.each([
    '\\rule{9999em}{9999em}',
    '\\hspace{9999em}x',
    '\\raisebox{9999em}{x}',
    '\\rule{99999px}{99999mm}',
    '\\kern9999em x',
  ])('is of bounded size: %s', (tex) => {
    for (const [, number, unit] of markup(tex)!.matchAll(/"(?:[^"]*[ :])?(\d+(?:\.\d+)?)(em|pt|px)/g)) {
      expect(Number(number), markup(tex)).toBeLessThanOrEqual(unit === 'em' ? 20 : 400);
    }
  });

  it.each([
    '\\llap{x}y',
    '\\clap{x}',
    '\\fbox{Approve}',
    '\\colorbox{red}{x}',
    '\\color{#f00}x',
    '\\label{a}\\ref{a}',
    '\\begin{CD}A@>a>>B\\end{CD}',
    '\\phase{x}\\cancelto{0}{x}',
  ])('has no name, place, link or image of its own: %s', (tex) => {
    expect(markup(tex) ?? '').not.toMatch(
      / (?:id|href|src|on\w+|data-\w+)=|position|fixed|absolute|url|<(?!\/?m|\/?none)/,
    );
  });

  it('turns no text around', () => {
    expect(markup('\\char"202E abc \\text{a\u202eb\u{e0041}c}')).not.toMatch(/[\u202e\u{e0041}]/u);
  });

  it('takes little time, whatever it is', () => {
    const begun = performance.now();
    for (const piece of [
      '\\frac{',
      '\\left(',
      '\\begin{matrix}',
      '{',
      '\\sqrt',
      'x^',
      '\\text{',
      '&',
      '\\\\',
      '\\dots',
      '\\overset{x}{',
      '$',
      '\\(',
      '%',
      '~',
      "'",
      '\\hbox{$',
      '\\mathbf{',
      '\\color{red}',
      '\\big\\big',
      '\\bmod',
      '\\pmod{',
      '\\not',
      '_1',
      '\\ce{A',
    ]) {
      renderTex(piece.repeat(4000 / piece.length), true);
    }
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
