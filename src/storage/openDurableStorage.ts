import type { Clock } from '../core/clock.js';
import { CONVERSATION } from './conversationRecord.js';
import { createDurableStorage, type DurableStorageOptions, type KeptConversations } from './createDurableStorage.js';
import { createIndexedDbStore } from './createIndexedDbStore.js';
import { createWebStore } from './createWebStore.js';
import type { KeyValueStore } from './keyValueStore.js';
import { moveRecords } from './moveRecords.js';
import { createRecordKeys } from './recordKeys.js';

/** What a browser has to keep things in. Reading one may throw: in a sandboxed frame it does. */
export interface BrowserStores {
  readonly indexedDB?: IDBFactory | null | undefined;
  readonly localStorage?: Storage | null | undefined;
  readonly sessionStorage?: Storage | null | undefined;
}

export interface OpenOptions extends Omit<DurableStorageOptions, 'backends'> {
  readonly mode: 'local' | 'session';
  readonly stores: BrowserStores;
  readonly clock: Clock;
}

/** Conversations in what this browser has: the code that is loaded when a storage is first used. */
export function openDurableStorage({ mode, stores, ...options }: OpenOptions): KeptConversations {
  const { space, clock } = options;

  function openWebStorage(name: 'localStorage' | 'sessionStorage'): KeyValueStore {
    return createWebStore(present(stores[name]));
  }

  async function openIndexedDb(): Promise<KeyValueStore> {
    const store = createIndexedDbStore(present(stores.indexedDB), clock);
    const substitute = attempt(() => openWebStorage('localStorage'));
    if (substitute) await moveRecords(substitute, store, createRecordKeys(space), CONVERSATION);
    return store;
  }

  const backends =
    mode === 'session'
      ? [() => openWebStorage('sessionStorage')]
      : [openIndexedDb, () => openWebStorage('localStorage')];
  return createDurableStorage({ ...options, backends });
}

function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}

function present<T>(store: T | null | undefined): T {
  if (store == null) throw new Error('This browser has no such storage.');
  return store;
}
