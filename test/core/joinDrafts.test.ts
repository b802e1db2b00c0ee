import { expect, it } from 'vitest';
import { joinDrafts } from '../../src/core/joinDrafts.js';

it.each([
  ['nothing typed', 'Dear Ada', '', 'Dear Ada'],
  ['nothing older', '', 'Hello', 'Hello'],
  ['both', 'Dear Ada', 'Hello', 'Dear Ada\nHello'],
  ['a letter with which the older one happens to end', 'Dear Ada', 'a', 'Dear Ada\na'],
  ['the same twice', 'Hello', 'Hello', 'Hello\nHello'],
])('%s', (_, older, typed, joined) => {
  expect(joinDrafts(older, typed)).toBe(joined);
});
