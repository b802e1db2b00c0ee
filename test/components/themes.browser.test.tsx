import '../../src/styles.css';
import { afterEach, describe, expect, test } from 'vitest';
import garden from '../../src/components/themes/garden.css?inline';
import mono from '../../src/components/themes/mono.css?inline';
import paper from '../../src/components/themes/paper.css?inline';
import { contrast, luminance } from './support/contrast.js';

const THEMES = { 'no theme': '', paper, garden, mono };

/** Text and what it stands on. */
const TEXTS = [
  ['text', 'surface'],
  ['text', 'raised'],
  ['text', 'subtle'],
  ['text', 'subtle-strong'],
  ['text', 'tint'],
  ['muted', 'surface'],
  ['muted', 'raised'],
  ['muted', 'subtle'],
  ['link', 'surface'],
  ['link', 'tint'],
  ['danger', 'surface'],
  ['danger', 'danger-tint'],
  ['on-accent', 'accent'],
  ['surface', 'text'],
] as const;
/** Controls, signs and the ring of the focus. */
const CONTROLS = [
  ['accent', 'surface'],
  ['accent', 'raised'],
  ['muted', 'subtle-strong'],
  ['focus', 'surface'],
  ['focus', 'tint'],
] as const;

afterEach(() => document.body.replaceChildren());

/** The widget's tokens as a browser computes them. */
function readTokens(css: string, scheme: 'light' | 'dark'): (name: string) => string {
  const style = document.body.appendChild(document.createElement('style'));
  style.textContent = css;
  const root = document.body.appendChild(document.createElement('div'));
  root.className = 'ac-root';
  root.dataset['theme'] = scheme;
  const probe = root.appendChild(document.createElement('span'));
  return (name) => {
    probe.style.color = `var(--ac-${name})`;
    return getComputedStyle(probe).color;
  };
}

describe.each(Object.entries(THEMES))('%s', (_, css) => {
  test.each(['light', 'dark'] as const)('can be read in %s: text 4.5 to 1, controls 3 to 1', (scheme) => {
    const token = readTokens(css, scheme);
    const tooWeak = (pairs: typeof TEXTS | typeof CONTROLS, least: number): readonly string[] =>
      pairs.flatMap(([front, back]) => {
        const reached = contrast(token(front), token(back));
        return reached >= least ? [] : [`${front} on ${back}: ${reached.toFixed(2)}`];
      });
    expect(tooWeak(TEXTS, 4.5)).toEqual([]);
    expect(tooWeak(CONTROLS, 3)).toEqual([]);
    expect(luminance(token('surface')) > 0.5).toBe(scheme === 'light');
  });
});

test('a theme that cannot be read would be found', () => {
  const token = readTokens(':root { --ac-text: #999999 }', 'light');
  expect(contrast(token('text'), token('surface'))).toBeLessThan(3);
});

test('a theme changes corners, air and motion as well', () => {
  readTokens(mono, 'light');
  const { style } = document.querySelector<HTMLElement>('.ac-root')!;
  style.borderRadius = 'var(--ac-radius-3)';
  style.transitionDuration = 'var(--ac-slow)';
  style.paddingLeft = 'var(--ac-gutter)';
  const computed = getComputedStyle(document.querySelector('.ac-root')!);
  expect([computed.borderRadius, computed.transitionDuration, computed.paddingLeft]).toEqual(['0px', '0s', '17px']);
});
