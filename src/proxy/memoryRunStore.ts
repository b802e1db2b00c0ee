import { createEntryLog, isLast, type EntryLog } from './entryLog.js';
import type { ProxyLimits } from './proxyOptions.js';
import type { RunRecord, RunStore } from './runStore.js';

/** Finished runs that are remembered at most, however small they are. */
const MAX_RUNS = 20_000;

interface StoredRun {
  record: RunRecord;
  readonly log: EntryLog;
  readonly claimedAt: number;
  settledAt: number;
}

/**
 * The memory of one process. Bounded in bytes and in runs; holds no timers: what is over its time is forgotten when somebody asks. A run that is still going on is
 * never forgotten, though its entries may be.
 */
export function createMemoryRunStore(
  limits: Pick<ProxyLimits, 'retainedMs' | 'replayBytes' | 'replayTotalBytes'>,
  maxRuns = MAX_RUNS,
): RunStore {
  let epoch: string | undefined;
  const runs = new Map<string, StoredRun>();
  const byKey = new Map<string, StoredRun>();
  const byTask = new Map<string, StoredRun>();
  /** Finished runs, the oldest first. */
  const settled = new Set<StoredRun>();
  /** Runs with entries, the least recently used first. */
  const buffered = new Set<StoredRun>();
  let bufferedBytes = 0;
  /** Since when no key was forgotten before its time. What came before this memory began it has never known. */
  let completeSince = performance.now();

  const forget = (run: StoredRun) => {
    const { runId, key, visitor, taskId, agent } = run.record;
    runs.delete(runId);
    settled.delete(run);
    buffered.delete(run);
    bufferedBytes -= run.log.size;
    if (key !== null) byKey.delete(scope(visitor, key));
    if (taskId !== null && byTask.get(scope(visitor, agent, taskId)) === run)
      byTask.delete(scope(visitor, agent, taskId));
  };
  const forgetOld = () => {
    const now = performance.now();
    for (const run of settled) {
      const isInTime = now - run.settledAt < limits.retainedMs;
      if (isInTime && settled.size <= maxRuns) return;
      if (isInTime && run.record.key !== null) completeSince = Math.max(completeSince, run.claimedAt);
      forget(run);
    }
  };
  const use = (run: StoredRun) => {
    buffered.delete(run);
    buffered.add(run);
    for (const oldest of buffered) {
      if (bufferedBytes <= limits.replayTotalBytes) return;
      bufferedBytes -= oldest.log.size;
      oldest.log.clear();
      buffered.delete(oldest);
    }
  };

  return {
    epoch() {
      // Not at creation: workers have no random numbers before the first request.
      return (epoch ??= crypto.randomUUID().slice(0, 13));
    },
    claim(claimed) {
      forgetOld();
      const { visitor, key, runId } = claimed;
      const other = key === null ? undefined : byKey.get(scope(visitor, key));
      if (other !== undefined) return other.record;
      const run: StoredRun = {
        record: { ...claimed, taskId: null, isOver: false },
        log: createEntryLog(limits.replayBytes),
        claimedAt: performance.now(),
        settledAt: Infinity,
      };
      runs.set(runId, run);
      if (key !== null) byKey.set(scope(visitor, key), run);
      return null;
    },
    release(runId) {
      const run = runs.get(runId);
      if (run === undefined || run.record.key === null) return;
      byKey.delete(scope(run.record.visitor, run.record.key));
      run.record = { ...run.record, key: null };
    },
    nameTask(runId, taskId) {
      const run = runs.get(runId);
      if (run === undefined) return;
      run.record = { ...run.record, taskId };
      byTask.set(scope(run.record.visitor, run.record.agent, taskId), run);
    },
    append(runId, entries) {
      const run = runs.get(runId);
      if (run === undefined) return;
      bufferedBytes -= run.log.size;
      run.log.append(entries);
      bufferedBytes += run.log.size;
      use(run);
      if (!isLast(entries.at(-1))) return;
      run.record = { ...run.record, isOver: true };
      run.settledAt = performance.now();
      settled.add(run);
      forgetOld();
    },
    read(runId, from, signal) {
      const run = runs.get(runId);
      if (run === undefined) return 'gone';
      if (run.log.size > 0) use(run);
      return run.log.read(from, signal);
    },
    covers(runId, from) {
      return runs.get(runId)?.log.covers(from) ?? false;
    },
    findKey(visitor, key) {
      forgetOld();
      return byKey.get(scope(visitor, key))?.record ?? null;
    },
    findTask(visitor, agent, taskId) {
      forgetOld();
      return byTask.get(scope(visitor, agent, taskId))?.record ?? null;
    },
    retainedMs() {
      return Math.max(0, Math.min(limits.retainedMs, performance.now() - completeSince));
    },
  };
}

/** One string for several, none of which has a line end. */
function scope(...parts: readonly string[]): string {
  return parts.join('\n');
}
