import type { RunEntry } from './runStore.js';

/** What an entry costs beside its content, in bytes: thousands of tiny frames must not hide behind a small sum. */
const OVERHEAD = 128;

/** The newest entries of one run, up to a size. */
export interface EntryLog {
  /** Bytes held. */
  readonly size: number;
  append(entries: readonly RunEntry[]): void;
  /** As in `RunStore`. */
  read(from: number, signal: AbortSignal): Promise<readonly RunEntry[] | 'gone'>;
  covers(from: number): boolean;
  /** Forgets the entries, not their numbers: who waits for the next one still gets it. */
  clear(): void;
}

export function createEntryLog(maxBytes: number): EntryLog {
  let entries: RunEntry[] = [];
  /** Number of the first entry that is held. */
  let first = 0;
  let size = 0;
  let isOver = false;
  let waiting: ((entries: readonly RunEntry[]) => void)[] = [];
  const end = () => first + entries.length;
  const covers = (from: number) => from >= first && (from < end() || (from === end() && !isOver));
  return {
    get size() {
      return size;
    },
    covers,
    append(more) {
      entries.push(...more);
      for (const entry of more) size += sizeOf(entry);
      isOver ||= isLast(more.at(-1));
      while (size > maxBytes && entries.length > 0) {
        size -= sizeOf(entries.shift()!);
        first += 1;
      }
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake(more);
    },
    read(from, signal) {
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (!covers(from)) return Promise.resolve('gone');
      if (from < end()) return Promise.resolve(entries.slice(from - first));
      return new Promise((resolve, reject) => {
        const wake = (more: readonly RunEntry[]) => {
          signal.removeEventListener('abort', leave);
          resolve(more);
        };
        const leave = () => {
          waiting = waiting.filter((other) => other !== wake);
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(wake);
      });
    },
    clear() {
      first = end();
      entries = [];
      size = 0;
    },
  };
}

/** Whether nothing follows this entry. */
export function isLast(entry: RunEntry | undefined): boolean {
  return entry !== undefined && entry.kind !== 'stream' && entry.kind !== 'frame';
}

function sizeOf(entry: RunEntry): number {
  if (entry.kind === 'frame') return OVERHEAD + entry.bytes.byteLength;
  // Engines take up to two bytes per code unit.
  return OVERHEAD + (entry.kind === 'json' ? entry.text.length * 2 : 0);
}
