import { createRecordKeys } from './recordKeys.js';
import { stableHash } from './stableHash.js';
import { webStorageKeys } from './webStorageKeys.js';

/** What is being written in this tab, by conversation. At once, and never throws. */
export interface Drafts {
  /** Whose drafts are read and written from here on. Everybody else's are removed, unless nobody is known; what was written here before somebody was, is theirs. */
  setOwner(owner: string | null): void;
  read(id: string): string;
  write(id: string, draft: string): void;
  clear(): void;
}

const NOBODY = '';

/**
 * @param space - what the drafts belong to.
 * @param getStorage - the tab's own storage; may throw. What it does not take is remembered as long as the page lives.
 */
export function createDrafts(space: readonly string[], getStorage: () => Storage | null | undefined): Drafts {
  const keys = createRecordKeys(space);
  const memory = new Map<string, string>();
  const writtenByNobody = new Set<string>();
  let owner = NOBODY;

  function onStorage<T>(act: (storage: Storage) => T): T | null {
    try {
      const storage = getStorage();
      return storage ? act(storage) : null;
    } catch {
      return null; // forbidden, or full
    }
  }

  function keysOfAll(): readonly string[] {
    return [...memory.keys(), ...(onStorage((storage) => webStorageKeys(storage, keys.all)) ?? [])];
  }

  function remove(key: string): void {
    memory.delete(key);
    onStorage((storage) => storage.removeItem(key));
  }

  function read(id: string): string {
    const key = keys.draft(owner, id);
    return memory.get(key) ?? onStorage((storage) => storage.getItem(key)) ?? '';
  }

  function write(id: string, draft: string): void {
    const key = keys.draft(owner, id);
    remove(key);
    if (draft === '') return;
    if (owner === NOBODY) writtenByNobody.add(id);
    const isKept = onStorage((storage) => {
      storage.setItem(key, draft);
      return true;
    });
    if (!isKept) memory.set(key, draft);
  }

  return {
    read,
    write,
    setOwner(next) {
      if (next === null) {
        owner = NOBODY;
        return;
      }
      const carried = owner === NOBODY ? [...writtenByNobody].map((id) => [id, read(id)] as const) : [];
      writtenByNobody.clear();
      owner = stableHash(keys.draft(next));
      for (const key of keysOfAll()) {
        if (keys.pathOf(key)[0] !== owner) remove(key);
      }
      for (const [id, draft] of carried) if (draft !== '') write(id, draft);
    },
    clear() {
      for (const key of keysOfAll()) remove(key);
    },
  };
}
