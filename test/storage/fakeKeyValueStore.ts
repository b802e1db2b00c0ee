import type { KeyValueStore } from '../../src/storage/keyValueStore.js';

export interface FakeKeyValueStore extends KeyValueStore {
  readonly items: Map<string, string>;
  /** What every write put, by key. */
  readonly puts: (readonly string[])[];
  /** What writes and reads reject with from now on. */
  failure: Error | null;
}

/** A backend that the test looks into. Two storages on one are two tabs of one browser. */
export function createFakeKeyValueStore(): FakeKeyValueStore {
  const items = new Map<string, string>();
  const puts: (readonly string[])[] = [];
  const store: FakeKeyValueStore = {
    items,
    puts,
    failure: null,
    read: async (prefix) => answer(() => new Map([...items].filter(([key]) => key.startsWith(prefix)))),
    keys: async (prefix) => answer(() => [...items.keys()].filter((key) => key.startsWith(prefix))),
    write: async (changes, removals) =>
      answer(() => {
        for (const key of removals) items.delete(key);
        for (const [key, value] of changes) items.set(key, value);
        puts.push([...changes.keys()]);
      }),
  };
  function answer<T>(act: () => T): T {
    if (store.failure) throw store.failure;
    return act();
  }
  return store;
}
