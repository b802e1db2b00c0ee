import { describe, expect, it, vi } from 'vitest';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { createConversation } from '../../../src/core/createConversation.js';
import { messageText } from '../../../src/core/message.js';
import type { TabMember, Tabs } from '../../../src/core/tabs/tabs.js';
import { draftOf } from '../../../src/react/createDraft.js';
import { answer } from '../../support/agentEvents.js';
import { createBrowserStorage } from '../../../src/storage/createBrowserStorage.js';
import '../../../src/storage/openDurableStorage.js';
import { createFakeWebStorage } from '../../storage/fakeWebStorage.js';
import { createFakeStorage } from '../../support/fakeStorage.js';
import { createFakeTabs } from '../../support/fakeTabs.js';
import { createFakeTransport } from '../../support/fakeTransport.js';
import { createManualClock } from '../../support/manualClock.js';

/** A browser in which one conversation is kept already: "One", and its answer. */
async function createBrowser(identity?: { readonly id: string }) {
  const clock = createManualClock();
  const storage = createFakeStorage();
  const tabs = createFakeTabs();

  async function visit(options: Partial<ConversationOptions> = {}) {
    const transport = createFakeTransport();
    const own = tabs.open();
    const conversation = createConversation({
      ...{ agentKey: 'support', transport, clock, storage, tabs: own, random: () => 0, ...options },
    });
    conversation.resume();
    await clock.settle();
    const transcript = () => conversation.getState().messages.map((message) => messageText(message));
    return { conversation, transport, transcript, kill: () => own.kill() };
  }

  const first = await visit({ identity });
  first.conversation.send('One');
  await clock.settle();
  first.transport.sends[0]!.emit(...answer('1', 'task-1'));
  await clock.advance(20);
  first.kill();
  const words = () => [...storage.kept.values()].map(({ messages }) => messages.map((each) => messageText(each)));
  return { clock, storage, visit, words };
}

/** Whether a promise has come to its end by now. */
function watch(promise: Promise<unknown> | null): () => boolean {
  let isOver = false;
  void promise?.then(() => (isOver = true));
  return () => isOver;
}

/** Nobody leads until the test says so. */
function createLateTabs() {
  const members: TabMember[] = [];
  const tabs: Tabs = {
    join(_, member) {
      members.push(member);
      return { post: () => undefined, leave: () => undefined };
    },
  };
  return { tabs, lead: () => members.at(-1)!.onLead(), joined: () => members.length };
}

const BOTH = [['One', '1', 'Two']];

describe('what is sent while the storage is still being read', () => {
  it('counts as kept only once it is, and is there for the next page', async () => {
    const { clock, storage, visit, words } = await createBrowser();
    storage.hold();
    const page = await visit();
    page.conversation.send('Two');
    const isKept = watch(page.conversation.keep());
    await clock.settle();
    expect(isKept()).toBe(false);
    storage.release();
    await clock.settle();
    expect(isKept()).toBe(true);
    expect(words()).toEqual(BOTH);
    page.kill();
    expect((await visit()).transcript()).toEqual(BOTH[0]);
  });

  it.each([10, 5_000])('also where nobody leads for %i ms', async (wait) => {
    const { clock, storage, visit, words } = await createBrowser();
    const { tabs, lead } = createLateTabs();
    storage.hold();
    const page = await visit({ tabs });
    page.conversation.send('Two');
    const isKept = watch(page.conversation.keep());
    storage.release();
    await clock.advance(wait);
    expect(isKept()).toBe(false);
    lead();
    await clock.settle();
    expect(isKept()).toBe(true);
    expect(words()).toEqual(BOTH);
    expect(page.transcript()).toEqual(BOTH[0]);
  });

  it('and in the same breath in which it is shown', async () => {
    const { clock, storage, visit, words } = await createBrowser();
    const { tabs, lead } = createLateTabs();
    storage.hold();
    const page = await visit({ tabs });
    const forget = page.conversation.subscribe(() => {
      if (page.conversation.getState().isRestoring) return;
      forget();
      page.conversation.send('Two');
    });
    storage.release();
    await clock.advance(5_000);
    lead();
    await clock.settle();
    expect(words()).toEqual(BOTH);
    expect(page.transcript()).toEqual(BOTH[0]);
  });

  it('survives that the widget goes away meanwhile', async () => {
    const { clock, storage, visit, words } = await createBrowser();
    storage.hold();
    const page = await visit();
    page.conversation.send('Two');
    const isKept = watch(page.conversation.keep());
    page.conversation.destroy();
    await clock.settle();
    expect(isKept()).toBe(false);
    storage.release();
    await clock.settle();
    expect(isKept()).toBe(true);
    expect(words()).toEqual(BOTH);
    expect(page.transport.sends).toHaveLength(0);
    page.conversation.resume();
    await clock.settle();
    expect(page.transcript()).toEqual(BOTH[0]);
    expect(page.transport.sends).toHaveLength(1);
  });

  it('and that the visitor begins anew: it waits where it was said', async () => {
    const { clock, storage, visit, words } = await createBrowser();
    storage.hold();
    const page = await visit();
    page.conversation.send('Two');
    page.conversation.reset();
    storage.release();
    await clock.settle();
    expect(words()).toEqual(BOTH);
    expect(page.transcript()).toEqual([]);
  });

  it.each([
    ['nobody in particular', undefined],
    ['somebody', { id: 'ann' }],
  ])('also before the code that keeps things is there, and so does what is said then: %s', async (_, identity) => {
    const { clock, storage, visit, words } = await createBrowser(identity);
    const conversation = createConversation({
      ...{ agentKey: 'support', transport: createFakeTransport(), clock, storage, identity },
    });
    conversation.send('Two');
    conversation.reset();
    conversation.send('Three');
    conversation.reset();
    conversation.send('Four');
    const isKept = watch(conversation.keep());
    await clock.settle();
    expect(isKept()).toBe(true);
    expect(words().sort()).toEqual([['Four'], ['One', '1'], ['Three'], ['Two']]);
    expect(conversation.getState().messages.map(messageText)).toEqual(['Four']);
    conversation.destroy();
    const next = await visit({ identity });
    expect(await next.conversation.list()).toHaveLength(4);
  });

  it('unless somebody else has come, whom it does not concern', async () => {
    const { clock, storage, visit, words } = await createBrowser();
    storage.hold();
    const page = await visit({ identity: { id: 'ann' } });
    page.conversation.send('Two');
    page.conversation.update({ identity: { id: 'ben' } });
    storage.release();
    await clock.settle();
    expect(words()).toEqual([]);
    expect(page.transcript()).toEqual([]);
  });

  it('also before the code that keeps things is there', async () => {
    const { clock, storage, words } = await createBrowser();
    const conversation = createConversation({
      ...{ agentKey: 'support', transport: createFakeTransport(), clock, storage, identity: { id: 'ann' } },
    });
    conversation.send('Two');
    conversation.update({ identity: { id: 'ben' } });
    await clock.settle();
    expect(words().flat()).not.toContain('Two');
    expect(conversation.getState().messages).toEqual([]);
  });
});

describe('what another tab has to keep', () => {
  it('is kept here where the widget goes away before anybody has', async () => {
    const { clock, visit, words } = await createBrowser();
    const { tabs, lead } = createLateTabs();
    const page = await visit({ tabs });
    page.conversation.send('Two');
    const isKept = watch(page.conversation.keep());
    await clock.settle();
    expect(isKept()).toBe(false);
    page.conversation.destroy();
    await clock.settle();
    expect(isKept()).toBe(true);
    expect(words()).toEqual(BOTH);
    page.conversation.resume();
    await clock.advance(5_000);
    lead();
    await clock.settle();
    expect(page.transcript()).toEqual(BOTH[0]);
    expect(page.transport.sends).toHaveLength(1);
  });
});

describe('the composer', () => {
  it('keeps what is being sent until it is kept, and what is being written, when the conversation comes back', async () => {
    const { clock, storage, visit } = await createBrowser();
    storage.hold();
    const { conversation } = await visit();
    const draft = draftOf(conversation);
    draft.open(conversation.id);
    draft.setText('Two');
    draft.submit();
    draft.setText('Two and more');
    const before = conversation.id;
    const forget = conversation.subscribe(() => {
      if (conversation.id === before) return;
      forget();
      draft.open(conversation.id);
      expect(draft.getState()).toBe('Two and more');
    });
    storage.release();
    await clock.settle();
    expect(conversation.id).not.toBe(before);
    expect(draft.getState()).toBe(' and more');
    expect(conversation.readDraft()).toBe(' and more');
  });

  it('sends what is being sent once, also where an older draft comes back in front of it', async () => {
    const { clock, storage, visit } = await createBrowser();
    const before = (await visit()).conversation;
    before.writeDraft('Older');
    storage.hold();
    const { conversation, transcript } = await visit();
    const draft = draftOf(conversation);
    draft.open(conversation.id);
    draft.setText('Two');
    draft.submit();
    draft.setText('Two and more');
    conversation.subscribe(() => draft.open(conversation.id));
    storage.release();
    await clock.settle();
    expect(transcript()).toContain('Two');
    expect(draft.getState()).toBe('Older and more');
  });

  it('shows nothing of it to the person who comes after somebody who said only later who she is', async () => {
    const { clock, visit } = await createBrowser();
    const { conversation } = await visit();
    const draft = draftOf(conversation);
    draft.open(conversation.id);
    for (const id of ['ann', 'ben']) {
      draft.setText(`Secret of ${id}`);
      conversation.update({ identity: { id } });
      draft.open(conversation.id);
      await clock.settle();
      draft.open(conversation.id);
    }
    expect(draft.getState()).toBe('');
  });

  it('shows nothing of it to the person who comes next', async () => {
    const { clock, storage, visit } = await createBrowser();
    storage.hold();
    const { conversation } = await visit({ identity: { id: 'ann' } });
    const draft = draftOf(conversation);
    draft.open(conversation.id);
    draft.setText('Secret');
    conversation.update({ identity: { id: 'ben' } });
    storage.release();
    await clock.settle();
    draft.open(conversation.id);
    expect(draft.getState()).toBe('');
  });
});

it.each([
  ['in a conversation of that name', 'c'],
  ['in the newest', undefined],
])(
  'a draft for a conversation in which nothing was said yet is there after a reload, and is nobody else’s: %s',
  async (_, id) => {
    const clock = createManualClock();
    const sessionStorage = createFakeWebStorage();
    const localStorage = createFakeWebStorage();
    async function visit(identity: { readonly id: string }, typed = '') {
      const storage = createBrowserStorage({
        ...{ url: '/chat', agentKey: 'support', clock, indexedDB: null, localStorage, sessionStorage },
      });
      const conversation = createConversation({
        agentKey: 'support',
        transport: createFakeTransport(),
        clock,
        storage,
        identity,
        id,
      });
      const draft = draftOf(conversation);
      draft.open(conversation.id);
      conversation.subscribe(() => draft.open(conversation.id));
      if (typed !== '') draft.setText(typed);
      conversation.resume();
      // The storage's code is loaded on the way, which takes time that no clock of ours tells.
      await vi.waitFor(async () => {
        await clock.settle();
        expect(conversation.getState().isRestoring).toBe(false);
      });
      return Object.assign(conversation, { text: draft.getState });
    }
    const first = await visit({ id: 'ann' });
    first.writeDraft('Half a sen');
    first.destroy();
    const second = await visit({ id: 'ann' });
    expect(second.readDraft()).toBe('Half a sen');
    expect(second.text()).toBe('Half a sen');
    expect(second.id).toBe(first.id);
    second.destroy();
    if (id !== undefined) {
      const third = await visit({ id: 'ann' }, 'Typed early');
      expect(third.text()).toBe('Half a sen\nTyped early');
      expect(third.readDraft()).toBe(third.text());
      third.destroy();
    }
    expect((await visit({ id: 'ben' })).readDraft()).toBe('');
  },
);
