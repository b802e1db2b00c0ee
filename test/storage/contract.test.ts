import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { createBrowserStorage, type BrowserStorageOptions } from '../../src/storage/createBrowserStorage.js';
import { createMemoryStorage } from '../../src/storage/createMemoryStorage.js';
import { createManualClock } from '../support/manualClock.js';
import { conversation } from './conversations.js';
import { createFakeWebStorage } from './fakeWebStorage.js';
import { storageContract } from './storageContract.js';

/** In a browser that lets nobody keep anything, as in a sandboxed frame: to look at a storage is forbidden. */
function createForbidden(mode: 'local' | 'session' | 'none') {
  const refuse = (): never => {
    throw new DOMException('Forbidden.', 'SecurityError');
  };
  const stores = Object.fromEntries(
    ['indexedDB', 'localStorage', 'sessionStorage'].map((name) => [name, { get: refuse }]),
  );
  const options = { url: '/api', agentKey: 'support', mode, clock: createManualClock() };
  return createBrowserStorage(Object.defineProperties(options, stores));
}

const browsers: Readonly<Record<string, () => Partial<BrowserStorageOptions>>> = {
  IndexedDB: () => ({ indexedDB: new IDBFactory() }),
  localStorage: () => ({ localStorage: createFakeWebStorage() }),
  sessionStorage: () => ({ mode: 'session', sessionStorage: createFakeWebStorage() }),
};
const blank = { url: '/api', agentKey: 'support', indexedDB: null, localStorage: null } as const;

for (const [name, createBrowser] of Object.entries(browsers)) {
  describe(`in ${name}`, () => {
    storageContract(() => {
      const browser = { sessionStorage: createFakeWebStorage(), ...createBrowser() };
      const visit = () => createBrowserStorage({ ...blank, clock: createManualClock(), ...browser });
      return { visit, outlives: true };
    });

    it('is quiet as long as all is well', async () => {
      const problems: string[] = [];
      const storage = createBrowserStorage({ ...blank, clock: createManualClock(), ...createBrowser() });
      storage.onProblem((problem) => problems.push(problem));
      await storage.save(conversation('c1'));
      await storage.load('c1');
      await storage.list();
      expect(problems).toEqual([]);
    });
  });
}

describe('in memory', () => {
  storageContract(() => ({ visit: createMemoryStorage, outlives: false }));
});

describe('in memory because nothing is to stay behind', () => {
  storageContract(() => ({ visit: () => createForbidden('none'), outlives: false }));
});

describe.each(['local', 'session'] as const)('in memory because nothing else is allowed, mode %s', (mode) => {
  const visit = () => createForbidden(mode);
  storageContract(() => ({ visit, outlives: false }));

  it('says so once, also to those who ask later', async () => {
    const storage = visit();
    const heard: string[] = [];
    storage.onProblem((problem) => heard.push(`early ${problem}`));
    const forget = storage.onProblem((problem) => heard.push(`gone ${problem}`));
    forget();
    await storage.save(conversation('c1'));
    await storage.save(conversation('c2'));
    storage.onProblem((problem) => heard.push(`late ${problem}`));
    await storage.list();
    expect(heard).toEqual(['early not-kept', 'late not-kept']);
  });
});
