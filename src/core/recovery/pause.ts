import type { Clock } from '../clock.js';
import { sleep } from '../sleep.js';
import type { Connectivity } from '../connectivity.js';

export interface Pacing {
  readonly clock: Clock;
  readonly connectivity: Connectivity;
  /** 0 ≤ n < 1. */
  readonly random: () => number;
}

/**
 * Waits, but no longer than there is a reason to: a network that is back or a page that is looked at again ends it.
 *
 * @throws the signal's reason as soon as it is aborted.
 */
export async function pause(
  { clock, connectivity }: Omit<Pacing, 'random'>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  if (milliseconds <= 0) return;
  const rest = new AbortController();
  const forget = connectivity.onWake(() => rest.abort());
  try {
    await sleep(clock, milliseconds, AbortSignal.any([signal, rest.signal]));
  } catch {
    signal.throwIfAborted();
  } finally {
    forget();
  }
}

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before another try: up to 0.5 s, then up to twice as long each time, at most 30 s. Anything up to that, so that the visitors of a server
 * that comes back do not all ask at once.
 *
 * @param tries - how many there were, from 0.
 */
export function backoff(tries: number, random: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * random;
}
