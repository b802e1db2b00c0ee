const FIRST_DELAYS_MS = [500, 1000, 1000, 1000, 2000];
const EARLY_MS = 2000;
const LATE_MS = 5000;
const EARLY_UNTIL_MS = 30_000;
const JITTER = 0.2;

/**
 * How long to wait before a poll: 0.5, 1, 1, 1, 2 s, then every 2 s until 30 s have passed, then every 5 s.
 * Up to a fifth is added, so that the tabs of many visitors that lost one server do not ask in step.
 *
 * @param poll - which poll it is, from 0.
 * @param elapsed - milliseconds since the first.
 * @param random - 0 ≤ n < 1.
 */
export function pollDelay(poll: number, elapsed: number, random: number): number {
  const delay = FIRST_DELAYS_MS[poll] ?? (elapsed < EARLY_UNTIL_MS ? EARLY_MS : LATE_MS);
  return delay * (1 + JITTER * random);
}
