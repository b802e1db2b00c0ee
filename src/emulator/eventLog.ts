import type { WireEvent } from './wire.js';

/** What a connection would see, in order. */
export type LogEntry =
  { readonly kind: 'event'; readonly event: WireEvent } | { readonly kind: 'disconnect'; readonly clean: boolean };

/** The events of one run: written by the run at its own pace, read by a connection at its own, or by nobody. */
export interface EventLog {
  append(entry: LogEntry): void;
  /** No entry will follow. */
  end(): void;
  /** The entry at `index`, once there is one; `null` after the last. */
  at(index: number): Promise<LogEntry | null>;
}

/** An empty log. It outlives the connection, so a client that leaves does not stop the run. */
export function createEventLog(): EventLog {
  const entries: LogEntry[] = [];
  let isEnded = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  return {
    append(entry) {
      entries.push(entry);
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async at(index) {
      while (index >= entries.length) {
        if (isEnded) return null;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return entries[index] ?? null;
    },
  };
}
