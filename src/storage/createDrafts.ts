import { joinDrafts } from '../core/joinDrafts.js';
import { stableHash } from './stableHash.js';
import { fromKey, toKey } from './toKey.js';
import { webStorageKeys } from './webStorageKeys.js';

/** What is being written in this tab, by conversation. At once, and never throws. */
export interface Drafts {
  /** Whose drafts are read and written from here on. Everybody else's are removed, unless nobody is known; what was written here before somebody was, is theirs. */
  setOwner(owner: string | null): void;
  read(id: string): string;
  write(id: string, draft: string): void;
  clear(): void;
  /** The conversations for which something is being written here. Names that tell the time come in its order. */
  ids(): readonly string[];
}

const NOBODY = '';

/**
 * @param space - what the drafts belong to.
 * @param getStorage - the tab's own storage; may throw. What it does not take is remembered as long as the page lives.
 */
export function createDrafts(space: readonly string[], getStorage: () => Storage | null | undefined): Drafts {
  const memory = new Map<string, string>();
  const writtenByNobody = new Set<string>();
  let owner = NOBODY;

  const keyOf = (...path: readonly string[]): string => toKey([...space, ...path]);

  function onStorage<T>(act: (storage: Storage) => T): T | null {
    try {
      const storage = getStorage();
      return storage ? act(storage) : null;
    } catch {
      return null; // forbidden, or full
    }
  }

  function remove(key: string): void {
    memory.delete(key);
    onStorage((storage) => storage.removeItem(key));
  }

  function keys(): readonly string[] {
    return [...memory.keys(), ...(onStorage((storage) => webStorageKeys(storage, keyOf())) ?? [])];
  }

  function removeAll(except?: string): void {
    for (const key of keys()) if (except === undefined || !key.startsWith(except)) remove(key);
  }

  function read(id: string): string {
    const key = keyOf(owner, id);
    return memory.get(key) ?? onStorage((storage) => storage.getItem(key)) ?? '';
  }

  function write(id: string, draft: string): void {
    const key = keyOf(owner, id);
    remove(key);
    if (draft === '') return;
    if (owner === NOBODY) writtenByNobody.add(id);
    memory.set(key, draft);
    onStorage((storage) => {
      storage.setItem(key, draft);
      memory.delete(key);
    });
  }

  return {
    read,
    write,
    setOwner(next) {
      const carried = owner === NOBODY ? Array.from(writtenByNobody, (id) => [id, read(id)] as const) : [];
      owner = next === null ? NOBODY : stableHash(keyOf(next));
      if (next === null) return;
      writtenByNobody.clear();
      removeAll(keyOf(owner));
      for (const [id, draft] of carried) if (draft !== '') write(id, joinDrafts(read(id), draft));
    },
    clear: removeAll,
    ids() {
      const own = keys().filter((key) => key.startsWith(keyOf(owner)));
      return own.map((key) => fromKey(key).at(-1)!).sort();
    },
  };
}
