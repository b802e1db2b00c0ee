import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent, Capabilities } from '../../../src/core/agentEvent.js';
import type { Connectivity } from '../../../src/core/connectivity.js';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { NO_CAPABILITIES } from '../../../src/core/conversationState.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { AgentChatError } from '../../../src/core/errors.js';
import { messageText } from '../../../src/core/message.js';
import type { AgentTransport, Receipt } from '../../../src/core/transport.js';
import { answer, delta, done, error, started, synced } from '../../support/agentEvents.js';
import { createFakeTransport } from '../../support/fakeTransport.js';
import { createManualClock } from '../../support/manualClock.js';

const offer = (capabilities: Partial<Capabilities>, epoch = 'e1'): AgentEvent => ({
  type: 'capabilities.changed',
  capabilities: { ...NO_CAPABILITIES, ...capabilities },
  epoch,
});
const at = (eventId: string, event: AgentEvent): AgentEvent => ({ ...event, eventId });
const unknown = (changes: Partial<Extract<Receipt, { status: 'unknown' }>> = {}): Receipt => ({
  status: 'unknown',
  retainedMs: 600_000,
  epoch: 'e1',
  ...changes,
});
const received = (taskId: string | null, isSettled = false): Receipt => ({ status: 'received', taskId, isSettled });

function createNetwork() {
  let isOnline = true;
  const listeners = new Set<() => void>();
  const connectivity: Connectivity = {
    isOnline: () => isOnline,
    onWake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const turn = (to: boolean) => {
    isOnline = to;
    if (to) for (const listener of [...listeners]) listener();
  };
  return { connectivity, turn, listeners };
}

function setUp(verbs: Omit<AgentTransport, 'send' | 'follow'> = {}, options: Partial<ConversationOptions> = {}) {
  const clock = createManualClock();
  const transport = createFakeTransport(verbs);
  const network = createNetwork();
  const { connectivity } = network;
  const conversation = createConversation({
    ...{ agentKey: 'support', transport, clock, connectivity, random: () => 0.5, ...options },
  });
  const state = conversation.getState;
  const transcript = () =>
    state().messages.map((message) =>
      message.role === 'user'
        ? `${messageText(message)}: ${message.delivery}`
        : `> ${messageText(message) || '…'}: ${message.status}`,
    );
  const reply = async (...events: readonly AgentEvent[]) => {
    transport.sends.at(-1)!.emit(...events);
    await clock.advance(20);
  };
  const failSend = async (thrown: unknown) => {
    transport.sends.at(-1)!.fail(thrown);
    await clock.settle();
  };
  return { clock, transport, network, conversation, state, transcript, reply, failSend };
}

/** A conversation that has had one turn with a backend of receipts, and whose second message went nowhere. */
async function loseTheSecond(receipts: readonly (Receipt | Error)[], before?: () => void) {
  let asked = 0;
  const receipt = vi.fn<NonNullable<AgentTransport['receipt']>>(() => {
    asked += 1;
    const next = receipts[Math.min(asked, receipts.length) - 1]!;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  });
  const all = setUp({ receipt });
  all.conversation.send('One');
  await all.reply(offer({ receipts: true }), ...answer('1', 'task-1'));
  const id = all.conversation.send('Two');
  before?.();
  await all.failSend(error('network'));
  return { ...all, id, receipt };
}

describe('a message of which nothing is known', () => {
  it('is asked about, and not sent again, where it arrived: its answer is followed', async () => {
    const { clock, transport, transcript, state, receipt, id } = await loseTheSecond([received('task-2')]);
    expect(state()).toMatchObject({ status: 'submitted', connection: 'reconnecting' });
    await clock.advance(500);
    expect(receipt.mock.lastCall?.[0]).toMatchObject({ agentKey: 'support', messageId: id });
    expect(transcript().at(-1)).toBe('> …: working');
    expect(transport.follows.map(({ request }) => request.taskId)).toEqual(['task-2']);
    transport.follows[0]!.emit(synced({ taskId: 'task-2', parts: [{ kind: 'text', text: '2' }] }));
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
    expect(transport.sends).toHaveLength(2);
  });

  it('is asked about again while the agent has not named its task', async () => {
    const { clock, transport, receipt } = await loseTheSecond([received(null), received(null), received('task-2')]);
    await clock.advance(5000);
    expect(receipt).toHaveBeenCalledTimes(3);
    expect(transport.follows).toHaveLength(1);
  });

  it('is sent again, under the same id, where it certainly was not processed', async () => {
    const { clock, transport, transcript, reply, id } = await loseTheSecond([unknown()]);
    await clock.advance(2000);
    expect(transport.sends.map(({ request }) => request.message.messageId).slice(1)).toEqual([id, id]);
    await reply(...answer('2', 'task-2'));
    expect(transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
  });

  it('is sent four times at most, and then has failed for certain', async () => {
    const { clock, transport, transcript, failSend } = await loseTheSecond([unknown()]);
    for (let attempt = 2; attempt <= 4; attempt += 1) {
      await clock.advance(10_000);
      await failSend(error('network'));
    }
    await clock.advance(100_000);
    expect(transport.sends).toHaveLength(1 + 4);
    expect(transcript().at(-1)).toBe('Two: failed');
    expect(clock.pending()).toBe(0);
  });

  it.each<[string, Receipt]>([
    ['the memory that was asked is another', unknown({ epoch: 'e2' })],
    ['the memory does not reach back so far', unknown({ retainedMs: 100 })],
    ['the backend names no memory', unknown({ epoch: null })],
    ['its attempt was given up', received(null, true)],
  ])('is left to the visitor where %s', async (_, answered) => {
    const { clock, transport, transcript } = await loseTheSecond([answered]);
    await clock.advance(100_000);
    expect(transcript().at(-1)).toBe('Two: uncertain');
    expect(transport.sends).toHaveLength(2);
  });

  it('is left to the visitor where the clock of this browser went back', async () => {
    const { clock, transport, transcript } = await loseTheSecond([unknown()], () => undefined);
    vi.spyOn(clock, 'now').mockReturnValue(clock.now() - 3_600_000);
    await clock.advance(100_000);
    expect(transcript().at(-1)).toBe('Two: uncertain');
    expect(transport.sends).toHaveLength(2);
  });

  it('is asked about through an outage, eight times at most', async () => {
    const { clock, transcript, receipt, state } = await loseTheSecond([error('network')]);
    await clock.advance(10_000);
    expect(state().connection).toBe('reconnecting');
    await clock.advance(200_000);
    expect(receipt).toHaveBeenCalledTimes(8);
    expect(transcript().at(-1)).toBe('Two: uncertain');
  });

  it('is asked about at once when the network comes back', async () => {
    const { clock, network, receipt } = await loseTheSecond([error('network'), error('network'), received('task-2')]);
    await clock.advance(800);
    expect(receipt).toHaveBeenCalledTimes(2);
    network.turn(true);
    await clock.settle();
    expect(receipt).toHaveBeenCalledTimes(3);
  });

  it('is not asked about where the backend has no receipts', async () => {
    const receipt = vi.fn<NonNullable<AgentTransport['receipt']>>();
    const { conversation, transcript, reply, failSend } = setUp({ receipt });
    conversation.send('One');
    await reply(offer({ receipts: false }), ...answer('1'));
    conversation.send('Two');
    await failSend(error('network'));
    expect(transcript().at(-1)).toBe('Two: uncertain');
    expect(receipt).not.toHaveBeenCalled();
  });
});

describe('a message that was certainly not processed', () => {
  const busy = (retryAfterMs?: number) =>
    new AgentChatError({
      code: 'rate_limited',
      message: 'Busy.',
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });

  it('waits as long as the backend asks, tells until when, and is sent again', async () => {
    const { conversation, clock, transport, network, transcript, state, failSend } = setUp();
    conversation.send('One');
    await failSend(busy(12_000));
    expect(transcript()).toEqual(['One: queued']);
    expect(state().run?.retryAt).toBe(clock.now() + 12_000);
    network.turn(true); // no reason to ask a busy server earlier
    await clock.advance(11_999);
    expect(transport.sends).toHaveLength(1);
    await clock.advance(1);
    expect(transport.sends).toHaveLength(2);
    expect(state().run).toMatchObject({ retryAt: null, attempts: 2 });
  });

  it('may be called back while it waits', async () => {
    const { conversation, clock, transport, transcript, failSend } = setUp();
    conversation.send('One');
    await failSend(busy(12_000));
    conversation.stop();
    await clock.advance(60_000);
    expect(transcript()).toEqual(['One: failed']);
    expect(transport.sends).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('is left to the visitor where the wait is absurd', async () => {
    const { conversation, transcript, failSend, state } = setUp();
    conversation.send('One');
    await failSend(busy(3_600_000));
    expect(transcript()).toEqual(['One: failed']);
    expect(state().error).toMatchObject({ code: 'rate_limited' });
  });
});

describe('an answer that breaks off', () => {
  it('goes on where it broke off, where the backend can replay', async () => {
    const { conversation, clock, transport, transcript, reply, failSend } = setUp();
    conversation.send('One');
    await reply(offer({ replay: true }), at('r.1', started('task-1')), at('r.2', delta('On')));
    await failSend(error('stream_dropped'));
    expect(transport.follows[0]!.request).toMatchObject({ taskId: 'task-1', lastEventId: 'r.2' });
    transport.follows[0]!.emit(at('r.3', delta('e')));
    await clock.advance(20);
    transport.follows[0]!.fail(error('network'));
    await clock.advance(1000);
    expect(transport.follows[1]!.request.lastEventId).toBe('r.3');
    transport.follows[1]!.emit(at('r.4', done()));
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> One: completed']);
    expect(transport.sends).toHaveLength(1);
  });

  it('is fetched as a whole where the backend cannot replay, or does not say from where', async () => {
    const { conversation, transport, reply, failSend } = setUp();
    conversation.send('One');
    await reply(offer({ replay: true }), started('task-1'), delta('On'));
    await failSend(error('stream_dropped'));
    expect(transport.follows[0]!.request.lastEventId).toBeUndefined();
  });

  it('is replayed from its beginning where nothing of it is shown', async () => {
    const { conversation, transport, reply, failSend } = setUp();
    conversation.send('One');
    await reply(offer({ replay: true }), started('task-1'));
    await failSend(error('stream_dropped'));
    expect(transport.follows[0]!.request.lastEventId).toBe('');
  });

  it('is given up after eight outages in a row, keeps its text, and is looked for again on request', async () => {
    const { conversation, clock, transport, state, transcript, reply, failSend } = setUp();
    conversation.send('One');
    await reply(started('task-1'), delta('On'));
    await failSend(error('stream_dropped'));
    for (let outage = 0; outage < 8; outage += 1) {
      transport.follows.at(-1)!.fail(error('network'));
      await clock.advance(30_000);
    }
    expect(transport.follows).toHaveLength(8);
    expect(transcript()).toEqual(['One: sent', '> On: failed']);
    expect(state()).toMatchObject({ status: 'failed', error: { code: 'network' }, run: null });
    conversation.retry(state().messageIds[1]!);
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> On: working']);
    transport.follows.at(-1)!.emit(synced({ parts: [{ kind: 'text', text: 'One' }] }));
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> One: completed']);
    expect(state().status).toBe('completed');
    expect(transport.sends).toHaveLength(1);
  });
});

describe('a conversation that is left and taken up again', () => {
  it('gets the rest of its answer from where it was left', async () => {
    const { conversation, clock, transport, transcript, reply } = setUp();
    conversation.send('One');
    await reply(offer({ replay: true }), at('r.1', started('task-1')), at('r.2', delta('On')));
    conversation.destroy();
    await clock.settle();
    expect(transport.sends[0]!.wasLeft()).toBe(true);
    conversation.resume();
    await clock.settle();
    expect(transport.follows[0]!.request).toMatchObject({ taskId: 'task-1', lastEventId: 'r.2' });
    transport.follows[0]!.emit(at('r.3', delta('e')), at('r.4', done()));
    await clock.advance(20);
    expect(transcript()).toEqual(['One: sent', '> One: completed']);
    expect(transport.sends).toHaveLength(1);
  });

  it('asks about a message that was left in the air until it must have arrived, before it sends it again and the next', async () => {
    const receipt = vi.fn<NonNullable<AgentTransport['receipt']>>().mockResolvedValue(unknown());
    const { conversation, clock, transport, transcript } = setUp({ receipt });
    const id = conversation.send('One');
    conversation.send('Two');
    conversation.destroy();
    conversation.resume();
    await clock.advance(9_000);
    expect(receipt).toHaveBeenCalled();
    expect(transport.sends).toHaveLength(1);
    await clock.advance(2_000);
    expect(transport.sends.map(({ request }) => request.message.messageId)).toEqual([id, id]);
    expect(transcript()).toEqual(['One: sending', 'Two: queued']);
  });

  it('does nothing where nothing was under way', async () => {
    const { conversation, clock, transport, transcript, reply } = setUp();
    conversation.send('One');
    await reply(...answer('1'));
    conversation.destroy();
    conversation.resume();
    await clock.advance(2000);
    expect(transcript()).toEqual(['One: sent', '> 1: completed']);
    expect(transport.sends).toHaveLength(1);
    expect(transport.follows).toHaveLength(0);
  });
});

describe('without a network', () => {
  it('a message stays queued, says so, and leaves once there is one', async () => {
    const { conversation, clock, transport, network, transcript, state } = setUp();
    network.turn(false);
    conversation.send('One');
    await clock.advance(300_000);
    expect(transport.sends).toHaveLength(0);
    expect(transcript()).toEqual(['One: queued']);
    expect(state().connection).toBe('offline');
    network.turn(true);
    await clock.settle();
    expect(transport.sends).toHaveLength(1);
    expect(transcript()).toEqual(['One: sending']);
    expect(network.listeners.size).toBe(1); // who looks after the attempt
  });

  it('an answer that streams on is not disturbed', async () => {
    const { conversation, network, transcript, state, reply } = setUp();
    conversation.send('One');
    await reply({ type: 'connection.changed', connection: 'streaming' }, started(), delta('1'));
    network.turn(false);
    await reply(delta('!'));
    expect(transcript()).toEqual(['One: sent', '> 1!: working']);
    expect(state().connection).toBe('streaming');
  });
});
