import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryRunStore } from '../../src/proxy/memoryRunStore.js';
import type { RunEntry } from '../../src/proxy/runStore.js';

const LIMITS = { retainedMs: 600_000, replayBytes: 4_000, replayTotalBytes: 10_000 };
const never = new AbortController().signal;
const frameOf = (size: number): RunEntry => ({ kind: 'frame', bytes: new Uint8Array(size) });
const END: RunEntry = { kind: 'end' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

function setUp(maxRuns?: number) {
  const store = createMemoryRunStore(LIMITS, maxRuns);
  let count = 0;
  const claim = (key: string | null, visitor = 'v') => {
    count += 1;
    const runId = `run${count}`;
    return { runId, earlier: store.claim({ runId, visitor, agent: 'a', key, fingerprint: 'f' }) };
  };
  const finish = (key: string | null) => {
    const { runId } = claim(key);
    void store.append(runId, [END]);
    return runId;
  };
  return { store, claim, finish };
}

describe('a key', () => {
  it('is taken once, and by each visitor for himself', () => {
    const { claim } = setUp();
    expect(claim('k').earlier).toBeNull();
    expect(claim('k').earlier).toMatchObject({ runId: 'run1' });
    expect(claim('k', 'another').earlier).toBeNull();
    expect(claim(null).earlier).toBeNull();
    expect(claim(null).earlier).toBeNull();
  });

  it('is free again where the message was certainly not processed', () => {
    const { store, claim } = setUp();
    const { runId } = claim('k');
    void store.release(runId);
    expect(store.findKey('v', 'k')).toBeNull();
    expect(claim('k').earlier).toBeNull();
  });

  it('is remembered as long as promised once its answer is over, and not forgotten before', () => {
    const { store, claim } = setUp();
    const { runId } = claim('k');
    vi.advanceTimersByTime(10_000_000);
    expect(store.findKey('v', 'k')).toMatchObject({ isOver: false });
    void store.append(runId, [END]);
    vi.advanceTimersByTime(599_999);
    expect(store.findKey('v', 'k')).toMatchObject({ isOver: true });
    vi.advanceTimersByTime(1);
    expect(store.findKey('v', 'k')).toBeNull();
  });
});

describe('what the memory promises', () => {
  it('reaches back no further than it does itself', () => {
    const { store } = setUp();
    expect(store.retainedMs()).toBe(0);
    vi.advanceTimersByTime(5_000);
    expect(store.retainedMs()).toBe(5_000);
    vi.advanceTimersByTime(10_000_000);
    expect(store.retainedMs()).toBe(600_000);
  });

  it('reaches back no further than the youngest key that it had to forget early', () => {
    const { store, finish } = setUp(2);
    vi.advanceTimersByTime(1_000_000);
    finish('k1');
    vi.advanceTimersByTime(10_000);
    finish('k2');
    vi.advanceTimersByTime(10_000);
    expect(store.retainedMs()).toBe(600_000);
    finish('k3');
    expect(store.findKey('v', 'k1')).toBeNull();
    expect(store.findKey('v', 'k2')).not.toBeNull();
    expect(store.retainedMs()).toBe(20_000);
  });
});

describe('the entries', () => {
  it('of one answer are the newest, up to a size; what was dropped is gone', async () => {
    const { store, claim } = setUp();
    const { runId } = claim('k');
    for (let index = 0; index < 10; index += 1) await store.append(runId, [frameOf(1_000 - 128)]);
    expect(await store.read(runId, 0, never)).toBe('gone');
    expect(await store.read(runId, 5, never)).toBe('gone');
    expect(await store.read(runId, 6, never)).toHaveLength(4);
    expect(store.covers(runId, 6)).toBe(true);
    expect(store.covers(runId, 5)).toBe(false);
  });

  it('of all answers stay below a size: the least recently used go first, whoever waits goes on', async () => {
    const { store, claim } = setUp();
    const runs = Array.from({ length: 4 }, (_, index) => claim(`k${index}`).runId);
    await store.append(runs[0]!, [frameOf(3_000 - 128)]);
    const waiting = store.read(runs[0]!, 1, never);
    for (const runId of runs.slice(1)) await store.append(runId, [frameOf(3_000 - 128)]);
    expect(runs.map((runId) => store.covers(runId, 0))).toEqual([false, true, true, true]);
    await store.append(runs[0]!, [frameOf(10)]);
    expect(await waiting).toEqual([frameOf(10)]);
  });

  it('are waited for, until whoever waits leaves', async () => {
    const { store, claim } = setUp();
    const { runId } = claim('k');
    const leaving = new AbortController();
    const waiting = store.read(runId, 0, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    const next = store.read(runId, 0, never);
    await store.append(runId, [frameOf(1), END]);
    expect(await next).toEqual([frameOf(1), END]);
    expect(await store.read(runId, 2, never)).toBe('gone');
  });

  it('of a task are those of its newest answer', () => {
    const { store, claim } = setUp();
    const [first, second] = [claim('k1').runId, claim('k2').runId];
    void store.nameTask(first, 't');
    void store.nameTask(second, 't');
    expect(store.findTask('v', 'a', 't')).toMatchObject({ runId: second });
    expect(store.findTask('v', 'other', 't')).toBeNull();
    expect(store.findTask('other', 'a', 't')).toBeNull();
  });
});
