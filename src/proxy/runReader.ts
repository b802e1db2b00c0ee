import type { LiveRun } from './liveRun.js';
import { ProxyError } from './proxyError.js';
import type { RunEntry, RunStore } from './runStore.js';

/** One client's place in an answer. */
export interface RunReader {
  /** The first entry, alone. */
  first(): Promise<RunEntry>;
  /**
   * The entries that follow, at least one. Not after the last.
   *
   * @throws ProxyError `client_closed` once the client has left; `replay_gone` where it was so slow that its place is not kept any more.
   */
  next(): Promise<readonly RunEntry[]>;
  /** Lets go of the run. Any number of times. */
  close(): void;
}

export interface RunReaderOptions {
  readonly store: RunStore;
  readonly runId: string;
  /** Number of the first entry to read. */
  readonly from: number;
  /** The call behind it, where this process makes it. */
  readonly live: LiveRun | undefined;
  /** Aborted when the client leaves. */
  readonly signal: AbortSignal;
}

export function openRunReader({ store, runId, from, live, signal }: RunReaderOptions): RunReader {
  const leaving = new AbortController();
  let cursor = from;
  let held: readonly RunEntry[] = [];
  const close = () => {
    if (leaving.signal.aborted) return;
    leaving.abort(new ProxyError('client_closed', { processed: 'unknown' }));
    signal.removeEventListener('abort', close);
    live?.leave();
  };
  live?.join();
  if (signal.aborted) close();
  else signal.addEventListener('abort', close, { once: true });

  const next = async (): Promise<readonly RunEntry[]> => {
    if (held.length > 0) {
      const entries = held;
      held = [];
      return entries;
    }
    const reading = store.read(runId, cursor, leaving.signal);
    live?.want(cursor);
    const entries = await reading;
    if (entries === 'gone') throw new ProxyError('replay_gone', { processed: 'unknown' });
    cursor += entries.length;
    return entries;
  };
  return {
    next,
    close,
    async first() {
      const [entry, ...rest] = await next();
      held = rest;
      return entry!;
    },
  };
}
