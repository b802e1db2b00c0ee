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

describe('a conversation that is destroyed before the code that keeps it has come', () => {
  it('leads no tabs, and what was said in it is kept', async () => {
    const { clock, storage, visit } = await createBrowser();
    const tabs = createFakeTabs();
    const gone = createConversation({
      ...{ agentKey: 'support', transport: createFakeTransport(), clock, storage, tabs: tabs.open(), random: () => 0 },
    });
    gone.resume();
    gone.send('Two');
    gone.destroy();
    await clock.settle();
    const heard: string[] = [];
    const page = await visit({ tabs: tabs.open(), onEvent: ({ type }) => heard.push(type) });
    expect(page.transcript()).toEqual(BOTH[0]);
    page.transport.sends[0]!.emit(...answer('2', 'task-2'));
    await clock.advance(20);
    expect(page.transcript()).toEqual([...BOTH[0]!, '2']);
    expect(heard).toContain('run.settled');
  });
});

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
    draft.open();
    draft.setText('Two');
    draft.submit();
    draft.setText('Two and more');
    const before = conversation.id;
    const forget = conversation.subscribe(() => {
      if (conversation.id === before) return;
      forget();
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
    draft.open();
    draft.setText('Two');
    draft.submit();
    draft.setText('Two and more');
    storage.release();
    await clock.settle();
    expect(transcript()).toContain('Two');
    expect(draft.getState()).toBe('Older and more');
  });

  it('shows nothing of it to the person who comes after somebody who said only later who she is', async () => {
    const { clock, visit } = await createBrowser();
    const { conversation } = await visit();
    const draft = draftOf(conversation);
    draft.open();
    for (const id of ['ann', 'ben']) {
      draft.setText(`Secret of ${id}`);
      conversation.update({ identity: { id } });
      await clock.settle();
    }
    expect(draft.getState()).toBe('');
  });

  it('goes on with it where nothing is kept and somebody says who she is; and shows nothing of it to the next person', () => {
    const conversation = createConversation({ agentKey: 'support', transport: createFakeTransport() });
    const draft = draftOf(conversation);
    draft.open();
    draft.setText('Two');
    conversation.update({ identity: { id: 'ann' } });
    expect(draft.getState()).toBe('Two');
    conversation.update({ identity: { id: 'ben' } });
    expect(draft.getState()).toBe('');
  });

  it('shows nothing of it to the person who comes next', async () => {
    const { clock, storage, visit } = await createBrowser();
    storage.hold();
    const { conversation } = await visit({ identity: { id: 'ann' } });
    const draft = draftOf(conversation);
    draft.open();
    draft.setText('Secret');
    conversation.update({ identity: { id: 'ben' } });
    storage.release();
    await clock.settle();
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
    async function visit(identity: { readonly id: string }) {
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
      draft.open();
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
    expect((await visit({ id: 'ben' })).readDraft()).toBe('');
  },
);

describe('a draft and what is typed before it is back', () => {
  /** The pages of one tab of a browser, one after the other. */
  function createTab() {
    const clock = createManualClock();
    const sessionStorage = createFakeWebStorage();
    const localStorage = createFakeWebStorage();
    function openPage(options: Partial<ConversationOptions> = {}) {
      const kept = createBrowserStorage({
        ...{ url: '/chat', agentKey: 'support', clock, indexedDB: null, localStorage, sessionStorage },
      });
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const storage = {
        ...kept,
        list: () => held.then(kept.list),
        load: (id: string) => held.then(() => kept.load(id)),
      };
      const transport = createFakeTransport();
      const conversation = createConversation({ agentKey: 'support', transport, clock, storage, ...options });
      const draft = draftOf(conversation);
      async function settle(): Promise<void> {
        // The storage's code is loaded on the way, which takes time that no clock of ours tells.
        await vi.waitFor(async () => {
          await clock.settle();
          expect(conversation.getState().isRestoring).toBe(false);
        });
        await conversation.keep();
      }
      async function comeBack(): Promise<void> {
        conversation.resume();
        release();
        await settle();
      }
      const say = async (text: string): Promise<void> => {
        conversation.send(text);
        await settle();
        await clock.advance(20);
      };
      return { conversation, draft, transport, comeBack, settle, say };
    }
    async function visit(options: Partial<ConversationOptions> = {}) {
      const page = openPage(options);
      page.draft.open();
      await page.comeBack();
      return page;
    }
    return { openPage, visit };
  }
  const ann = { id: 'ann' };

  it.each([
    ['of a known visitor, in a conversation of that name', { identity: ann, id: 'c' }],
    ['of a known visitor, in the newest', { identity: ann }],
    ['of nobody in particular, in a conversation of that name', { id: 'c' }],
    ['of nobody in particular, in the newest', {}],
  ])('are both there: %s', async (_, options) => {
    const { openPage, visit } = createTab();
    const first = await visit(options);
    first.draft.setText('Dear Ada\na');
    first.conversation.destroy();
    const { conversation, draft, comeBack } = openPage(options);
    draft.setText('T');
    draft.open();
    for (const letter of 'oo') draft.setText(draft.getState() + letter);
    conversation.resume();
    await Promise.resolve();
    for (const letter of ' early') draft.setText(draft.getState() + letter);
    await comeBack();
    expect(draft.getState()).toBe('Dear Ada\na\nToo early');
    expect(conversation.readDraft()).toBe(draft.getState());
    conversation.destroy();
    expect((await visit(options)).draft.getState()).toBe(draft.getState());
  });

  it.each(['', 'Hi'])('are both there where she says only later who she is, having said %j', async (said) => {
    const { visit } = createTab();
    const first = await visit({ identity: ann, id: 'c' });
    first.draft.setText('Dear Ada');
    first.conversation.destroy();
    const { conversation, draft, settle, say } = await visit({ id: 'c' });
    if (said !== '') await say(said);
    draft.setText('Too early');
    conversation.update({ identity: ann });
    await settle();
    expect(draft.getState()).toBe('Dear Ada\nToo early');
    expect(conversation.readDraft()).toBe(draft.getState());
    conversation.update({ identity: { id: 'ben' } });
    expect(draft.getState()).toBe('');
    await settle();
    expect(draft.getState()).toBe('');
    expect((await visit({ id: 'c' })).draft.getState()).toBe('');
  });

  it('of another person does not appear: one that nobody in particular left behind', async () => {
    const { openPage, visit } = createTab();
    const first = await visit({ id: 'c' });
    first.draft.setText('Secret');
    first.conversation.destroy();
    const { draft, comeBack } = openPage({ identity: ann, id: 'c' });
    draft.open();
    expect(draft.getState()).toBe('');
    draft.setText('Mine');
    await comeBack();
    expect(draft.getState()).toBe('Mine');
  });

  it('leave nothing behind where they were: sent, they are gone', async () => {
    const { openPage, visit } = createTab();
    const first = await visit();
    await first.say('One');
    first.conversation.destroy();
    const { conversation, draft, comeBack, settle } = openPage();
    draft.open();
    draft.setText('Two');
    await comeBack();
    expect(conversation.id).toBe(first.conversation.id);
    expect(draft.getState()).toBe('Two');
    draft.submit();
    await settle();
    conversation.destroy();
    const next = await visit();
    expect(next.conversation.id).toBe(first.conversation.id);
    expect(next.draft.getState()).toBe('');
  });

  describe('in a conversation in which nothing was said yet', () => {
    async function leaveUnsaid() {
      const tab = createTab();
      const page = await tab.visit();
      await page.say('One');
      const said = page.conversation.id;
      page.conversation.reset();
      page.draft.setText('Half a sen');
      return { ...tab, ...page, said, unsaid: page.conversation.id };
    }

    it('brings its visitor back to it, and not to the one before', async () => {
      const { conversation, visit, unsaid, said } = await leaveUnsaid();
      conversation.destroy();
      const next = await visit();
      expect(next.conversation.id).toBe(unsaid);
      expect(next.draft.getState()).toBe('Half a sen');
      expect((await next.conversation.list()).map(({ id }) => id)).toEqual([said]);
    });

    it('is there again where the visitor begins anew, however often', async () => {
      const { conversation, draft, settle, said, unsaid, say } = await leaveUnsaid();
      conversation.reset();
      expect(draft.getState()).toBe('Half a sen');
      conversation.open(said);
      await settle();
      expect(draft.getState()).toBe('');
      conversation.reset();
      expect([conversation.id, draft.getState()]).toEqual([unsaid, 'Half a sen']);
      draft.setText('');
      await say('Two');
      conversation.reset();
      expect([unsaid, said]).not.toContain(conversation.id);
    });

    it('comes along after a reload to one that was gone on with since', async () => {
      const { conversation, settle, say, said, visit } = await leaveUnsaid();
      conversation.open(said);
      await settle();
      await say('Two');
      conversation.destroy();
      for (let reload = 0; reload < 2; reload += 1) {
        const next = await visit();
        expect(next.conversation.id).toBe(said);
        expect(next.draft.getState()).toBe('Half a sen');
        next.conversation.destroy();
      }
    });

    it('is removed with it', async () => {
      const { conversation, draft, unsaid } = await leaveUnsaid();
      await conversation.remove(unsaid);
      expect(draft.getState()).toBe('');
      expect(conversation.id).not.toBe(unsaid);
    });
  });
});
