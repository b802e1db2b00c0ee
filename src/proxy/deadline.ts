import { ProxyError } from './proxyError.js';

/** Everything that may end a call to the API before its time, behind one signal whose reason is the error to report. */
export interface Deadline {
  /** Its `reason` is always a {@link ProxyError}. */
  readonly signal: AbortSignal;
  /** Something must happen within so many milliseconds; replaces the previous expectation. */
  expect(ms: number): void;
  /** It happened, and nothing is due for now. */
  settle(): void;
  stop(error: ProxyError): void;
  /** Lets go of timers and listeners. Afterwards nothing can end the call any more. */
  release(): void;
}

/**
 * @param signal aborted when nobody waits any more: by a {@link ProxyError} that says why, or by a client that disconnects.
 * @param totalMs time for the call as a whole.
 * @param timeout what to report when time is up.
 */
export function createDeadline(signal: AbortSignal, totalMs: number, timeout: ProxyError): Deadline {
  const controller = new AbortController();
  const stop = (error: ProxyError) => controller.abort(error);
  const onAbort = () => {
    const reason: unknown = signal.reason;
    stop(reason instanceof ProxyError ? reason : new ProxyError('client_closed', { processed: timeout.processed }));
  };
  const total = setTimeout(() => stop(timeout), totalMs);
  let step: ReturnType<typeof setTimeout> | undefined;
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    expect(ms) {
      clearTimeout(step);
      step = setTimeout(() => stop(timeout), ms);
    },
    settle() {
      clearTimeout(step);
    },
    stop,
    release() {
      clearTimeout(step);
      clearTimeout(total);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
