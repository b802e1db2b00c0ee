import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConversationStorage, SavedConversation } from '../../src/core/conversationStorage.js';
import { isAgentChatError } from '../../src/core/errors.js';
import { messageText } from '../../src/core/message.js';
import { createBrowserStorage } from '../../src/storage/createBrowserStorage.js';
import { sealRecord } from '../../src/storage/sealRecord.js';
import { createManualClock } from '../support/manualClock.js';
import { answered, conversation, everything, said } from './conversations.js';
import { createFakeWebStorage, type FakeWebStorage } from './fakeWebStorage.js';

const RUNS = { numRuns: 1_000, seed: 20260203 };
const theirs = conversation('theirs', [said('m1', 'A secret of mine')], { title: 'Secret' });
const other = conversation('other', [said('m1', 'Nothing wrong here'), answered('m2', 'Indeed')]);
const mine: readonly SavedConversation[] = [everything, other];

function visit(localStorage: Storage): ConversationStorage {
  const stores = { indexedDB: null, localStorage, sessionStorage: null };
  return createBrowserStorage({ url: '/api', agentKey: 'support', ...stores, clock: createManualClock() });
}

/** A browser in which ann has two conversations, and nobody in particular one. */
async function createBrowser(): Promise<FakeWebStorage> {
  const browser = createFakeWebStorage();
  const storage = visit(browser);
  await storage.setOwner('ann');
  for (const each of mine) await storage.save(each);
  await storage.setOwner(null);
  await storage.save(theirs);
  return browser;
}

/** What a visit finds after the damage: parts of what was kept, exactly as they were, and nothing else. */
async function expectOnlyWhatWasKept(browser: FakeWebStorage, damaged: string): Promise<void> {
  const storage = visit(browser);
  const owners = [null, 'ann'] as const; // in this order: with somebody there, nobody's is removed
  for (const owner of owners) {
    await storage.setOwner(owner);
    const own = owner === null ? [theirs] : mine;
    for (const saved of [theirs, ...mine]) {
      const loaded = await storage.load(saved.id);
      if (!own.includes(saved)) expect(loaded).toBeNull();
      else if (!damaged.includes(`|${saved.id}|`)) expect(loaded).toEqual(saved);
      else if (loaded) {
        expect({ ...loaded, messages: [] }).toEqual({ ...saved, messages: [] });
        for (const message of loaded.messages) expect(saved.messages).toContainEqual(message);
      }
    }
    const titles = (await storage.list()).map(({ title }) => title);
    const expected = own.map(({ title }) => title ?? 'Nothing wrong here');
    expect(expected).toEqual(expect.arrayContaining(titles));
  }
  const next = { ...other, messages: [...other.messages, said('m3', 'Still working')] };
  await storage.save(next);
  expect(await storage.load('other')).toEqual(next);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
}

const mutation = fc.record({
  at: fc.nat(1_000_000),
  position: fc.nat(1_000_000),
  length: fc.integer({ min: 0, max: 20 }),
  text: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('\u0000', '"', '}', '|', '9', '__proto__', '\ud800')),
  kind: fc.constantFrom('splice', 'truncate', 'swap', 'remove', 'repeat'),
});

it('whatever happens to a stored text, nothing throws, nothing foreign is shown and nothing else is harmed', async () => {
  const pristine = await createBrowser();
  let unrestored = 0;
  await fc.assert(
    fc.asyncProperty(mutation, async ({ at, position, length, text, kind }) => {
      const browser = createFakeWebStorage();
      for (const [key, value] of pristine.items) browser.items.set(key, value);
      const keys = [...browser.items.keys()];
      const key = keys[at % keys.length]!;
      const swapped = keys[length % keys.length]!;
      const before = browser.items.get(key)!;
      const cut = position % (before.length + 1);
      if (kind === 'splice') browser.items.set(key, before.slice(0, cut) + text + before.slice(cut + length));
      if (kind === 'truncate') browser.items.set(key, before.slice(0, cut));
      if (kind === 'repeat') browser.items.set(key, before + before.slice(cut));
      if (kind === 'remove') browser.items.delete(key);
      if (kind === 'swap') {
        browser.items.set(key, browser.items.get(swapped)!);
        browser.items.set(swapped, before);
      }
      if (kind !== 'remove' && browser.items.get(key) !== before) unrestored += 1;
      await expectOnlyWhatWasKept(browser, kind === 'swap' ? key + swapped : key);
    }),
    RUNS,
  );
  expect(unrestored).toBeGreaterThan(500); // the damage was real
}, 60_000);

/** A place in a JSON value, and what is put there. */
const replacement = fc.record({
  at: fc.nat(1_000_000),
  path: fc.array(fc.nat(100), { maxLength: 6 }),
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(null, -1, '', [], {}, JSON.parse('{"__proto__":{"polluted":true}}')),
  ),
});

it('a record that is sealed well and says nonsense does no harm either', async () => {
  const pristine = await createBrowser();
  await fc.assert(
    fc.asyncProperty(replacement, async ({ at, path, value }) => {
      const browser = createFakeWebStorage();
      for (const [key, text] of pristine.items) browser.items.set(key, text);
      const keys = [...browser.items.keys()];
      const key = keys[at % keys.length]!;
      const record: unknown = JSON.parse(/^[^|]*\|\d+\|([^]*)$/.exec(browser.items.get(key)!)![1]!);
      browser.items.set(key, sealRecord(key, replaceAt(record, path, value)));
      const storage = visit(browser);
      for (const owner of [null, 'ann']) {
        await storage.setOwner(owner);
        const own = owner === null ? [theirs] : mine;
        for (const saved of [theirs, ...mine]) {
          const loaded = await storage.load(saved.id);
          if (!own.includes(saved)) expect(loaded).toBeNull();
          else if (!key.includes(`|${saved.id}|`)) expect(loaded).toEqual(saved);
          else if (loaded) expectWellFormed(loaded, saved);
        }
        const list = await storage.list();
        expect(list.every(({ title }) => typeof title === 'string')).toBe(true);
        expect(own.map(({ id }) => id)).toEqual(expect.arrayContaining(list.map(({ id }) => id)));
      }
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }),
    RUNS,
  );
}, 60_000);

function replaceAt(record: unknown, path: readonly number[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined || typeof record !== 'object' || record === null) return value;
  const entries: [string, unknown][] = Object.entries(record);
  const index = first % (entries.length + 1);
  const [key, child] = entries[index] ?? ['__proto__', {}];
  const next = JSON.parse(JSON.stringify(record)) as object;
  Object.defineProperty(next, key, { value: replaceAt(child, rest, value), enumerable: true, configurable: true });
  return next;
}

function expectWellFormed(loaded: SavedConversation, saved: SavedConversation): void {
  expect(loaded.id).toBe(saved.id);
  for (const message of loaded.messages) {
    expect(saved.messages.map(({ id }) => id)).toContain(message.id);
    expect(typeof messageText(message)).toBe('string');
    expect(message.error === null || isAgentChatError(message.error)).toBe(true);
    for (const part of message.parts) expect(typeof part.partId).toBe('string');
  }
  JSON.stringify(loaded, (key, value: unknown) => {
    expect(key).not.toBe('__proto__');
    return value;
  });
}
