import type { Clock } from '../core/clock.js';
import type { ConversationStorage } from '../core/conversationStorage.js';
import { once } from '../core/once.js';
import { createDrafts } from './createDrafts.js';
import type { KeptConversations } from './createDurableStorage.js';
import { createProblems } from './createProblems.js';

/** What `createBrowserStorage` keeps, where and for how long. */
export interface BrowserStorageOptions {
  /** The address of the proxy. With `agentKey` it says what belongs together: another widget on the same page, with another agent, sees nothing of it. */
  readonly url: string;
  readonly agentKey: string;
  /**
   * Where conversations are kept. `local`, the default: in IndexedDB, or where that does not work in `localStorage`, until `retentionMs` have passed. `session`: in `sessionStorage`,
   * as long as the tab is open. `none`: in memory, and nothing stays behind. Scripts of the same origin can read what is kept.
   */
  readonly mode?: 'local' | 'session' | 'none' | undefined;
  /** How long a conversation is kept after it was last used, in milliseconds. Default: 30 days. What is older is removed when the storage is first used. */
  readonly retentionMs?: number | undefined;
  /** The browser's own, unless told otherwise; `null` stands for none. */
  readonly indexedDB?: IDBFactory | null | undefined;
  readonly localStorage?: Storage | null | undefined;
  readonly sessionStorage?: Storage | null | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Keeps conversations in the browser, for the owner that `setOwner` names, by a hash of its id. Text is kept; the contents of files only until they are delivered. Nothing is touched
 * before the first call, and the code for it is loaded then. Where nothing can be kept, everything works as long as the page lives, and `onProblem` hears `not-kept`.
 */
export function createBrowserStorage(options: BrowserStorageOptions): ConversationStorage {
  const { url, agentKey, mode = 'local' } = options;
  const { report, onProblem } = createProblems();
  const drafts = createDrafts(['agent-chat-draft', url, agentKey], () => {
    if (mode === 'none') return null;
    return options.sessionStorage === undefined ? globalThis.sessionStorage : options.sessionStorage;
  });
  let last: Promise<unknown> = Promise.resolve();

  let open = once(async (): Promise<KeptConversations> => {
    const { openDurableStorage } = await import('./openDurableStorage.js');
    return openDurableStorage(options, report);
  });

  /** One after the other, in the order of the calls. */
  function inTurn<T>(act: (kept: KeptConversations) => Promise<T>): Promise<T> {
    const turn = last
      .then(() => open().then(act))
      .catch(() => {
        // The code did not come, or the page has broken what it is made of.
        open = once(openMemory);
        report('not-kept');
        return open().then(act);
      });
    last = turn;
    return turn;
  }

  return {
    onProblem,
    readDraft: drafts.read,
    draftIds: drafts.ids,
    writeDraft: drafts.write,
    setOwner(owner) {
      drafts.setOwner(owner);
      return inTurn((kept) => kept.setOwner(owner));
    },
    load: (id) => inTurn((kept) => kept.load(id)),
    save: (conversation) => inTurn((kept) => kept.save(conversation)),
    rename: (id, title) => inTurn((kept) => kept.rename(id, title)),
    list: () => inTurn((kept) => kept.list()),
    remove(id) {
      drafts.write(id, '');
      return inTurn((kept) => kept.remove(id));
    },
    clear() {
      drafts.clear();
      return inTurn((kept) => kept.clear());
    },
  };
}

async function openMemory(): Promise<KeptConversations> {
  const code = await import('./createMemoryStorage.js').catch(() => null);
  return code?.createMemoryStorage() ?? NOTHING_KEPT;
}

const nothing = (): Promise<void> => Promise.resolve();
const NOTHING_KEPT: KeptConversations = {
  ...{ setOwner: nothing, save: nothing, rename: nothing, remove: nothing, clear: nothing },
  load: () => Promise.resolve(null),
  list: () => Promise.resolve([]),
};
