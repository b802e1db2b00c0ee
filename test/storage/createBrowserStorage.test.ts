import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { StorageProblem } from '../../src/core/conversationStorage.js';
import { createBrowserStorage, type BrowserStorageOptions } from '../../src/storage/createBrowserStorage.js';
import { createManualClock } from '../support/manualClock.js';
import { answered, conversation, NOW, said } from './conversations.js';
import { createFakeWebStorage } from './fakeWebStorage.js';
// Loaded when it is needed; here already, so that fake time need not wait for files.
import '../../src/storage/openDurableStorage.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A browser with everything, and the pages that it shows one after the other. */
function setUp() {
  const browser = {
    indexedDB: new IDBFactory(),
    localStorage: createFakeWebStorage(),
    sessionStorage: createFakeWebStorage(),
  };
  function visit(options: Partial<BrowserStorageOptions> = {}) {
    const clock = createManualClock();
    const storage = createBrowserStorage({ url: '/api', agentKey: 'support', clock, ...browser, ...options });
    const problems: StorageProblem[] = [];
    storage.onProblem((problem) => problems.push(problem));
    return { storage, clock, problems };
  }
  return { browser, visit };
}

/** Opening it never ends. */
function createHangingIndexedDb(): IDBFactory {
  const factory = new IDBFactory();
  vi.spyOn(factory, 'open').mockImplementation(() => new IDBOpenDBRequest());
  return factory;
}

describe('where IndexedDB', () => {
  it('does not open, localStorage takes over after two seconds', async () => {
    const { browser, visit } = setUp();
    const { storage, clock, problems } = visit({ indexedDB: createHangingIndexedDb() });
    let isSaved = false;
    const saving = storage.save(conversation('c1')).then(() => (isSaved = true));
    await clock.advance(1_999);
    expect(isSaved).toBe(false);
    await clock.advance(1);
    await saving;
    expect(problems).toEqual([]);
    expect(browser.localStorage.items.size).toBe(3);
    expect(clock.pending()).toBe(0);
  });

  it('does not open and nothing else is there, memory does', async () => {
    const { visit } = setUp();
    const { storage, clock, problems } = visit({ indexedDB: createHangingIndexedDb(), localStorage: null });
    const saving = storage.save(conversation('c1'));
    await clock.advance(2_000);
    await saving;
    expect(await storage.load('c1')).toEqual(conversation('c1'));
    expect(problems).toEqual(['not-kept']);
  });

  it('works again, it has what localStorage had in the meantime', async () => {
    const { browser, visit } = setUp();
    const [m1, m2, m3] = [said('m1', 'Before'), answered('m2', 'Before'), said('m3', 'Meanwhile', 'queued')];
    const before = visit().storage;
    await before.save(conversation('c1', [m1, m2]));
    await before.save(conversation('c2', [m1]));
    const meanwhile = visit({ indexedDB: null }).storage;
    await meanwhile.save(conversation('c1', [m3], { updatedAt: NOW + 1, taskId: 't2' }));
    await meanwhile.save(conversation('c3', [m2]));
    await meanwhile.rename('c3', 'Named');

    const { storage, problems } = visit();
    expect((await storage.list()).map(({ id }) => id).sort()).toEqual(['c1', 'c2', 'c3']);
    expect(browser.localStorage.items.size).toBe(0);
    const merged = await visit({ localStorage: null }).storage.load('c1');
    expect(merged).toEqual(conversation('c1', [m1, m2, m3], { updatedAt: NOW + 1, taskId: 't2' }));
    expect(await storage.load('c3')).toEqual(conversation('c3', [m2], { title: 'Named' }));
    expect(problems).toEqual([]);
  });

  it('has something newer than localStorage, only what is missing comes from there', async () => {
    const { visit } = setUp();
    const [m1, m2] = [said('m1', 'One'), said('m2', 'Two')];
    const older = visit({ indexedDB: null }).storage;
    await older.save(conversation('c1', [m1, said('m2', 'Stale', 'queued')]));
    await older.rename('c1', 'Older');
    const newer = conversation('c1', [m2, answered('m3', 'Three')], { updatedAt: NOW + 1 });
    const inPlace = visit({ localStorage: null }).storage;
    await inPlace.save(newer);
    await inPlace.rename('c1', 'Newer');
    expect(await visit().storage.load('c1')).toEqual({ ...newer, title: 'Newer', messages: [m1, ...newer.messages] });
  });

  it('is full, it gives up something old for what localStorage had', async () => {
    const { browser, visit } = setUp();
    await visit().storage.save(conversation('old', undefined, { updatedAt: NOW - 1 }));
    await visit({ indexedDB: null }).storage.save(conversation('c1'));
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    put.mockImplementationOnce(() => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    });
    const { storage } = visit();
    expect((await storage.list()).map(({ id }) => id)).toEqual(['c1']);
    expect(browser.localStorage.items.size).toBe(0);
  });

  it('cannot take what localStorage had, it stays where it is and is shown from there', async () => {
    const { browser, visit } = setUp();
    await visit({ indexedDB: null }).storage.save(conversation('c1'));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    });
    const { storage } = visit();
    expect(await storage.load('c1')).toEqual(conversation('c1'));
    expect(browser.localStorage.items.size).toBe(3);
  });
});

describe('what belongs together', () => {
  it('is of one proxy and one agent', async () => {
    const { visit } = setUp();
    const widgets = [{}, { agentKey: 'sales' }, { url: '/api|support' }, { url: '/api%7Csupport', agentKey: '' }];
    for (const [index, widget] of widgets.entries()) {
      const { storage } = visit(widget);
      expect(await storage.list()).toEqual([]);
      expect(storage.readDraft('c')).toBe('');
      await storage.save(conversation(`c${index}`));
      storage.writeDraft('c', 'Dear');
    }
    const { storage } = visit();
    await storage.setOwner('ann');
    await storage.clear();
    for (const [index, widget] of widgets.entries()) {
      const next = visit(widget).storage;
      expect((await next.list()).map(({ id }) => id)).toEqual(index === 0 ? [] : [`c${index}`]);
      expect(next.readDraft('c')).toBe(index === 0 ? '' : 'Dear');
    }
  });

  it.each(['as on https', 'as on a page without https'])('does not tell whose it is, %s', async (place) => {
    const { crypto } = globalThis;
    const withoutSubtle = { getRandomValues: crypto.getRandomValues.bind(crypto) };
    if (place !== 'as on https') vi.stubGlobal('crypto', withoutSubtle);
    const { browser, visit } = setUp();
    const owners = ['ann@example.com', 'bob', ''];
    for (const owner of owners) {
      const { storage } = visit({ indexedDB: null });
      await storage.setOwner(owner);
      expect(await storage.list()).toEqual([]);
      await storage.save(conversation('c1'));
      storage.writeDraft('c1', 'Dear');
      const next = visit({ indexedDB: null }).storage;
      await next.setOwner(owner);
      expect(await next.list()).toHaveLength(1);
      expect(next.readDraft('c1')).toBe('Dear');
    }
    const [hash = ''] = /[0-9a-f]{5,}/.exec([...browser.localStorage.items.keys()].join()) ?? [];
    expect(hash).not.toBe('');
    const sales = visit({ indexedDB: null, agentKey: 'sales' }).storage;
    await sales.setOwner('');
    await sales.save(conversation('c1'));
    for (const key of browser.localStorage.items.keys()) {
      if (key.includes('sales')) expect(key).not.toContain(hash); // nor the same for two agents
    }
    const texts = JSON.stringify([...browser.localStorage.items, ...browser.sessionStorage.items]);
    for (const owner of owners.slice(0, 2)) expect(texts).not.toContain(owner);
  });
});

describe('a draft', () => {
  it('is there for the next page of this tab, and for no other tab', () => {
    const { visit } = setUp();
    visit().storage.writeDraft('c1', 'Dear');
    expect(visit().storage.readDraft('c1')).toBe('Dear');
    expect(visit({ sessionStorage: createFakeWebStorage() }).storage.readDraft('c1')).toBe('');
  });

  it('survives a tab without room as long as the page does', () => {
    const { browser, visit } = setUp();
    browser.sessionStorage.quota = 100;
    const { storage } = visit();
    storage.writeDraft('c1', 'Dear');
    storage.writeDraft('c1', 'x'.repeat(200));
    expect(storage.readDraft('c1')).toBe('x'.repeat(200));
    storage.writeDraft('c1', 'Short');
    expect(storage.readDraft('c1')).toBe('Short');
    expect(visit().storage.readDraft('c1')).toBe('Short');
  });

  it('of an earlier visitor of this tab is gone when somebody is there', async () => {
    const { browser, visit } = setUp();
    const { storage } = visit();
    await storage.setOwner('ann');
    storage.writeDraft('c1', 'Dear');
    await visit().storage.setOwner('bob');
    expect(browser.sessionStorage.items.size).toBe(0);
  });

  it('begun by nobody on an earlier page is not the next person’s', async () => {
    const { visit } = setUp();
    visit().storage.writeDraft('c1', 'Dear');
    const { storage } = visit();
    await storage.setOwner('ann');
    expect(storage.readDraft('c1')).toBe('');
  });
});

describe('a page', () => {
  it('that only imports and creates it touches nothing', () => {
    const refuse = () => {
      throw new Error('Touched.');
    };
    const stores = { indexedDB: { get: refuse }, localStorage: { get: refuse }, sessionStorage: { get: refuse } };
    const options = Object.defineProperties({ url: '/api', agentKey: 'support' }, stores);
    expect(() => createBrowserStorage(options).onProblem(() => undefined)).not.toThrow();
  });

  it('uses the browser’s own where it is not told otherwise', async () => {
    const { browser, visit } = setUp();
    vi.stubGlobal('indexedDB', browser.indexedDB);
    vi.stubGlobal('sessionStorage', browser.sessionStorage);
    const { storage } = visit({ indexedDB: undefined, sessionStorage: undefined });
    await storage.save(conversation('c1'));
    storage.writeDraft('c1', 'Dear');
    expect(await visit().storage.load('c1')).toEqual(conversation('c1'));
    expect(visit().storage.readDraft('c1')).toBe('Dear');
  });

  it('that has broken JSON does not see the person before', async () => {
    const { visit } = setUp();
    const { storage, problems } = visit();
    await storage.setOwner('ann');
    await storage.save(conversation('c1'));
    const stringify = vi.spyOn(JSON, 'stringify').mockImplementation(() => {
      throw new Error('Broken by the page.');
    });
    expect(() => storage.writeDraft('c1', 'Dear')).not.toThrow();
    const switching = storage.setOwner('bob');
    await switching;
    stringify.mockRestore();
    expect(await storage.list()).toEqual([]);
    expect(problems).toEqual(['not-kept']);
    await storage.save(conversation('c2'));
    expect((await storage.list()).map(({ id }) => id)).toEqual(['c2']);
  });

  it('whose listener throws is told so, and nothing else happens', async () => {
    const { visit } = setUp();
    const { storage } = visit({ indexedDB: null, localStorage: null });
    const error = vi.spyOn(console, 'error').mockReturnValue();
    storage.onProblem(() => {
      throw new Error('Oops.');
    });
    await storage.save(conversation('c1'));
    expect(error).toHaveBeenCalledTimes(1);
    expect(await storage.load('c1')).toEqual(conversation('c1'));
  });
});
