import type { Clock } from '../../src/core/clock.js';
import type { Connectivity } from '../../src/core/connectivity.js';
import type { Conversation } from '../../src/core/conversation.js';
import type { ConversationStorage } from '../../src/core/conversationStorage.js';
import { createConversation } from '../../src/core/createConversation.js';
import type { ClientTools } from '../../src/core/tools/clientTool.js';
import { draftOf, type Draft } from '../../src/react/createDraft.js';
import { createBrowserStorage } from '../../src/storage/createBrowserStorage.js';
import '../../src/storage/openDurableStorage.js';
import type { Identity } from '../../src/core/transport.js';
import type { Wire } from '../faults/support/wire.js';
import type { FetchHandler } from '../support/faultServerFaults.js';
import type { FakeTabs } from '../support/fakeTabs.js';
import type { ManualClock } from '../support/manualClock.js';
import { createLink } from './createLink.js';

const URL_OF_PROXY = 'https://chat.example/api/agent-chat';
const ORDERS = { agentKey: 'support', url: URL_OF_PROXY };

export interface TabOptions {
  /** Names this page, and no other, not even the one after a reload. */
  readonly name: string;
  readonly wire: Wire;
  readonly clock: ManualClock;
  readonly connectivity: Connectivity;
  readonly random: () => number;
  readonly handle: FetchHandler;
  readonly disk: Storage;
  /** What outlives a reload, and not the tab. */
  readonly session: Storage;
  readonly latency: number;
  readonly tabs: FakeTabs;
  readonly tools: ClientTools | undefined;
  readonly conversationId: string;
  readonly identity: Identity | undefined;
}

/** A page with the widget in it, without its looks. */
export interface Tab {
  readonly name: string;
  readonly session: Storage;
  readonly conversation: Conversation;
  /** The composer's. */
  readonly draft: Draft;
  /** Whether the visitor was told that nothing is kept. */
  readonly isForgetful: () => boolean;
  /** Whether its storage does not know yet who is there. */
  readonly isTurning: () => boolean;
  /** Whether it is the one that talks to the agent. */
  readonly isLeading: () => boolean;
  /** The page is gone, in the middle of whatever it did. */
  die(): void;
  /** The page is told that it goes, and has a moment for what it has begun to write. */
  leave(): void;
}

export function openTab(options: TabOptions): Tab {
  const { name, wire, session, clock: world, latency, tools } = options;
  let isDead = false;
  let isForgetful = false;
  const clock: Clock = {
    now: world.now,
    after: (milliseconds, callback) => world.after(milliseconds, () => void (isDead || callback())),
    frame: (callback) => world.frame(() => void (isDead || callback())),
  };
  const link = createLink(options.handle);
  const seat = options.tabs.open();
  const shared = { ...ORDERS, clock, indexedDB: null };
  const kept = createBrowserStorage({ ...shared, localStorage: options.disk, sessionStorage: null });
  // What is being written is kept at once: only a disk takes its time.
  const drafts = createBrowserStorage({ ...shared, localStorage: null, sessionStorage: session });
  kept.onProblem((problem) => (isForgetful ||= problem === 'not-kept'));
  const slow = slowed(kept, () => isDead, latency > 0 ? () => new Promise((go) => clock.after(latency, go)) : null);
  let turns = 0;
  const storage: ConversationStorage = {
    ...slow,
    ...{ readDraft: drafts.readDraft, writeDraft: drafts.writeDraft, draftIds: drafts.draftIds! },
    async setOwner(owner) {
      turns += 1;
      void drafts.setOwner(owner);
      await slow.setOwner(owner);
      turns -= 1;
    },
    remove(id) {
      drafts.writeDraft(id, '');
      return slow.remove(id);
    },
    clear() {
      void drafts.clear();
      return slow.clear();
    },
  };
  const wakers = new Set<() => void>();
  const conversation = createConversation({
    agentKey: ORDERS.agentKey,
    id: options.conversationId,
    identity: options.identity,
    transport: wire.createTransport({
      ...{ url: URL_OF_PROXY, fetch: link.fetch, clock, random: options.random, headers: { 'x-tab': name } },
    }),
    ...{ clock, storage, tabs: seat, tools, random: options.random },
    connectivity: {
      isOnline: options.connectivity.isOnline,
      onWake(listener) {
        if (isDead) return () => undefined;
        const forget = options.connectivity.onWake(() => void (isDead || listener()));
        wakers.add(forget);
        return () => {
          wakers.delete(forget);
          forget();
        };
      },
    },
  });
  const draft = draftOf(conversation);
  conversation.resume();
  draft.open();
  function die(): void {
    isDead = true;
    link.cut();
    seat.kill();
    for (const forget of wakers) forget();
  }

  return {
    ...{ name, session, conversation, draft, die },
    isForgetful: () => isForgetful,
    isTurning: () => turns > 0,
    isLeading: seat.isLeading,
    leave() {
      conversation.destroy();
      link.cut();
      world.after(LAST_WORDS_MS, die);
    },
  };
}

/** What a browser leaves a page to finish what it writes. */
const LAST_WORDS_MS = 1_000;

/** A disk takes its time, and what a page did not hear of before it died has not happened. */
function slowed(storage: ConversationStorage, isDead: () => boolean, wait: (() => Promise<void>) | null) {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Given extends readonly unknown[], T>(act: (...given: Given) => Promise<T>) =>
    wait === null
      ? (...given: Given): Promise<T> => (isDead() ? new Promise(() => undefined) : act(...given))
      : (...given: Given): Promise<T> => {
          const turn = last.then(wait).then(() => (isDead() ? new Promise<T>(() => undefined) : act(...given)));
          last = turn.then(wait);
          return last.then(() => turn);
        };
  return {
    ...storage,
    setOwner: inTurn(storage.setOwner),
    load: inTurn(storage.load),
    save: inTurn(storage.save),
    rename: inTurn(storage.rename),
    list: inTurn(storage.list),
    remove: inTurn(storage.remove),
    clear: inTurn(storage.clear),
  } satisfies ConversationStorage;
}
