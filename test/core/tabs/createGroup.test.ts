import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent } from '../../../src/core/agentEvent.js';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { selectPendingReviews } from '../../../src/core/conversationState.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { AgentChatError } from '../../../src/core/errors.js';
import { userMessage } from '../../../src/core/inputParts.js';
import { messageText } from '../../../src/core/message.js';
import type { Tabs } from '../../../src/core/tabs/tabs.js';
import { answer, call, delta, done, error, started, synced } from '../../support/agentEvents.js';
import { createFakeStorage } from '../../support/fakeStorage.js';
import { createFakeTabs } from '../../support/fakeTabs.js';
import { createBrowserStorage } from '../../../src/storage/createBrowserStorage.js';
import '../../../src/storage/openDurableStorage.js';
import { createFakeWebStorage } from '../../storage/fakeWebStorage.js';
import { createFakeTransport, type FakeTransport } from '../../support/fakeTransport.js';
import { createManualClock } from '../../support/manualClock.js';

/** One browser, in which tabs are opened and closed. */
function createBrowser() {
  const clock = createManualClock();
  const storage = createFakeStorage();
  const tabs = createFakeTabs();
  const transports: FakeTransport[] = [];
  async function openTab(options: Partial<ConversationOptions> = {}) {
    const transport = createFakeTransport();
    transports.push(transport);
    const own = tabs.open();
    const conversation = createConversation({
      ...{ agentKey: 'support', transport, clock, storage, tabs: own, random: () => 0, ...options },
    });
    conversation.resume();
    await clock.settle();
    const transcript = () =>
      conversation
        .getState()
        .messages.map((message) =>
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
      await clock.advance(60);
    };
    /** Nothing more is heard of it. */
    const kill = async () => {
      own.kill();
      conversation.destroy();
      await clock.settle();
    };
    return { conversation, transport, transcript, say, reply, kill, state: conversation.getState };
  }
  const sends = () => transports.flatMap((transport) => transport.sends);
  return { clock, storage, tabs, openTab, sends };
}

/** Nobody says whether this tab leads, until the test does. */
function createUndecidedTabs() {
  let decide = (): void => undefined;
  const tabs: Tabs = {
    join(_, member) {
      decide = () => member.onLead();
      return { post: () => undefined, leave: () => undefined };
    },
  };
  return { tabs, lead: () => decide() };
}

async function openTwo(options: Partial<ConversationOptions> = {}) {
  const browser = createBrowser();
  const first = await browser.openTab({ id: 'c', ...options });
  const second = await browser.openTab({ id: 'c', ...options });
  return { ...browser, first, second };
}

it('what a visitor says before anybody leads is told to the page, once', async () => {
  const told: string[] = [];
  const { tabs, lead } = createUndecidedTabs();
  const { clock, openTab, sends } = createBrowser();
  const tab = await openTab({ tabs, onEvent: ({ type }) => told.push(type) });
  await tab.say('Hello');
  expect(told.filter((type) => type === 'message.added')).toHaveLength(1);
  expect(sends()).toHaveLength(0);
  lead();
  await clock.settle();
  expect(sends()).toHaveLength(1);
  expect(told.filter((type) => type === 'message.added')).toHaveLength(1);
});

it('what is said first in a new conversation is kept and sent, however long the page has been open', async () => {
  const { clock, openTab, sends } = createBrowser();
  const tab = await openTab();
  await tab.say('One');
  await tab.reply(...answer('1'));
  await clock.advance(60_000);
  tab.conversation.reset();
  await clock.advance(60_000);
  await tab.say('Two');
  expect(tab.transcript()).toEqual(['Two: sending']);
  expect(sends()).toHaveLength(2);
});

it('also where it is begun before what was kept has been looked for', async () => {
  const { clock, storage, tabs } = createBrowser();
  const transport = createFakeTransport();
  const conversation = createConversation({ agentKey: 'support', transport, clock, storage, tabs: tabs.open() });
  conversation.reset();
  conversation.send('Hello');
  await clock.settle();
  expect(conversation.getState().messages).toHaveLength(1);
  expect(transport.sends).toHaveLength(1);
});

describe('two tabs', () => {
  it('show the same, token by token; one talks to the agent', async () => {
    const { first, second, sends } = await openTwo();
    await first.say('Hello');
    await first.reply({ type: 'connection.changed', connection: 'streaming' }, started(), delta('Hi'));
    expect(second.transcript()).toEqual(['Hello: sent', '> Hi: working']);
    expect(second.state()).toMatchObject({ status: 'working', connection: 'streaming' });
    await first.reply(delta(' there'), done());
    expect(second.transcript()).toEqual(['Hello: sent', '> Hi there: completed']);
    expect(second.state()).toEqual(first.state());
    expect(sends()).toHaveLength(1);
  });

  it('may both be written in: the one that leads sends', async () => {
    const { first, second, sends } = await openTwo();
    const id = await second.say('Hello');
    expect(second.transport.sends).toHaveLength(0);
    expect(first.transport.sends[0]!.request.message).toMatchObject({ messageId: id });
    await first.reply(...answer('Hi'));
    expect(second.transcript()).toEqual(['Hello: sent', '> Hi: completed']);
    expect(second.state()).toEqual(first.state());
    expect(sends()).toHaveLength(1);
  });

  it('written in at the same time put the messages in one order', async () => {
    const { first, second, clock, sends } = await openTwo();
    first.conversation.send('A1');
    second.conversation.send('B1');
    first.conversation.send('A2');
    second.conversation.send('B2');
    await clock.settle();
    for (const reply of ['1', '2', '3', '4']) await first.reply(...answer(reply, `task-${reply}`));
    expect(second.transcript()).toEqual(first.transcript());
    expect(second.transcript()).toHaveLength(8);
    expect(new Set(sends().map(({ request }) => request.message.messageId)).size).toBe(4);
    expect(sends()).toHaveLength(4);
  });

  it('share what became of an error', async () => {
    const { first, second, clock } = await openTwo();
    const id = await first.say('Hello');
    first.transport.sends[0]!.fail(
      new AgentChatError({ code: 'too_large', message: 'Too large.', status: 413, requestId: 'r' }),
    );
    await clock.settle();
    const message = second.state().messages.find((each) => each.id === id);
    expect(message?.error).toBeInstanceOf(AgentChatError);
    expect(message?.error).toMatchObject({ code: 'too_large', status: 413, requestId: 'r', processed: 'no' });
  });

  it('and put one that is tried again where the one that leads hears of it', async () => {
    const { first, second, clock } = await openTwo();
    const id = await first.say('One');
    first.transport.sends[0]!.fail(error('invalid_request'));
    await clock.settle();
    second.conversation.retry(id);
    first.conversation.send('Two');
    await clock.settle();
    await first.reply(...answer('2', 'task-2'));
    await first.reply(...answer('1', 'task-1'));
    expect(first.transcript()).toEqual(['Two: sent', '> 2: completed', 'One: sent', '> 1: completed']);
    expect(second.state()).toEqual(first.state());
  });

  it('may both stop, retry and edit', async () => {
    const { first, second, clock } = await openTwo();
    await first.say('One');
    await first.reply(started('task-1'), delta('1'));
    second.conversation.stop();
    await clock.settle();
    expect(first.transcript()).toEqual(['One: sent', '> 1: canceled']);
    expect(second.transcript()).toEqual(first.transcript());

    const id = await second.say('Two');
    first.transport.follows.at(-1)!.emit(synced());
    first.transport.follows.at(-1)!.end();
    await clock.settle();
    first.transport.sends.at(-1)!.fail(error('invalid_request'));
    await clock.settle();
    expect(second.transcript().at(-1)).toBe('Two: failed');
    second.conversation.retry(id);
    await clock.settle();
    expect(first.transcript().at(-1)).toBe('Two: sending');
    await first.reply(...answer('2'));
    second.conversation.editAndResend(id, 'Two!');
    await clock.settle();
    expect(first.transcript().at(-1)).toBe('Two!: sending');
    expect(first.state().messages.find((each) => each.id === id)).toMatchObject({
      editedAs: expect.any(String) as string,
    });
    await first.reply(...answer('2!'));
    expect(second.state()).toEqual(first.state());
  });

  it('also where one begins anew in which nothing was said, and goes on writing there', async () => {
    const { first, second, clock } = await openTwo();
    second.conversation.writeDraft('Hel');
    second.conversation.reset();
    await first.say('Hello');
    await clock.settle();
    expect(second.conversation.id).toBe('c');
    expect(second.transcript()).toEqual(first.transcript());
  });

  it('write one draft each', async () => {
    const { first, second } = await openTwo();
    first.conversation.writeDraft('mine');
    expect(second.state()).toEqual(first.state());
  });

  it('run a tool of the page once, and either may allow it', async () => {
    const execute = vi.fn().mockReturnValue('ok');
    const tools = { get_cart: { title: 'Cart', needsApproval: true, execute } };
    const { first, second, clock, sends } = await openTwo({ tools });
    await first.say('Cart?');
    await first.reply(started('task-1'), done([call('a')]));
    expect(selectPendingReviews(second.state()).map(({ toolCallId }) => toolCallId)).toEqual(['a']);
    await Promise.all([second.conversation.approve('a'), first.conversation.approve('a')]);
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(sends()).toHaveLength(2);
    expect(second.state().messages).toEqual(first.state().messages);
  });

  it('tell their page once what happened', async () => {
    const onEvent = vi.fn<NonNullable<ConversationOptions['onEvent']>>();
    const { first, second } = await openTwo({ onEvent });
    await second.say('Hello');
    await first.reply(...answer('Hi'));
    const types = onEvent.mock.calls.map(([event]) => event.type);
    expect(types.filter((type) => type === 'response.done')).toHaveLength(1);
  });
});

describe('a tab that comes later', () => {
  it('shows what the others show, in the middle of an answer', async () => {
    const { openTab, clock } = createBrowser();
    const first = await openTab({ id: 'c' });
    await first.say('Hello');
    await first.reply(started(), delta('Hi'));
    const second = await openTab({ id: 'c' });
    await clock.settle();
    expect(second.transcript()).toEqual(['Hello: sent', '> Hi: working']);
    await first.reply(delta(' there'), done());
    expect(second.state()).toEqual(first.state());
  });

  it('does not disturb the one that reads the answer', async () => {
    const { openTab } = createBrowser();
    const first = await openTab({ id: 'c' });
    await first.say('Hello');
    await first.reply(started(), delta('Hi'));
    const second = await openTab({ id: 'c' });
    await second.kill();
    expect(first.transport.sends[0]!.wasLeft()).toBe(false);
    await first.reply(done());
    expect(first.transcript()).toEqual(['Hello: sent', '> Hi: completed']);
  });
});

describe('when the leading tab dies', () => {
  it('in the middle of an answer, the next one gets the rest, without sending', async () => {
    const { first, second, clock, sends } = await openTwo();
    await first.say('Hello');
    await first.reply({ ...started('task-1'), eventId: 'r.1' }, { ...delta('Hi'), eventId: 'r.2' });
    await first.kill();
    expect(second.transport.follows[0]!.request).toMatchObject({ taskId: 'task-1', lastEventId: 'r.2' });
    second.transport.follows[0]!.emit({ ...delta(' there'), eventId: 'r.3' }, { ...done(), eventId: 'r.4' });
    await clock.advance(60);
    expect(second.transcript()).toEqual(['Hello: sent', '> Hi there: completed']);
    expect(sends()).toHaveLength(1);
  });

  it('before anything was answered, the message is asked about, not sent again', async () => {
    const { first, second, sends } = await openTwo();
    await first.say('Hello');
    await first.kill();
    expect(second.transcript()).toEqual(['Hello: uncertain']);
    expect(sends()).toHaveLength(1);
  });

  it('what waited in its queue is sent by the next one, and what was written elsewhere too', async () => {
    const { first, second, openTab, clock, sends } = await openTwo();
    const third = await openTab({ id: 'c' });
    await first.say('One');
    await first.say('Two');
    await third.say('Three');
    await first.reply(...answer('1', 'task-1'));
    await first.kill();
    await clock.settle();
    // Two had left the tab that died; whether it arrived nobody knows.
    expect(second.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: uncertain', 'Three: sending']);
    await second.reply(...answer('3', 'task-3'));
    expect(third.state()).toEqual(second.state());
    expect(sends().map(({ request }) => request.message.parts)).toHaveLength(3);
  });

  it('what the next one does at once is shown by the others too', async () => {
    const connectivity = { isOnline: () => false, onWake: () => () => undefined };
    const { first, second, openTab } = await openTwo({ connectivity });
    const third = await openTab({ id: 'c', connectivity });
    await first.say('Hello');
    await first.kill();
    expect(second.state()).toMatchObject({ status: 'submitted', connection: 'offline' });
    expect(third.state()).toEqual(second.state());
  });

  it('a tool of the page that it was running is not run again without asking', async () => {
    const execute = vi.fn().mockReturnValue(new Promise(() => undefined));
    const { first, second, clock } = await openTwo({
      tools: { get_cart: { title: 'Cart', needsApproval: false, execute } },
    });
    await first.say('Cart?');
    await first.reply(started('task-1'), done([call('a')]));
    await first.kill();
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(selectPendingReviews(second.state())).toMatchObject([{ toolCallId: 'a', wasInterrupted: true }]);
  });

  it('where nothing was said yet, what is being written stays', async () => {
    const { first, second, storage, clock } = await openTwo();
    second.conversation.writeDraft('Hel');
    first.conversation.destroy();
    first.conversation.resume();
    await clock.settle();
    await second.kill();
    await clock.advance(2_000);
    // Removing the conversation would remove its draft as well.
    expect(storage.calls.filter((call) => call.startsWith('remove'))).toEqual([]);
  });

  it('a message that was taken back since stays away', async () => {
    const { clock, openTab } = createBrowser();
    const disk = createFakeWebStorage();
    const openStorage = () =>
      createBrowserStorage({
        url: '/',
        agentKey: 'support',
        clock,
        indexedDB: null,
        localStorage: disk,
        sessionStorage: null,
      });
    const first = await openTab({ id: 'c', storage: openStorage() });
    const second = await openTab({ id: 'c', storage: openStorage() });
    await first.say('One');
    await first.say('Two');
    const id = await first.say('Three');
    const killing = first.kill();
    second.conversation.editAndResend(id, 'Four');
    await killing;
    await clock.settle();
    const kept = await openStorage().load('c');
    expect(kept!.messages.map(messageText)).toEqual(['One', 'Two', 'Four']);
  });

  it('a message that it never heard of is not lost', async () => {
    const { first, second, clock } = await openTwo();
    const killing = first.kill();
    second.conversation.send('Hello');
    await killing;
    await clock.settle();
    expect(second.transport.sends.map(({ request }) => textOf(request.message.parts))).toEqual(['Hello']);
    expect(second.transcript()).toEqual(['Hello: sending']);
  });
});

describe('a tab that leads no more', () => {
  it('tells who had looked before what was said last in it, and leads until that is written', async () => {
    const { storage, clock, openTab, sends } = createBrowser();
    const connectivity = { isOnline: () => false, onWake: () => () => undefined };
    const first = await openTab({ id: 'c', connectivity });
    let show = (): void => undefined;
    const isShown = new Promise<void>((resolve) => (show = resolve));
    const load: typeof storage.load = async (id) => {
      const found = await storage.load(id);
      await isShown;
      return found;
    };
    const second = await openTab({ id: 'c', storage: { ...storage, load } });
    storage.hold();
    first.conversation.send('Hello');
    first.conversation.destroy();
    show();
    await clock.settle();
    expect(second.transcript()).toEqual(['Hello: queued']);
    storage.release();
    await clock.settle();
    expect(second.transcript()).toEqual(['Hello: sending']);
    expect(sends()).toHaveLength(1);
  });

  it('tells nothing where that is because another person has come', async () => {
    const { storage, clock, openTab } = createBrowser();
    const ben = { id: 'ben' };
    const first = await openTab({ id: 'c', identity: { id: 'ann' } });
    await first.say('Hello');
    storage.hold();
    first.conversation.send('I am Ann');
    first.conversation.update({ identity: ben });
    const second = await openTab({ id: 'c', identity: ben, storage: createFakeStorage() });
    expect(second.transcript()).toEqual([]);
    storage.release();
    await clock.settle();
    expect(second.transcript()).toEqual([]);
  });
});

describe('what is written in a tab that does not know yet how things stand', () => {
  it('comes behind what the others show, and is sent', async () => {
    const { first, storage, openTab, clock } = await openTwo();
    await first.say('One');
    storage.hold();
    const third = await openTab({ id: 'c' });
    third.conversation.send('Two');
    const keeping = third.conversation.keep()!;
    storage.release();
    await keeping;
    await first.reply(...answer('1', 'task-1'));
    await first.reply(...answer('2', 'task-2'));
    await clock.settle();
    expect(first.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
    expect(third.state().messages).toEqual(first.state().messages);
    expect(JSON.stringify([...storage.kept.values()])).toContain('Two');
  });

  it('is there when it leads, because nobody else has ever answered', async () => {
    const { storage, tabs, clock, openTab, sends } = createBrowser();
    const silent = tabs.open();
    const seat = silent.join('c', { onLead: () => undefined, onRest: () => undefined, onMessage: () => undefined });
    const tab = await openTab({ id: 'c' });
    await clock.advance(5_000);
    await tab.say('Hello');
    seat.leave();
    await clock.settle();
    expect(tab.transcript()).toEqual(['Hello: sending']);
    expect(sends()).toHaveLength(1);
    expect(JSON.stringify([...storage.kept.values()])).toContain('Hello');
  });
});

it('a tab that looks for what was kept sends nothing before it is there, whatever the others hand on', async () => {
  const { storage, tabs, clock, openTab } = createBrowser();
  const tab = await openTab({ id: 'c' });
  await tab.say('One');
  await tab.reply(...answer('1', 'task-1'));
  await clock.advance(5_000);
  storage.hold();
  tab.conversation.destroy();
  tab.conversation.resume();
  await clock.settle();
  const other = tabs.open().join('c', { onLead: () => undefined, onRest: () => undefined, onMessage: () => undefined });
  const message = userMessage('two', [{ kind: 'text', text: 'Two' }], clock.now());
  other.post(JSON.stringify({ kind: 'intent', id: 'i', event: { type: 'message.added', message } }));
  await clock.settle();
  expect(tab.transport.sends).toHaveLength(1);
  storage.release();
  await clock.settle();
  expect(tab.transport.sends.map(({ request }) => request.taskId)).toEqual([undefined, 'task-1']);
  await tab.reply(...answer('2', 'task-2'));
  expect(tab.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
});

describe('keeping', () => {
  it('what was written in a tab that follows is kept by the one that leads, before the composer clears', async () => {
    const { second, storage, clock } = await openTwo();
    storage.hold();
    second.conversation.send('Hello');
    let isKept = false;
    void second.conversation.keep()!.then(() => (isKept = true));
    await clock.settle();
    expect(isKept).toBe(false);
    storage.release();
    await clock.settle();
    expect(isKept).toBe(true);
    expect(JSON.stringify([...storage.kept.values()])).toContain('Hello');
  });

  it('what a tab wrote down while it led is waited for, too', async () => {
    const { first, storage, clock } = await openTwo();
    storage.hold();
    first.conversation.send('Hello');
    first.conversation.destroy();
    first.conversation.resume();
    let isKept = false;
    void first.conversation.keep()!.then(() => (isKept = true));
    await clock.settle();
    expect(isKept).toBe(false);
    storage.release();
    await clock.settle();
    expect(isKept).toBe(true);
  });

  it('only the one that leads writes', async () => {
    const { first, second, storage } = await openTwo();
    const before = storage.calls.length;
    await second.say('Hello');
    await first.reply(...answer('Hi'));
    const saves = storage.calls.slice(before).filter((each) => each.startsWith('save'));
    second.conversation.destroy();
    expect(storage.calls.slice(before).filter((each) => each.startsWith('save'))).toEqual(saves);
  });
});

it.each([
  'hello',
  '{"kind":"event"}',
  '{"kind":"event","event":{"type":"part.delta"}}',
  '{"kind":"state","state":null}',
  '{"kind":"state","state":{"messages":7}}',
  '{"kind":"event","event":{"type":"message.added"}}',
  '{"kind":"event","event":{"type":"conversation.synced","state":{}}}',
  '{"kind":"intent","id":"x","event":null}',
  '{"kind":"intent","id":"x","event":{"type":"message.added"}}',
  '{"kind":"intent","id":"x","event":{"type":"tool.prepared","toolCallId":"a","state":"running"}}',
  '{"kind":"intent","id":"x","event":{"type":"task.changed","taskId":"stolen"}}',
  '{"kind":"command","command":{"name":"eval"}}',
  '{"kind":"command"}',
  '{"__proto__":{"kind":"hello"}}',
  7,
  null,
])('what another script says changes nothing: %j', async (message) => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const { first, second, tabs, clock } = await openTwo();
  await first.say('Hello');
  await first.reply(...answer('Hi'));
  const before = [first.state(), second.state()];
  tabs.say(message);
  await clock.settle();
  expect([first.state(), second.state()]).toEqual(before);
  await second.say('Still there?');
  expect(first.transport.sends).toHaveLength(2);
  warned.mockRestore();
});

function textOf(parts: readonly { readonly kind: string; readonly text?: string }[]): string {
  return parts.map((part) => part.text ?? part.kind).join(' ');
}

describe('what is said in a conversation that the visitor leaves at once', () => {
  it.each([
    ['reset, while it is looked for', 'reset', true],
    ['reset, before the code for it is there', 'reset', false],
    ['destroy, while it is looked for', 'destroy', true],
    ['destroy, before the code for it is there', 'destroy', false],
  ] as const)('is shown and sent by the tabs that have it, without a reload: %s', async (_, leave, isLookedFor) => {
    const { first, second, storage, tabs, clock, sends } = await openTwo();
    await first.say('One');
    await first.reply(...answer('1', 'task-1'));
    storage.hold();
    const transport = createFakeTransport();
    const conversation = createConversation({
      ...{ agentKey: 'support', id: 'c', transport, clock, storage, tabs: tabs.open(), random: () => 0 },
    });
    if (isLookedFor) conversation.resume();
    if (isLookedFor) await clock.settle();
    conversation.send('Two');
    conversation[leave]();
    storage.release();
    await clock.settle();
    for (const tab of [first, second])
      expect(tab.transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sending']);
    expect(sends()).toHaveLength(2);
    expect(transport.sends).toHaveLength(0);
  });

  it('is kept as the tab says that sends it, or the next page would send it again', async () => {
    const { first, second, storage, clock } = await openTwo();
    await first.say('One');
    await first.reply(...answer('1', 'task-1'));
    storage.hold();
    second.conversation.send('Two');
    second.conversation.reset();
    storage.release();
    await clock.settle();
    expect(first.transcript().at(-1)).toBe('Two: sending');
    expect(storage.kept.get('c')?.messages.at(-1)).toMatchObject({ delivery: 'sending' });
  });
});
