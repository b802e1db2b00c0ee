import type { KeyValueStore } from './keyValueStore.js';
import { webStorageKeys } from './webStorageKeys.js';

/** `localStorage` or `sessionStorage` as text by key. */
export function createWebStore(storage: Storage): KeyValueStore {
  function write(puts: ReadonlyMap<string, string>, removals: readonly string[]): void {
    const changed = [...removals, ...puts.keys()];
    const before = changed.map((key) => [key, storage.getItem(key)] as const);
    try {
      for (const key of removals) storage.removeItem(key);
      for (const [key, value] of puts) storage.setItem(key, value);
    } catch (error) {
      // First everything goes, so that what was there has its room again.
      for (const key of changed) storage.removeItem(key);
      for (const [key, value] of before) if (value !== null) storage.setItem(key, value);
      throw error;
    }
  }

  return {
    read: (prefix) =>
      promised(() => new Map(webStorageKeys(storage, prefix).map((key) => [key, storage.getItem(key)]))),
    keys: (prefix) => promised(() => webStorageKeys(storage, prefix)),
    write: (puts, removals) => promised(() => write(puts, removals)),
  };
}

/** What is thrown rejects. */
function promised<T>(act: () => T): Promise<T> {
  return new Promise((resolve) => resolve(act()));
}
