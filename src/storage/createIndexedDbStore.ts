import { wrap, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import { within, type Clock } from '../core/clock.js';
import { isQuotaExceeded, type KeyValueStore } from './keyValueStore.js';

const DATABASE = 'agent-chat-widget';
const STORE = 'records';
/** An open can hang for ever behind another tab's upgrade, and in a private window. */
const OPEN_MS = 2_000;
/** A disk that is slow gets this much: whoever comes back to it would find an empty chat, and begin another conversation beside the one that is kept. */
const SLOW_OPEN_MS = 8_000;
/** So can a transaction, where the browser lost its database in the background. */
const TRANSACTION_MS = 4_000;

interface Schema extends DBSchema {
  [STORE]: { key: string; value: unknown };
}
type Mode = 'readonly' | 'readwrite';
type Store<M extends Mode> = IDBPObjectStore<Schema, (typeof STORE)[], typeof STORE, M>;

/** IndexedDB as text by key. It opens when it is first used, and again after the browser has closed it. */
export function createIndexedDbStore(factory: IDBFactory, clock: Pick<Clock, 'after'>): KeyValueStore {
  let database: Promise<IDBPDatabase<Schema>> | null = null;

  function open(): Promise<IDBPDatabase<Schema>> {
    const request = factory.open(DATABASE); // in whatever version it is there: the records have versions of their own
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    const opening = wrap(request) as Promise<IDBPDatabase<Schema>>; // `undefined` is for requests to delete
    const opened = waitFor(opening);
    // Where it opens after all, nobody waits any more; left open it would block other tabs.
    opened.catch(() => opening.then((late) => late.close()).catch(ignore));
    return opened.then((connected) => {
      connected.addEventListener('versionchange', close);
      connected.addEventListener('close', close);
      return connected;
    });
  }

  /** Names of databases come also while one of them is blocked; where they do not come either, everything on this disk is slow. */
  async function waitFor<T>(opening: Promise<T>): Promise<T> {
    let isDiskSlow = 'databases' in factory;
    if (isDiskSlow) factory.databases().then(() => (isDiskSlow = false), ignore);
    const wait = (milliseconds: number) => within(clock, milliseconds, opening, () => tooLate('open'));
    return wait(OPEN_MS).catch((error: unknown) => {
      if (isDiskSlow) return wait(SLOW_OPEN_MS - OPEN_MS);
      throw error;
    });
  }

  function close(): void {
    database?.then((connected) => connected.close()).catch(ignore);
    database = null;
  }

  async function attempt<T, M extends Mode>(mode: M, act: (store: Store<M>) => Promise<T>): Promise<T> {
    const connected = await (database ??= open());
    const transaction = connected.transaction([STORE], mode);
    const work = Promise.all([act(transaction.objectStore(STORE)), transaction.done]);
    try {
      const [result] = await within(clock, TRANSACTION_MS, work, () => tooLate('answer'));
      return result;
    } catch (error) {
      abort(transaction);
      throw error;
    }
  }

  async function transact<T, M extends Mode>(mode: M, act: (store: Store<M>) => Promise<T>): Promise<T> {
    const wasOpen = database !== null;
    try {
      return await attempt(mode, act);
    } catch (error) {
      if (isQuotaExceeded(error)) throw error;
      close();
      // Closed by another tab, deleted, or lost by the browser: a new connection may do.
      if (wasOpen) return transact(mode, act);
      throw error;
    }
  }

  async function write(puts: ReadonlyMap<string, string>, removals: readonly string[]): Promise<void> {
    // Each in a function of its own: where one throws at once, the others still have somebody who hears of them.
    await transact('readwrite', async (store) => {
      const removing = removals.map(async (key) => store.delete(key));
      const putting = Array.from(puts, async ([key, value]) => store.put(value, key));
      await Promise.all([...removing, ...putting]);
    });
  }

  return {
    read: (prefix) =>
      transact('readonly', async (store) => {
        const keys = await store.getAllKeys(rangeOf(prefix));
        const values = await store.getAll(rangeOf(prefix));
        return new Map(keys.map((key, index) => [key, values[index]]));
      }),
    keys: (prefix) => transact('readonly', (store) => store.getAllKeys(rangeOf(prefix))),
    async write(puts, removals) {
      try {
        await write(puts, removals);
      } catch (error) {
        // Chromium goes on counting what it has refused, and refuses less as well, until something is removed: even what is not there.
        if (isQuotaExceeded(error)) await write(new Map(), ['']).catch(ignore);
        throw error;
      }
    },
  };
}

/** Exactly the keys that begin so: up to, and without, the first that would come after them all. */
function rangeOf(prefix: string): IDBKeyRange {
  const after = prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
  return IDBKeyRange.bound(prefix, after, false, true);
}

/** What was asked for before something went wrong must not come about, now or later. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // it is over already
  }
}

function tooLate(verb: string): Error {
  return new Error(`IndexedDB did not ${verb} in time.`);
}

const ignore = (): void => undefined;
