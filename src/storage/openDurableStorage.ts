import { systemClock } from '../core/clock.js';
import { CONVERSATION } from './conversationRecord.js';
import type { BrowserStorageOptions } from './createBrowserStorage.js';
import { createDurableStorage, type DurableStorageOptions, type KeptConversations } from './createDurableStorage.js';
import { createIndexedDbStore } from './createIndexedDbStore.js';
import { createMemoryStorage } from './createMemoryStorage.js';
import { createWebStore } from './createWebStore.js';
import type { KeyValueStore } from './keyValueStore.js';
import { moveRecords } from './moveRecords.js';
import { createRecordKeys } from './recordKeys.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Conversations in what this browser has: the code that is loaded when a storage is first used. */
export function openDurableStorage(
  options: BrowserStorageOptions,
  report: DurableStorageOptions['report'],
): KeptConversations {
  const { url, agentKey, mode, retentionMs = 30 * DAY_MS, clock = systemClock } = options;
  const memory = createMemoryStorage();
  if (mode === 'none') return memory;
  const space = ['agent-chat', url, agentKey];

  function openWebStorage(name: 'localStorage' | 'sessionStorage'): KeyValueStore {
    return createWebStore(present(options[name] === undefined ? globalThis[name] : options[name]));
  }

  async function openIndexedDb(): Promise<KeyValueStore> {
    const { indexedDB: given } = options;
    const store = createIndexedDbStore(present(given === undefined ? globalThis.indexedDB : given), clock);
    const substitute = attempt(() => openWebStorage('localStorage'));
    if (substitute)
      await moveRecords(substitute, store, createRecordKeys(space), CONVERSATION, () => report('made-room'));
    return store;
  }

  const backends =
    mode === 'session'
      ? [() => openWebStorage('sessionStorage')]
      : [openIndexedDb, () => openWebStorage('localStorage')];
  return createDurableStorage({ memory, report, space, clock, retentionMs, backends });
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
