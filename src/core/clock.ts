/** Time as the core sees it. Everything that waits takes one, so that tests advance it instead of sleeping. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back after `milliseconds`. @returns the undoing. */
  after(milliseconds: number, callback: () => void): () => void;
  /** Calls back before the next frame is drawn, or soon where none is (hidden tab, no DOM). @returns the undoing. */
  frame(callback: () => void): () => void;
}

// A hidden tab draws no frames, and without this an answer would stand still until it is looked at again.
const FRAME_FALLBACK_MS = 50;

/** The platform's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  frame(callback) {
    let frame: number | undefined;
    const cancel = (): void => {
      clearTimeout(timer);
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
    const fire = (): void => {
      cancel();
      callback();
    };
    const timer = setTimeout(fire, FRAME_FALLBACK_MS);
    if (typeof requestAnimationFrame === 'function') frame = requestAnimationFrame(fire);
    return cancel;
  },
};

/**
 * Waits for something, but not for ever.
 *
 * @throws what `late` makes, once `milliseconds` have passed; whatever `promise` rejects with.
 */
export async function within<T>(
  clock: Pick<Clock, 'after'>,
  milliseconds: number,
  promise: Promise<T>,
  late: () => Error,
): Promise<T> {
  let cancel = (): void => undefined;
  const timeout = new Promise<never>((_, reject) => (cancel = clock.after(milliseconds, () => reject(late()))));
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel();
  }
}
