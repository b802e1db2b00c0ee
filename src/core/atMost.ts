import { within, type Clock } from './clock.js';

/**
 * Does something that may be given up: its signal is aborted with the given one, and as soon as it fails or takes too long, so that nothing of it goes on behind.
 *
 * @throws what `late` makes, once `milliseconds` have passed; whatever `act` rejects with.
 */
export async function atMost<T>(
  clock: Pick<Clock, 'after'>,
  milliseconds: number,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<T>,
  late: () => Error,
): Promise<T> {
  const given = new AbortController();
  try {
    return await within(clock, milliseconds, act(AbortSignal.any([signal, given.signal])), late);
  } catch (thrown) {
    given.abort();
    throw thrown;
  }
}
