import type { ProxyError } from './proxyError.js';

/** One step of an answer, in order: `stream`, then `frame`s, then `end` or `failure`; or one `json`; or one `failure`. */
export type RunEntry =
  | { readonly kind: 'stream' }
  /** Whole SSE frames as browsers get them: the key masked, the event id in front. */
  | { readonly kind: 'frame'; readonly bytes: Uint8Array }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly error: ProxyError };

/** One call to the API and what is known of it. */
export interface RunRecord {
  readonly runId: string;
  readonly visitor: string;
  /** Public name. */
  readonly agent: string;
  /** The message's idempotency key; `null` where it had none, or where it is certain that the message was not processed. */
  readonly key: string | null;
  /** Of the message. Two messages with one key are the same only if this is equal. */
  readonly fingerprint: string;
  /** `null` until the API has named it. */
  readonly taskId: string | null;
  /** True once its last entry is there. */
  readonly isOver: boolean;
}

/** A value now, as this process's memory has it, or later, as a database would. */
export type Eventually<Value> = Value | Promise<Value>;

/**
 * The proxy's memory: which messages came, and what was answered to them. Every method is complete in itself and may take its time, so that a store that several
 * instances share can take the place of this process's memory.
 */
export interface RunStore {
  /** Names this memory. As long as it is the same, nothing has been forgotten before its time. */
  epoch(): Eventually<string>;
  /** Takes the key for a run, in one step; or returns the run that has it. A run without key is always taken (`null`). */
  claim(run: Pick<RunRecord, 'runId' | 'visitor' | 'agent' | 'key' | 'fingerprint'>): Eventually<RunRecord | null>;
  /** Frees the key of a run whose message was certainly not processed. */
  release(runId: string): Eventually<void>;
  nameTask(runId: string, taskId: string): Eventually<void>;
  /** Adds entries. Who waits for the next one gets all of them, whatever is kept of them afterwards. */
  append(runId: string, entries: readonly RunEntry[]): Eventually<void>;
  /**
   * The entries from number `from` on, at least one; waits for it where it does not exist yet. `gone` where it is not kept any more or will never come.
   *
   * @param signal ends the waiting; the promise rejects with its reason.
   */
  read(runId: string, from: number, signal: AbortSignal): Eventually<readonly RunEntry[] | 'gone'>;
  /** Whether {@link read} would return or wait, instead of `gone`. */
  covers(runId: string, from: number): Eventually<boolean>;
  findKey(visitor: string, key: string): Eventually<RunRecord | null>;
  /** The newest run with this task. */
  findTask(visitor: string, agent: string, taskId: string): Eventually<RunRecord | null>;
  /** Milliseconds for which it is certain that no key was forgotten. */
  retainedMs(): Eventually<number>;
}
