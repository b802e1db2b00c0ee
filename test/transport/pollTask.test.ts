import { describe, expect, it } from 'vitest';
import type { ResponseSnapshot } from '../../src/core/agentEvent.js';
import type { AgentChatErrorCode } from '../../src/core/errors.js';
import { pollTask } from '../../src/transport/pollTask.js';
import { error, synced } from '../support/agentEvents.js';
import { collect } from '../support/collect.js';
import { createManualClock } from '../support/manualClock.js';

const snapshot = (state: ResponseSnapshot['state']): ResponseSnapshot => {
  const event = synced({ state });
  if (event.type !== 'response.synced') throw new Error('unreachable');
  return event.response;
};

/** Polls a task that is over at `endsAt` seconds; `fail` may make single polls fail. Tells when was asked, in seconds. */
async function follow(options: {
  readonly endsAt?: number;
  readonly random?: number;
  readonly fail?: (poll: number) => AgentChatErrorCode | null;
  readonly abortAt?: number;
}) {
  const { endsAt = Infinity, random = 0, fail = () => null, abortAt } = options;
  const clock = createManualClock(0);
  const abort = new AbortController();
  const askedAt: number[] = [];
  if (abortAt !== undefined) clock.after(abortAt * 1000, () => abort.abort());
  const poll = async (): Promise<ResponseSnapshot> => {
    askedAt.push(clock.now() / 1000);
    const code = fail(askedAt.length);
    if (code) throw error(code);
    return snapshot(clock.now() / 1000 >= endsAt ? 'completed' : 'working');
  };
  const result = collect(pollTask(poll, { clock, random: () => random, signal: abort.signal })).catch(
    (thrown: unknown) => ({ events: [], error: null, thrown }),
  );
  await clock.advance(700_000);
  return { ...(await result), askedAt, pending: clock.pending() };
}

describe('polling', () => {
  it('asks after 0.5, 1, 1, 1 and 2 s, then every 2 s until 30 s, then every 5 s', async () => {
    const { askedAt } = await follow({ endsAt: 60 });
    expect(askedAt).toEqual([
      ...[0.5, 1.5, 2.5, 3.5, 5.5],
      ...[7.5, 9.5, 11.5, 13.5, 15.5, 17.5, 19.5, 21.5, 23.5, 25.5, 27.5, 29.5, 31.5],
      ...[36.5, 41.5, 46.5, 51.5, 56.5, 61.5],
    ]);
  });

  it('adds a fifth at most, so that many tabs do not ask in step', async () => {
    const { askedAt } = await follow({ endsAt: 5, random: 0.999_999 });
    const waits = askedAt.map((at, index) => at - (askedAt[index - 1] ?? 0));
    const bounds = [0.5, 1, 1, 1, 2];
    waits.forEach((wait, index) => {
      expect(wait).toBeGreaterThan(bounds[index]!);
      expect(wait).toBeLessThanOrEqual(bounds[index]! * 1.2);
    });
    expect(waits).toHaveLength(5);
  });

  it('tells that it polls once an answer came, and then how the task ended', async () => {
    const { events, error: thrown, pending } = await follow({ endsAt: 2 });
    expect(events).toEqual([
      { type: 'connection.changed', connection: 'polling' },
      { type: 'connection.changed', connection: 'polling' },
      { type: 'response.synced', response: snapshot('completed') },
    ]);
    expect(thrown).toBeNull();
    expect(pending).toBe(0);
  });

  it('goes on after failures, as long as they are not five in a row', async () => {
    const {
      events,
      error: thrown,
      askedAt,
    } = await follow({ endsAt: 20, fail: (poll) => (poll % 5 ? 'network' : null) });
    expect(thrown).toBeNull();
    expect(events.at(-1)?.type).toBe('response.synced');
    expect(askedAt.length).toBeGreaterThan(10);
  });

  it('gives up after five failures in a row', async () => {
    const { error: thrown, askedAt, pending } = await follow({ fail: () => 'server_error' });
    expect(thrown).toMatchObject({ code: 'server_error' });
    expect(askedAt).toEqual([0.5, 1.5, 2.5, 3.5, 5.5]);
    expect(pending).toBe(0);
  });

  it.each(['task_not_found', 'unauthorized', 'forbidden'] as const)('does not ask again after %s', async (code) => {
    const { error: thrown, askedAt } = await follow({ fail: () => code });
    expect(thrown).toMatchObject({ code });
    expect(askedAt).toEqual([0.5]);
  });

  it('gives up after ten minutes', async () => {
    const { error: thrown, askedAt, pending } = await follow({});
    expect(thrown).toMatchObject({ code: 'timeout', retryable: true });
    expect(askedAt.at(-1)).toBeGreaterThan(595);
    expect(askedAt.at(-1)).toBeLessThanOrEqual(606);
    expect(pending).toBe(0);
  });

  it('stops where it is aborted, and leaves no timer', async () => {
    const { askedAt, pending } = await follow({ abortAt: 3 });
    expect(askedAt).toEqual([0.5, 1.5, 2.5]);
    expect(pending).toBe(0);
  });
});
