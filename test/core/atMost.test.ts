import { expect, it, vi } from 'vitest';
import { atMost } from '../../src/core/atMost.js';
import { createManualClock } from '../support/manualClock.js';

function setUp() {
  const clock = createManualClock();
  const outer = new AbortController();
  let given: AbortSignal | undefined;
  let settle: { resolve(value: string): void; reject(error: Error): void } | undefined;
  const outcome = vi.fn<(outcome: unknown) => void>();
  const act = (signal: AbortSignal) => {
    given = signal;
    return new Promise<string>((resolve, reject) => (settle = { resolve, reject }));
  };
  void atMost(clock, 1_000, outer.signal, act, () => new Error('late')).then(outcome, outcome);
  return { clock, outer, outcome, signal: () => given!, settle: () => settle! };
}

it('gives what comes in time, and lets nothing wait behind it', async () => {
  const { clock, outcome, signal, settle } = setUp();
  await clock.advance(999);
  settle().resolve('done');
  await clock.settle();
  expect(outcome).toHaveBeenCalledExactlyOnceWith('done');
  expect(signal().aborted).toBe(false);
  expect(clock.pending()).toBe(0);
});

it('gives up what comes too late, and says so', async () => {
  const { clock, outcome, signal } = setUp();
  await clock.advance(1_000);
  expect(outcome).toHaveBeenCalledExactlyOnceWith(new Error('late'));
  expect(signal().aborted).toBe(true);
});

it('lets go of what has failed', async () => {
  const { clock, outcome, signal, settle } = setUp();
  settle().reject(new Error('broken'));
  await clock.settle();
  expect(outcome).toHaveBeenCalledExactlyOnceWith(new Error('broken'));
  expect(signal().aborted).toBe(true);
  expect(clock.pending()).toBe(0);
});

it('hands on that it is not wanted any more', () => {
  const { outer, signal } = setUp();
  outer.abort();
  expect(signal().aborted).toBe(true);
});
