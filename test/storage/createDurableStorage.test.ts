import { describe, expect, it } from 'vitest';
import type { StorageProblem } from '../../src/core/conversationStorage.js';
import type { Delivery } from '../../src/core/message.js';
import { createDurableStorage, type DurableStorageOptions } from '../../src/storage/createDurableStorage.js';
import { createMemoryStorage } from '../../src/storage/createMemoryStorage.js';
import { createWebStore } from '../../src/storage/createWebStore.js';
import { createManualClock } from '../support/manualClock.js';
import { answered, conversation, csv, NOW, said } from './conversations.js';
import { createFakeKeyValueStore } from './fakeKeyValueStore.js';
import { createFakeWebStorage, type FakeWebStorage } from './fakeWebStorage.js';

const DAY_MS = 24 * 60 * 60 * 1000;

function open(backends: DurableStorageOptions['backends'], now = NOW) {
  const problems: StorageProblem[] = [];
  const storage = createDurableStorage({
    ...{ space: ['test'], memory: createMemoryStorage(), clock: createManualClock(now), retentionMs: 30 * DAY_MS },
    backends,
    report: (problem) => void (problems.includes(problem) || problems.push(problem)),
  });
  return { storage, problems };
}

describe('a backend that is full', () => {
  const long = 'x'.repeat(1_000);

  function setUp() {
    const browser = createFakeWebStorage();
    const visit = () => open([() => createWebStore(browser)]);
    const idsLeft = async () => (await visit().storage.list()).map(({ id }) => id);
    return { browser, visit, idsLeft, ...visit() };
  }
  const sizeOf = ({ items }: FakeWebStorage) =>
    [...items].reduce((sum, [key, text]) => sum + key.length + text.length, 0);

  it('gives up the conversations that were not used for longest, as many as it takes', async () => {
    const { browser, storage, problems, idsLeft } = setUp();
    for (const age of [3, 1, 4, 2]) {
      await storage.save(conversation(`age ${age}`, [answered('m1', long)], { updatedAt: NOW - age }));
    }
    await storage.rename('age 4', 'The oldest');
    const before = conversation('current', [answered('m1', 'Short')], { updatedAt: NOW - 9 });
    await storage.save(before);
    browser.quota = sizeOf(browser) + 100;
    const current = { ...before, messages: [answered('m1', long), answered('m2', 'x'.repeat(800))] };
    await storage.save(current);
    expect(await idsLeft()).toEqual(['age 1', 'age 2', 'current']);
    expect(await storage.load('current')).toEqual(current);
    expect([...browser.items.keys()].filter((key) => key.includes('age 4'))).toEqual([]);
    expect(problems).toEqual(['made-room']);
  });

  it.each(['queued', 'sending', 'failed', 'uncertain'] as const)(
    'gives up none that holds a message that is %s',
    async (delivery) => {
      const { browser, storage, problems, idsLeft } = setUp();
      await storage.save(
        conversation('old', [answered('m1', long), said('m2', 'Wait', delivery)], { updatedAt: NOW - 1 }),
      );
      browser.quota = sizeOf(browser) + 100;
      await storage.save(conversation('current', [answered('m1', long)]));
      expect(await idsLeft()).toEqual(['old']);
      expect(problems).toEqual(['not-kept']);
    },
  );

  it('gives up what was set aside before anything else', async () => {
    const { browser, storage, visit, idsLeft } = setUp();
    await storage.save(conversation('old', [answered('m1', 'Short')], { updatedAt: NOW - 1 }));
    await storage.save(conversation('broken', [answered('m1', long)]));
    const key = [...browser.items.keys()].find((each) => each.includes('conversation||broken'))!;
    browser.items.set(key, 'nonsense');
    await visit().storage.list();
    browser.quota = sizeOf(browser);
    await storage.save(conversation('current', [answered('m1', 'x'.repeat(500))]));
    expect(await idsLeft()).toEqual(['current', 'old']);
  });

  it('keeps what waits to be sent, in the place of answers if need be, and shows everything until the page goes', async () => {
    const { browser, storage, problems, visit } = setUp();
    const answers = [answered('m1', 'One'), answered('m2', long)];
    await storage.save(conversation('current', answers));
    browser.quota = sizeOf(browser) + 300;

    const all = conversation('current', [...answers, said('m3', 'My question', 'queued'), answered('m4', long)]);
    await storage.save(all);
    expect(await storage.load('current')).toEqual(all);
    expect((await storage.list()).map(({ id }) => id)).toEqual(['current']);
    expect((await visit().storage.load('current'))?.messages.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3']);
    expect(problems).toEqual(['not-kept']);

    const longer = conversation('current', [...all.messages, said('m5', 'y'.repeat(600), 'queued')]);
    await storage.save(longer);
    expect(await storage.load('current')).toEqual(longer);
    expect((await visit().storage.load('current'))?.messages.map(({ id }) => id)).toEqual(['m3', 'm5']);
  });

  it('never keeps a message as waiting that was sent since: it would be sent a second time', async () => {
    const { browser, storage, visit } = setUp();
    const states: readonly Delivery[] = ['queued', 'sending', 'sent'];
    await storage.save(conversation('current', [said('m1', 'Order one', 'queued')]));
    for (const room of [150, 0, -1_000_000]) {
      for (const delivery of states) {
        browser.quota = delivery === 'queued' ? Infinity : sizeOf(browser) + room;
        const reply = delivery === 'sent' ? [answered('m2', long)] : [];
        await storage.save(conversation('current', [said('m1', 'Order one', delivery), ...reply]));
        browser.quota = Infinity;
        const kept = (await visit().storage.load('current'))?.messages[0];
        if (kept) expect(kept).toMatchObject({ id: 'm1', delivery });
      }
    }
  });

  it('gives up files before words', async () => {
    const { browser, storage, visit } = setUp();
    browser.quota = 1_500;
    const file = csv({ bytes: 'x'.repeat(4_000), name: 'plan.csv' });
    await storage.save(conversation('current', [said('m1', 'See my plan', 'uncertain', file)]));
    const kept = (await visit().storage.load('current'))!;
    expect(kept.messages[0]?.parts).toMatchObject([
      { text: 'See my plan' },
      { file: { size: 3_000, name: 'plan.csv' } },
    ]);
  });

  it('keeps everything again as soon as there is room', async () => {
    const { browser, storage, visit } = setUp();
    const state = conversation('current', [said('m1', 'Hello', 'queued'), answered('m2', long)]);
    browser.quota = 600;
    await storage.save(state);
    expect((await visit().storage.load('current'))?.messages).toHaveLength(1);
    browser.quota = Infinity;
    await storage.save({ ...state, title: 'Now' });
    expect(await visit().storage.load('current')).toEqual({ ...state, title: 'Now' });
    expect(await storage.load('current')).toEqual({ ...state, title: 'Now' });
  });

  it('makes room for a name as for anything else', async () => {
    const { browser, storage, problems, idsLeft } = setUp();
    await storage.save(conversation('old', [answered('m1', long)], { updatedAt: NOW - 1 }));
    await storage.save(conversation('current'));
    browser.quota = sizeOf(browser);
    await storage.rename('current', 'A long name');
    expect(await storage.load('current')).toEqual(conversation('current', undefined, { title: 'A long name' }));
    expect(await idsLeft()).toEqual(['current']);
    expect(problems).toEqual(['made-room']);
  });

  it('that has no room for a name either says so, and is used all the same', async () => {
    const { browser, storage, problems } = setUp();
    await storage.save(conversation('current'));
    browser.quota = sizeOf(browser);
    await storage.rename('current', 'A long name');
    expect(problems).toEqual(['not-kept']);
    expect(await storage.load('current')).toEqual(conversation('current'));
    browser.quota = Infinity;
    await storage.rename('current', 'A long name');
    expect(await storage.load('current')).toEqual(conversation('current', undefined, { title: 'A long name' }));
  });

  it('shows the name of what it could not take', async () => {
    const { browser, storage } = setUp();
    browser.quota = 0;
    await storage.save(conversation('current'));
    await storage.rename('current', 'Named');
    expect((await storage.list()).map(({ title }) => title)).toEqual(['Named']);
    browser.quota = Infinity;
    await storage.save((await storage.load('current'))!);
    expect((await open([() => createWebStore(browser)]).storage.list()).map(({ title }) => title)).toEqual(['Named']);
  });

  it('sets nothing aside, and goes on all the same', async () => {
    const { browser, storage, problems, visit } = setUp();
    await storage.save(conversation('c1', [answered('m1', long), answered('m2', 'Two')]));
    const [key, text] = [...browser.items].find(([each]) => each.includes('message||c1|m1'))!;
    browser.items.set(key, `${text}!`);
    browser.quota = sizeOf(browser);
    const next = visit();
    expect((await next.storage.load('c1'))?.messages.map(({ id }) => id)).toEqual(['m2']);
    expect(next.problems).toEqual(['not-restored']);
    expect(sizeOf(browser)).toBeLessThan(long.length);
    expect((await visit().storage.load('c1'))?.messages.map(({ id }) => id)).toEqual(['m2']);
    expect(problems).toEqual([]);
  });

  it('that has no room at all is as good as none', async () => {
    const { browser, storage, problems } = setUp();
    browser.quota = 0;
    await storage.save(conversation('current'));
    expect(await storage.load('current')).toEqual(conversation('current'));
    expect(browser.items.size).toBe(0);
    expect(problems).toEqual(['not-kept']);
  });
});

describe('a backend that fails', () => {
  it('is left for the next, with everything that is shown', async () => {
    const [first, second] = [createFakeKeyValueStore(), createFakeKeyValueStore()];
    const { storage, problems } = open([() => first, () => second]);
    await storage.setOwner('ann');
    await storage.save(conversation('c1'));
    first.failure = new DOMException('Internal error.', 'UnknownError');
    const state = conversation('c1', [...conversation('c1').messages, said('m3', 'Still there?')]);
    await storage.save(state);
    expect(await storage.load('c1')).toEqual(state);
    expect(problems).toEqual([]);

    const next = open([() => second]).storage;
    await next.setOwner('ann');
    expect(await next.load('c1')).toEqual(state);
  });

  it('is not asked again where there is another: to ask one that hangs takes seconds', async () => {
    const [first, second] = [createFakeKeyValueStore(), createFakeKeyValueStore()];
    const { storage } = open([() => first, () => second]);
    await storage.save(conversation('c1'));
    first.failure = new Error('Out of order.');
    expect(await storage.list()).toEqual([]);
    first.failure = null;
    await storage.save(conversation('c2'));
    expect((await storage.list()).map(({ id }) => id)).toEqual(['c2']);
  });

  it('and is the last is asked again each time, and memory has to do meanwhile', async () => {
    const store = createFakeKeyValueStore();
    const { storage, problems } = open([() => store]);
    const waiting = conversation('c1', [said('m1', 'Hello', 'queued'), said('m2', 'Or not', 'queued')]);
    await storage.save(waiting);
    store.failure = new Error('Out of order.');
    const sent = conversation('c1', [said('m1', 'Hello'), answered('m3', 'Hi!')]);
    await storage.save(sent);
    expect(await storage.load('c1')).toEqual(sent);
    expect(problems).toEqual(['not-kept']);
    store.failure = null;
    await storage.save(sent);
    // What waits there would be sent once more by the next page.
    expect(await open([() => store]).storage.load('c1')).toEqual(sent);
  });

  it('at first, and is the last, is tried again as well', async () => {
    const store = createFakeKeyValueStore();
    store.failure = new Error('Out of order.');
    const { storage, problems } = open([() => store]);
    await storage.setOwner('ann');
    await storage.save(conversation('c1', [said('m1', 'Hello', 'queued')]));
    expect(problems).toEqual(['not-kept']);
    store.failure = null;
    await storage.save(conversation('c1'));
    const next = open([() => store]).storage;
    await next.setOwner('ann');
    expect(await next.load('c1')).toEqual(conversation('c1'));
  });

  it.each(['setOwner', 'load', 'save', 'list', 'remove', 'clear'] as const)(
    'at %s is no trouble of the caller',
    async (verb) => {
      const store = createFakeKeyValueStore();
      store.failure = new Error('Out of order.');
      const refusing = () => {
        throw new Error('There is none.');
      };
      const { storage, problems } = open([refusing, () => store]);
      const calls = {
        ...{ setOwner: () => storage.setOwner('ann'), load: () => storage.load('c1'), list: () => storage.list() },
        ...{
          save: () => storage.save(conversation('c1')),
          remove: () => storage.remove('c1'),
          clear: () => storage.clear(),
        },
      };
      const results = {
        setOwner: undefined,
        load: null,
        save: undefined,
        list: [],
        remove: undefined,
        clear: undefined,
      };
      expect(await calls[verb]()).toEqual(results[verb]);
      expect(problems).toEqual(['not-kept']);
    },
  );

  it('does not bring back the person before', async () => {
    const [first, second] = [createFakeKeyValueStore(), createFakeKeyValueStore()];
    await open([() => second]).storage.save(conversation("nobody's"));
    const { storage } = open([() => first, () => second]);
    await storage.setOwner('ann');
    first.failure = new Error('Out of order.');
    expect(await storage.list()).toEqual([]);
    expect(second.items.size).toBe(0);
  });
});

describe('after the time to keep has passed', () => {
  const visits = async (now: number) => {
    const store = createFakeKeyValueStore();
    const first = open([() => store]).storage;
    await first.setOwner('ann');
    await first.save(conversation('ann 31', [said('m1', 'Hello', 'queued')], { updatedAt: NOW - DAY_MS }));
    await first.save(conversation('ann 30', undefined, { updatedAt: NOW }));
    await first.setOwner(null);
    await first.save(conversation('anonymous 31', undefined, { updatedAt: NOW - DAY_MS }));
    const later = open([() => store], now).storage;
    return { store, later };
  };

  it('conversations are gone at the first use, whosever they are', async () => {
    const { store, later } = await visits(NOW + 30 * DAY_MS);
    expect(store.items.size).toBe(8);
    expect(await later.list()).toEqual([]);
    expect(store.items.size).toBe(3);
    await later.setOwner('ann');
    expect((await later.list()).map(({ id }) => id)).toEqual(['ann 30']);
  });

  it('and not before', async () => {
    const { store, later } = await visits(NOW + 29 * DAY_MS);
    await later.list();
    expect(store.items.size).toBe(8);
  });

  it('what was set aside is gone too, and messages and names that belong to nothing', async () => {
    const { store, later } = await visits(NOW);
    for (const key of store.items.keys()) if (key.includes('conversation')) store.items.set(key, 'nonsense');
    await later.list();
    await later.setOwner('ann');
    await later.list();
    expect([...store.items.keys()].filter((key) => key.includes('unreadable'))).toHaveLength(5);
    store.items.set('test|message|x|y|z|', 'orphan');
    store.items.set('test|title|x|y|', 'orphan');
    await open([() => store], NOW + 31 * DAY_MS).storage.list();
    expect(store.items.size).toBe(0);
  });
});
