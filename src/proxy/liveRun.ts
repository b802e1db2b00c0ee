import type { UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { ProxyError } from './proxyError.js';
import { readAnswer } from './readAnswer.js';
import type { ProxySettings } from './resolveOptions.js';
import type { RunStore } from './runStore.js';

/** A call to the API that this process is making. */
export interface LiveRun {
  /** Makes the call. Once; a client should have joined before. */
  start(): void;
  /** A client is there, and counts as long as it has not left. */
  join(): void;
  /** When the last one has left, the API is read for `graceMs` more, so that it may come back and miss nothing. */
  leave(): void;
  /** A client has taken everything up to entry `index` and asks for that one. */
  want(index: number): void;
  /** Stops reading now. Clients that are there are told `error`. */
  stop(error: ProxyError): void;
  /** Resolves when nothing is read any more. */
  readonly over: Promise<void>;
}

export interface LiveRunOptions {
  readonly runId: string;
  readonly settings: ProxySettings;
  readonly exchange: Exchange;
  readonly call: UpstreamCall;
  readonly store: RunStore;
  /** Milliseconds to go on reading without clients; 0 ends the call with the last one. */
  readonly graceMs: number;
  /** Whether frames get event ids. */
  readonly hasEventIds: boolean;
}

export function createLiveRun({
  runId,
  settings,
  exchange,
  call,
  store,
  graceMs,
  hasEventIds,
}: LiveRunOptions): LiveRun {
  const controller = new AbortController();
  let clients = 0;
  let entryCount = 0;
  let isWanted = false;
  let isOver = false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let onDemand: (() => void) | undefined;
  let onOver!: () => void;
  const over = new Promise<void>((resolve) => (onOver = resolve));

  const giveUp = () => controller.abort(new ProxyError('replay_gone', { processed: 'unknown' }));
  const checkDemand = () => {
    if (isWanted || clients === 0 || controller.signal.aborted) onDemand?.();
  };
  controller.signal.addEventListener('abort', checkDemand, { once: true });

  const sink = {
    demand: () => {
      if (isWanted || clients === 0 || controller.signal.aborted) return undefined;
      return new Promise<void>((resolve) => (onDemand = resolve));
    },
    nameTask: (taskId: string) => store.nameTask(runId, taskId),
    append: (entries: Parameters<RunStore['append']>[1]) => {
      entryCount += entries.length;
      isWanted = false;
      return store.append(runId, entries);
    },
  };
  const run = async () => {
    try {
      const idPrefix = hasEventIds ? runId : null;
      await readAnswer({ settings, exchange, call, signal: controller.signal, idPrefix }, sink);
    } catch (thrown) {
      const error = exchange.fail(thrown);
      if (error.processed === 'no') await store.release(runId);
      await sink.append([{ kind: 'failure', error }]);
    } finally {
      isOver = true;
      clearTimeout(grace);
      onOver();
    }
  };

  return {
    over,
    start: () => void run(),
    join() {
      clients += 1;
      clearTimeout(grace);
    },
    leave() {
      clients -= 1;
      if (clients > 0 || isOver) return;
      if (graceMs === 0) return giveUp();
      grace = setTimeout(giveUp, graceMs);
      checkDemand();
    },
    want(index) {
      if (index < entryCount) return;
      isWanted = true;
      checkDemand();
    },
    stop: (error) => controller.abort(error),
  };
}
