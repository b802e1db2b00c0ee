import { decodeTime, isValid } from 'ulid';
import { describe, expect, it, vi } from 'vitest';
import { createUlids } from '../../src/core/createUlids.js';

const NOW = Date.parse('2026-02-03T10:20:00.123Z');

describe('a ULID', () => {
  it.each([0, 1, NOW, 2 ** 48 - 1])('tells its time: %d', (time) => {
    const id = createUlids(() => time)();
    expect(isValid(id)).toBe(true);
    expect(decodeTime(id)).toBe(time);
  });

  it('is greater than the one before, within a millisecond, over it, and where the clock goes back', () => {
    let now = NOW;
    const next = createUlids(() => now);
    const ids = Array.from({ length: 5_000 }, (_, index) => {
      now += index % 7 === 0 ? 1 : index % 50 === 0 ? -400 : 0;
      return next();
    });
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries where the last digit is full', () => {
    const fill = vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      (array as Uint8Array).set([0, 31, 31], 13);
      return array;
    });
    const next = createUlids(() => NOW);
    expect([next(), next()].map((id) => id.slice(-3))).toEqual(['0ZZ', '100']);
    fill.mockRestore();
  });

  it('is not that of another page in the same millisecond', () => {
    const ids = Array.from({ length: 1_000 }, () => createUlids(() => NOW)());
    expect(new Set(ids).size).toBe(1_000);
    // Every digit of chance takes every value, or there would be less of it than it seems.
    for (let place = 10; place < 26; place += 1) expect(new Set(ids.map((id) => id[place])).size).toBe(32);
  });
});
