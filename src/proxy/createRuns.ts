import type { UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { createLiveRun, type LiveRun } from './liveRun.js';
import { createMemoryRunStore } from './memoryRunStore.js';
import { ProxyError } from './proxyError.js';
import type { ProxySettings } from './resolveOptions.js';
import { openRunReader, type RunReader } from './runReader.js';
import type { RunRecord, RunStore } from './runStore.js';

/** A message on its way to the API. */
export interface RunRequest extends Pick<RunRecord, 'visitor' | 'key' | 'fingerprint'> {
  readonly call: UpstreamCall;
}

/** The answers that are on their way, and those that are remembered. */
export interface Runs {
  readonly store: RunStore;
  /**
   * Sends a message, unless one with its key came before: then the answer to that one is read, from its beginning.
   *
   * @throws ProxyError `idempotency_mismatch`.
   */
  send(request: RunRequest, exchange: Exchange): Promise<RunReader>;
  /** Reads a run's entries, beginning with number `from`. */
  follow(runId: string, from: number, exchange: Exchange): RunReader;
  /** Stops reading the API's answer. False where this process does not read it. */
  stop(runId: string): boolean;
}

/** @param settings with a process that lives for one request, nothing must be shared with the next: then make one of these for each. */
export function createRuns(settings: ProxySettings): Runs {
  const store = createMemoryRunStore(settings.limits);
  const live = new Map<string, LiveRun>();
  const isLongLived = settings.process === 'long-lived';
  const graceMs = isLongLived ? settings.limits.graceMs : 0;

  const follow: Runs['follow'] = (runId, from, exchange) =>
    openRunReader({ store, runId, from, live: live.get(runId), signal: exchange.signal });

  return {
    store,
    async send({ call, ...request }, exchange) {
      const runId = crypto.randomUUID().replaceAll('-', '').slice(0, 16);
      const earlier = await store.claim({ ...request, runId, agent: call.agent.name });
      if (earlier !== null) {
        if (earlier.fingerprint !== request.fingerprint) {
          throw new ProxyError('idempotency_mismatch', { field: 'idempotency-key' });
        }
        exchange.note({ isDuplicate: true });
        return follow(earlier.runId, 0, exchange);
      }
      const run = createLiveRun({ runId, settings, exchange, call, store, graceMs, hasEventIds: graceMs > 0 });
      live.set(runId, run);
      // The platform must not end the process while an answer is still being read for somebody who may come back.
      exchange.keepAlive(run.over.then(() => void live.delete(runId)));
      const reader = follow(runId, 0, exchange);
      run.start();
      return reader;
    },
    follow,
    stop(runId) {
      const run = live.get(runId);
      run?.stop(new ProxyError('stopped', { processed: 'unknown' }));
      return run !== undefined;
    },
  };
}
