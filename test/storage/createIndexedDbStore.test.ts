import 'fake-indexeddb/auto';
import { IDBDatabase, IDBFactory, IDBObjectStore, IDBRequest } from 'fake-indexeddb';
import { afterEach, expect, it, vi } from 'vitest';
import { createIndexedDbStore } from '../../src/storage/createIndexedDbStore.js';
import { createManualClock } from '../support/manualClock.js';

const DATABASE = 'agent-chat-widget';

function setUp(factory = new IDBFactory()) {
  const clock = createManualClock();
  return { factory, clock, store: createIndexedDbStore(factory, clock) };
}

/** A connection of another tab's, which may not care what others want. */
function connect(factory: IDBFactory, version?: number): Promise<globalThis.IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(request.error?.name));
  });
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'resolved',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

afterEach(() => vi.restoreAllMocks());

it('reads by prefix, exactly', async () => {
  const { store } = setUp();
  const keys = ['a|', 'a|b|', 'a|b|c|', 'a|bb|', 'a|b}', 'a}', 'b|', 'a|b|\uffff|'];
  await store.write(new Map(keys.map((key) => [key, `at ${key}`])), []);
  expect(await store.keys('a|b|')).toEqual(['a|b|', 'a|b|c|', 'a|b|\uffff|']);
  expect((await store.read('a|b|c|')).get('a|b|c|')).toBe('at a|b|c|');
  expect([...(await store.read('a|bb|')).keys()]).toEqual(['a|bb|']);
});

it('writes all or nothing', async () => {
  const { store } = setUp();
  await store.write(new Map([['a|', 'old']]), []);
  const put = IDBObjectStore.prototype.put;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (key === 'c|') throw new DOMException('There is no room.', 'QuotaExceededError');
    return put.call(this, value, key);
  });
  const puts = new Map([
    ['a|', 'new'],
    ['b|', 'new'],
    ['c|', 'new'],
  ]);
  expect(await outcomeOf(store.write(puts, ['a|']))).toMatch(/^QuotaExceededError/);
  expect([...(await store.read('a|'))]).toEqual([['a|', 'old']]);
  expect(await store.keys('b|')).toEqual([]);
});

it('gives an open that hangs two seconds, and lets go of what opens later', async () => {
  const { factory, clock, store } = setUp();
  const stubborn = await connect(factory, 1);
  const upgrading = connect(factory, 2); // waits for the stubborn one, and everybody else for it
  const outcome = outcomeOf(store.keys('a|'));
  let isSettled = false;
  void outcome.then(() => (isSettled = true));
  await clock.advance(1_999);
  expect(isSettled).toBe(false);
  await clock.advance(1);
  expect(await outcome).toBe('Error: IndexedDB did not open in time.');

  stubborn.close();
  (await upgrading).close();
  // Had the late connection stayed open, this could not be done.
  expect((await connect(factory, 3)).version).toBe(3);
});

it('gives a disk that is slow longer: one that does not even tell the names of its databases', async () => {
  const { factory, clock, store } = setUp();
  await store.write(new Map([['a|', 'kept']]), []);
  const slow = await connect(factory);
  const upgrading = connect(factory, 2); // nothing opens until the slow one lets it
  vi.spyOn(factory, 'databases').mockReturnValue(new Promise(() => undefined));
  const reading = store.read('a|');
  await clock.advance(7_999);
  slow.close();
  (await upgrading).close();
  expect([...(await reading)]).toEqual([['a|', 'kept']]);
  expect(clock.pending()).toBe(0);
});

it('but not for ever', async () => {
  const { factory, clock, store } = setUp();
  const stubborn = await connect(factory, 1);
  const upgrading = connect(factory, 2);
  vi.spyOn(factory, 'databases').mockReturnValue(new Promise(() => undefined));
  const outcome = outcomeOf(store.keys('a|'));
  await clock.advance(8_000);
  expect(await outcome).toBe('Error: IndexedDB did not open in time.');
  expect(clock.pending()).toBe(0);
  stubborn.close();
  (await upgrading).close();
});

it('steps aside when another tab wants to upgrade or delete, and comes back', async () => {
  const { factory, store } = setUp();
  await store.write(new Map([['a|', '1']]), []);
  const upgraded = await connect(factory, 7);
  expect(upgraded.version).toBe(7);
  upgraded.close();
  expect(await store.keys('a|')).toEqual(['a|']);

  await new Promise((resolve) => (factory.deleteDatabase(DATABASE).onsuccess = resolve));
  expect(await store.keys('a|')).toEqual([]);
  await store.write(new Map([['a|', '2']]), []);
  expect(await store.keys('a|')).toEqual(['a|']);
});

it('opens again, once, when the browser has lost its database', async () => {
  const { factory, store } = setUp();
  await store.write(new Map([['a|', '1']]), []);
  const open = vi.spyOn(factory, 'open');
  const fail = () => {
    throw new DOMException('Internal error.', 'UnknownError');
  };
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(fail);
  expect(await store.keys('a|')).toEqual(['a|']);
  expect(open).toHaveBeenCalledTimes(1);

  transaction.mockImplementation(fail);
  expect(await outcomeOf(store.keys('a|'))).toBe('UnknownError: Internal error.');
  expect(open).toHaveBeenCalledTimes(2);
});

it('does not wait for ever for an answer', async () => {
  const { clock, store } = setUp();
  await store.write(new Map([['a|', '1']]), []);
  const hangs = vi.spyOn(IDBObjectStore.prototype, 'getAllKeys');
  hangs.mockImplementation(() => new IDBRequest() as globalThis.IDBRequest<IDBValidKey[]>);
  const outcome = outcomeOf(store.keys('a|'));
  await clock.advance(4_000);
  for (let turn = 0; turn < 10; turn += 1) await clock.settle(); // a new connection opens
  expect(hangs).toHaveBeenCalledTimes(2);
  await clock.advance(4_000);
  expect(await outcome).toBe('Error: IndexedDB did not answer in time.');
  expect(hangs).toHaveBeenCalledTimes(2);
});

it('refuses a database that somebody else has made', async () => {
  const { factory, store } = setUp();
  (await connect(factory, 1)).close();
  expect(await outcomeOf(store.keys('a|'))).toMatch(/^NotFoundError/);
});

it('rejects where the browser forbids it', async () => {
  const factory = new IDBFactory();
  vi.spyOn(factory, 'open').mockImplementation(() => {
    throw new DOMException('Forbidden.', 'SecurityError');
  });
  expect(await outcomeOf(setUp(factory).store.keys('a|'))).toBe('SecurityError: Forbidden.');
});

it('leaves no timer behind', async () => {
  const { clock, store } = setUp();
  await store.write(new Map([['a|', '1']]), []);
  await store.read('a|');
  expect(clock.pending()).toBe(0);
});
