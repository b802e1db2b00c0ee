import type { Clock } from '../../src/emulator/index.js';

/** A clock on which every sleep is over at once and has taken its time all the same. */
export function createInstantClock(start = Date.UTC(2026, 1, 3, 10, 0, 0)): Clock & { readonly sleeps: number[] } {
  let now = start;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    async sleep(ms) {
      sleeps.push(ms);
      now += ms;
    },
  };
}
