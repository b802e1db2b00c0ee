import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent } from '../../../src/core/agentEvent.js';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { NO_CAPABILITIES } from '../../../src/core/conversationState.js';
import type { SavedConversation } from '../../../src/core/conversationStorage.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { userMessage } from '../../../src/core/inputParts.js';
import { messageText } from '../../../src/core/message.js';
import type { AgentTransport } from '../../../src/core/transport.js';
import { answer, call, delta, done, started, synced } from '../../support/agentEvents.js';
import { createFakeStorage, type FakeStorage } from '../../support/fakeStorage.js';
import { createFakeTransport } from '../../support/fakeTransport.js';
import { createManualClock } from '../../support/manualClock.js';

const REPLAYS: AgentEvent = {
  type: 'capabilities.changed',
  capabilities: { ...NO_CAPABILITIES, replay: true, receipts: true },
  epoch: 'e1',
};

/** One page. The storage is the browser's, and outlives it. */
async function visit(
  storage: FakeStorage,
  { verbs, ...options }: Partial<ConversationOptions> & { verbs?: Omit<AgentTransport, 'send' | 'follow'> } = {},
) {
  const clock = createManualClock();
  const transport = createFakeTransport(verbs);
  const conversation = createConversation({
    ...{ agentKey: 'support', transport, clock, storage, random: () => 0, ...options },
  });
  conversation.resume();
  await clock.settle();
  const state = conversation.getState;
  const transcript = () =>
    state().messages.map((message) =>
      message.role === 'user'
        ? `${messageText(message)}: ${message.delivery}`
        : `> ${messageText(message) || '…'}: ${message.status}`,
    );
  const say = async (text: string) => {
    const id = conversation.send(text);
    await clock.settle();
    return id;
  };
  const reply = async (...events: readonly AgentEvent[]) => {
    transport.sends.at(-1)!.emit(...events);
    await clock.advance(20);
  };
  return { conversation, transport, clock, state, transcript, say, reply };
}

/** As `kill -9`: nothing more is heard of the page. */
const savedAs = (storage: FakeStorage): SavedConversation[] => structuredCloneOf([...storage.kept.values()]);
function structuredCloneOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

describe('what is said', () => {
  it('is owed nothing where there was no room for the message: results would be refused without end', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(started('task-1'), done([call('a')]));
    first.conversation.submitToolResult('a', 1);
    await first.clock.settle();
    const [kept] = savedAs(storage);
    storage.kept.set(kept!.id, {
      ...kept!,
      messages: kept!.messages.filter(({ role }) => role === 'agent'),
      run: null,
    });
    const second = await visit(storage);
    await second.clock.advance(1_000);
    expect(second.transport.sends).toHaveLength(0);
  });

  it('is there after a reload, and the next turn continues its task', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(...answer('1', 'task-1'));
    await first.clock.settle();
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed']);
    expect(second.conversation.id).toBe(first.conversation.id);
    expect(second.state()).toMatchObject({ status: 'completed', isRestoring: false });
    await second.say('Two');
    expect(second.transport.sends[0]!.request.taskId).toBe('task-1');
  });

  it('is kept before it leaves', async () => {
    const storage = createFakeStorage();
    const { conversation, clock, transport, transcript } = await visit(storage);
    storage.hold();
    const id = conversation.send('One');
    await clock.settle();
    expect(transport.sends).toHaveLength(0);
    expect(transcript()).toEqual(['One: sending']);
    storage.release();
    await clock.settle();
    expect(transport.sends).toHaveLength(1);
    const [saved] = savedAs(storage);
    expect(saved!.run).toMatchObject({ messageId: id, attempts: 1 });
    expect(saved!.messages).toMatchObject([{ id, delivery: 'sending' }]);
  });

  it('before what was kept is there comes behind it, and waits for it', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(...answer('1', 'task-1'));
    await first.clock.settle();
    storage.hold();
    const second = await visit(storage);
    expect(second.state().isRestoring).toBe(true);
    await second.say('Two');
    expect(second.transcript()).toEqual(['Two: queued']);
    expect(second.transport.sends).toHaveLength(0);
    storage.release();
    await second.clock.settle();
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sending']);
    expect(second.transport.sends[0]!.request.taskId).toBe('task-1');
  });

  it('token by token is written once a second, and at once when it is complete', async () => {
    const storage = createFakeStorage();
    const { clock, say, reply, transport } = await visit(storage);
    await say('One');
    await reply(started());
    const saves = () => storage.calls.filter((call) => call.startsWith('save')).length;
    const before = saves();
    for (let token = 0; token < 150; token += 1) {
      transport.sends[0]!.emit(delta('x'));
      await clock.advance(20);
    }
    expect(saves() - before).toBeGreaterThanOrEqual(2);
    expect(saves() - before).toBeLessThanOrEqual(3);
    await reply(done());
    expect(savedAs(storage)[0]).toMatchObject({ run: null, messages: [{}, { status: 'completed' }] });
    expect(clock.pending()).toBe(0);
  });
});

it('what another tab wrote in between stands behind the answer to what was asked before, in the order in which the agent hears it', async () => {
  const storage = createFakeStorage();
  const first = await visit(storage);
  await first.say('One');
  await first.reply(...answer('1', 'task-1'));
  await first.say('Two');
  await first.reply(...answer('2', 'task-2'));
  await first.clock.settle();
  const kept = storage.kept.get(first.conversation.id)!;
  const [one, ...rest] = kept.messages;
  const [waits, left] = (['queued', 'sending'] as const).map((delivery) => ({
    ...userMessage(delivery, [{ kind: 'text', text: delivery }], 0),
    delivery,
  }));
  storage.kept.set(kept.id, { ...kept, messages: [one!, waits!, left!, ...rest] });
  const second = await visit(storage);
  expect(second.transcript()).toEqual([
    ...['One: sent', '> 1: completed', 'sending: uncertain', 'Two: sent', '> 2: completed', 'queued: sending'],
  ]);
});

describe('an exchange that the page did not survive', () => {
  it('goes on from where it was kept, text and place together', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(REPLAYS, { ...started('task-1'), eventId: 'r.1' }, { ...delta('On'), eventId: 'r.2' });
    await first.clock.advance(1000);
    await first.reply({ ...delta('LOST'), eventId: 'r.3' });
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: sent', '> On: working']);
    expect(second.transport.sends).toHaveLength(0);
    // What the backend offers is heard of with the first answer; the place alone says that there is a replay.
    expect(second.transport.follows[0]!.request).toMatchObject({ taskId: 'task-1', lastEventId: 'r.2' });
    second.transport.follows[0]!.emit({ ...delta('e'), eventId: 'r.3' }, { ...done(), eventId: 'r.4' });
    await second.clock.advance(20);
    expect(second.transcript()).toEqual(['One: sent', '> One: completed']);
  });

  it('is asked about where nothing of its answer was seen', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(...answer('1', 'task-1'));
    const id = await first.say('Two');
    const receipt = vi
      .fn<NonNullable<AgentTransport['receipt']>>()
      .mockResolvedValue({ status: 'received', taskId: 'task-2', isSettled: true });
    const second = await visit(storage, { verbs: { receipt } });
    expect(receipt.mock.lastCall?.[0].messageId).toBe(id);
    expect(second.transport.follows[0]!.request.taskId).toBe('task-2');
    second.transport.follows[0]!.emit(synced({ taskId: 'task-2', parts: [{ kind: 'text', text: '2' }] }));
    await second.clock.settle();
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
    expect(second.transport.sends).toHaveLength(0);
  });

  it('is left to the visitor where nobody can tell', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: uncertain']);
    expect(second.transport.sends).toHaveLength(0);
  });

  it('was none where the message had only waited: it is sent now', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.say('Two');
    await first.reply(...answer('1', 'task-1'));
    await first.clock.settle();
    const kept = storage.kept.get(first.conversation.id)!;
    storage.kept.set(kept.id, {
      ...kept,
      run: null,
      messages: kept.messages.map((each) =>
        each.role === 'user' && messageText(each) === 'Two' ? { ...each, delivery: 'queued' } : each,
      ),
    });
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sending']);
    expect(second.transport.sends).toHaveLength(1);
  });

  it('is over where the page was left between the end of the answer and that of its run', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    const { run } = first.state();
    await first.reply(...answer('1', 'task-1'));
    const kept = storage.kept.get(first.conversation.id)!;
    storage.kept.set(kept.id, { ...kept, run });
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed']);
    expect(second.state()).toMatchObject({ status: 'completed', run: null });
  });

  it('is over where another tab ended it, and had written only half of that by then', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    const { run } = first.state();
    first.conversation.stop();
    await first.clock.settle();
    const kept = storage.kept.get(first.conversation.id)!;
    storage.kept.set(kept.id, { ...kept, run });
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: uncertain']);
    expect(second.state().run).toBeNull();
  });

  it('is over where nothing was kept to take it up again', async () => {
    const storage = createFakeStorage();
    const first = await visit(storage);
    await first.say('One');
    await first.reply(started('task-1'), delta('On'));
    await first.clock.advance(1000);
    const kept = storage.kept.get(first.conversation.id)!;
    storage.kept.set(kept.id, { ...kept, run: null });
    const second = await visit(storage);
    expect(second.transcript()).toEqual(['One: sent', '> On: failed']);
    expect(second.state().run).toBeNull();
  });
});

describe('the visitor’s conversations', () => {
  async function twoConversations() {
    const storage = createFakeStorage();
    const page = await visit(storage);
    await page.say('One');
    await page.reply(...answer('1', 'task-1'));
    const first = page.conversation.id;
    page.conversation.reset();
    await page.clock.advance(1000);
    await page.say('Two');
    await page.reply(...answer('2', 'task-2'));
    await page.clock.settle();
    return { ...page, storage, first, second: page.conversation.id };
  }

  it('are listed, the newest first, and opened', async () => {
    const { conversation, clock, transcript, state, first, second } = await twoConversations();
    expect((await conversation.list()).map(({ id }) => id)).toEqual([second, first]);
    conversation.open(first);
    expect(state()).toMatchObject({ isRestoring: true, messages: [], conversationId: first });
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: completed']);
    expect(state()).toMatchObject({ isRestoring: false, taskId: 'task-1', status: 'completed' });
  });

  it('are answered each by itself: what runs in one goes on while another is open', async () => {
    const { conversation, clock, transport, transcript, say, reply, first, second } = await twoConversations();
    await say('Three');
    await reply(REPLAYS, { ...started('task-3'), eventId: 'r.1' });
    conversation.open(first);
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: completed']);
    conversation.open(second);
    await clock.settle();
    expect(transport.follows.at(-1)!.request).toMatchObject({ taskId: 'task-3', lastEventId: 'r.1' });
    transport.follows.at(-1)!.emit({ ...delta('3'), eventId: 'r.2' }, { ...done(), eventId: 'r.3' });
    await clock.advance(20);
    expect(transcript().slice(2)).toEqual(['Three: sent', '> 3: completed']);
    expect(transport.sends).toHaveLength(3);
  });

  it('are renamed, shown or not', async () => {
    const { conversation, first, second, storage } = await twoConversations();
    await conversation.rename(first, 'Ones');
    await conversation.rename(second, 'Twos');
    expect((await conversation.list()).map(({ title }) => title)).toEqual(['Twos', 'Ones']);
    expect(storage.kept.get(first)!.messages).toHaveLength(2);
  });

  it('keep a name that was given in another tab, whatever is said in them', async () => {
    const { conversation, clock, say, reply, second, storage } = await twoConversations();
    await storage.rename(second, 'Twos');
    await say('Three');
    await reply(...answer('3', 'task-3'));
    await clock.settle();
    expect((await conversation.list()).map(({ title }) => title)).toEqual(['Twos', 'Untitled']);
  });

  it('are renamed without being written: another tab may know more of them', async () => {
    const { conversation, first, second, storage } = await twoConversations();
    const before = storage.calls.length;
    await conversation.rename(second, 'Twos');
    await conversation.rename(first, 'Ones');
    expect(storage.calls.slice(before)).toEqual([`rename ${second}`, `rename ${first}`]);
  });

  it('may have a name before anything is said in them', async () => {
    const storage = createFakeStorage();
    const { conversation, say } = await visit(storage);
    await conversation.rename(conversation.id, 'First');
    await say('One');
    expect((await conversation.list()).map(({ title }) => title)).toEqual(['First']);
  });

  it('are removed, shown or not', async () => {
    const { conversation, clock, transcript, first, second } = await twoConversations();
    await conversation.remove(first);
    expect((await conversation.list()).map(({ id }) => id)).toEqual([second]);
    await conversation.remove(second);
    await clock.settle();
    expect(transcript()).toEqual([]);
    expect(await conversation.list()).toEqual([]);
    expect([first, second]).not.toContain(conversation.id);
  });

  it('are removed for good also where they are still being brought back, and something was said meanwhile', async () => {
    const { conversation, clock, first, storage } = await twoConversations();
    storage.hold();
    conversation.open(first);
    conversation.send('Three');
    const removing = conversation.remove(first);
    storage.release();
    await removing;
    await clock.settle();
    expect(storage.kept.has(first)).toBe(false);
  });

  it('that were asked for in a hurry: the last one is shown', async () => {
    const { conversation, clock, transcript, storage, first, second } = await twoConversations();
    storage.hold();
    conversation.open(first);
    conversation.open(second);
    storage.release();
    await clock.settle();
    expect(transcript()).toEqual(['Two: sent', '> 2: completed']);
  });
});

describe('another person', () => {
  it('sees nothing of the one before, who is forgotten for good', async () => {
    const storage = createFakeStorage();
    const { conversation, clock, transport, transcript, state, say, reply } = await visit(storage, {
      identity: { id: 'ann' },
    });
    await say('Secret');
    await reply(started('task-1'), delta('Psst'));
    conversation.update({ identity: { id: 'ben' } });
    expect(state().messages).toEqual([]);
    expect(transport.sends[0]!.request.signal.aborted).toBe(true);
    await clock.settle();
    expect(transcript()).toEqual([]);
    expect(JSON.stringify(savedAs(storage))).not.toContain('Secret');
    await say('Hello');
    expect(transport.sends[1]!.request).toMatchObject({ identity: { id: 'ben' } });
    expect(transport.sends[1]!.request.taskId).toBeUndefined();
  });

  it('is not the one who says who she is: what was said stays, and is hers now', async () => {
    const storage = createFakeStorage();
    const { conversation, clock, transcript, say, reply } = await visit(storage);
    await say('One');
    await reply(...answer('1', 'task-1'));
    conversation.update({ identity: { id: 'ann' } });
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: completed']);
    expect(storage.calls.slice(-2)).toEqual(['setOwner ann', `save ${conversation.id}`]);
    expect(savedAs(storage)).toMatchObject([{ messages: [{}, {}] }]);
  });

  it('who says who she is keeps the name that was given in another tab', async () => {
    const storage = createFakeStorage();
    const { conversation, clock, say, reply } = await visit(storage);
    await say('One');
    await reply(...answer('1', 'task-1'));
    await clock.settle();
    await storage.rename(conversation.id, 'Ones');
    conversation.update({ identity: { id: 'ann' } });
    await clock.settle();
    expect(savedAs(storage)).toMatchObject([{ title: 'Ones', messages: [{}, {}] }]);
  });

  it('is forgotten by a logout', async () => {
    const storage = createFakeStorage();
    const { conversation, clock, transcript, say, reply } = await visit(storage, { identity: { id: 'ann' } });
    await say('One');
    await reply(...answer('1', 'task-1'));
    conversation.update({ identity: undefined });
    await clock.settle();
    expect(transcript()).toEqual([]);
    expect(savedAs(storage)).toEqual([]);
  });
});

it('a page that is left before anything was brought back sends nothing', async () => {
  const storage = createFakeStorage();
  storage.hold();
  const { conversation, clock, transport, transcript, say } = await visit(storage);
  await say('One');
  conversation.destroy();
  storage.release();
  await clock.settle();
  expect(transport.sends).toHaveLength(0);
  conversation.resume();
  await clock.settle();
  expect(transport.sends).toHaveLength(1);
  expect(transcript()).toEqual(['One: sending']);
});
