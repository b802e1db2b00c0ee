import { expect, test } from 'vitest';
import { retryAfter } from '../../src/transport/retryAfter.js';

const NOW = Date.parse('2026-02-03T10:20:00Z');

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '12' }, 12_000],
  ['no time at all', { 'retry-after': '0' }, 0],
  ['an age', { 'retry-after': '999999999' }, 999_999_999_000],
  ['a date', { 'retry-after': 'Tue, 03 Feb 2026 10:20:30 GMT' }, 30_000],
  [
    'a date by a server whose clock is a day ahead',
    { 'retry-after': 'Wed, 04 Feb 2026 10:20:30 GMT', date: 'Wed, 04 Feb 2026 10:20:00 GMT' },
    30_000,
  ],
  ['a date that has passed', { 'retry-after': 'Tue, 03 Feb 2026 10:19:00 GMT' }, 0],
  ['words that an engine reads a date into', { 'retry-after': 'in 5 minutes' }, undefined],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['a fraction', { 'retry-after': '1.5' }, undefined],
  ['nothing', {}, undefined],
])('%s', (_, headers, milliseconds) => {
  expect(retryAfter(new Headers(headers), NOW)).toBe(milliseconds);
});
