import { describe, expect, it } from 'vitest';
import type { StorageProblem } from '../../src/core/conversationStorage.js';
import { CONVERSATION } from '../../src/storage/conversationRecord.js';
import { createRecords, type RecordsOptions } from '../../src/storage/createRecords.js';
import { MESSAGE } from '../../src/storage/messageRecord.js';
import { createRecordKeys } from '../../src/storage/recordKeys.js';
import { sealRecord } from '../../src/storage/sealRecord.js';
import { answered, conversation, csv, NOW, said } from './conversations.js';
import { createFakeKeyValueStore } from './fakeKeyValueStore.js';

const keys = createRecordKeys(['test']);

function setUp(kinds?: RecordsOptions['kinds']) {
  const store = createFakeKeyValueStore();
  const problems: StorageProblem[] = [];
  const report = (problem: StorageProblem) => void problems.push(problem);
  const openTab = () => createRecords({ store, keys, report, now: () => NOW, ...(kinds && { kinds }) });
  const putsSince = (count: number) =>
    store.puts.slice(count).map((puts) => puts.map((key) => keys.pathOf(key).slice(1)));
  return { store, problems, openTab, putsSince, records: openTab() };
}

const longTalk = Array.from({ length: 1_000 }, (_, index) => answered(`m${index}`, `Answer ${index}`));

describe('a save writes what has changed', () => {
  it('one message of a thousand, and the conversation', async () => {
    const { records, store, putsSince, openTab } = setUp();
    await records.save(conversation('c1', longTalk));
    expect(store.puts[0]).toHaveLength(1_001);
    const changed = longTalk.with(400, answered('m400', 'Better'));
    await records.save(conversation('c1', changed));
    expect(putsSince(1)).toEqual([[['c1'], ['c1', 'm400']]]);

    const next = openTab();
    expect(await next.load('c1')).toEqual(conversation('c1', changed));
    const loaded = (await next.load('c1'))!;
    await next.save({ ...loaded, messages: [...loaded.messages, said('m1000', 'And?')] });
    expect(putsSince(2)).toEqual([[['c1'], ['c1', 'm1000']]]);
  });

  it('and takes away what is gone', async () => {
    const { records, store } = setUp();
    await records.save(conversation('c1', [said('m1', 'One'), said('m2', 'Two')]));
    await records.save(conversation('c1', [said('m2', 'Two, better')]));
    expect([...store.items.keys()]).toEqual([keys.conversation('', 'c1'), keys.message('', 'c1', 'm2')]);
  });

  it('everything, where everything was deleted behind its back', async () => {
    const { records, store } = setUp();
    const saved = conversation('c1');
    await records.save(saved);
    store.items.clear();
    await records.save(saved);
    expect(await records.load('c1')).toEqual(saved);
  });

  it('again, after it was refused', async () => {
    const { records, store, openTab } = setUp();
    const saved = conversation('c1');
    store.failure = new Error('Out of order.');
    await expect(records.save(saved)).rejects.toThrow('Out of order.');
    store.failure = null;
    await records.save(saved);
    expect(await openTab().load('c1')).toEqual(saved);
  });
});

describe('another tab with the same conversation', () => {
  const [m1, m2] = [said('m1', 'One'), answered('m2', 'Two')];

  it('loses nothing that this one adds', async () => {
    const { records, openTab } = setUp();
    await records.save(conversation('c1', [m1, m2]));
    const other = openTab();
    await other.load('c1');
    await records.save(conversation('c1', [m1, m2, said('m3', 'Here')]));
    await other.save(conversation('c1', [m1, m2, said('m4', 'There')]));
    await records.save(conversation('c1', [m1, m2, said('m3', 'Here')]));
    const kept = await openTab().load('c1');
    expect(kept?.messages.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  it('does not put an older state over a newer one', async () => {
    const { records, openTab } = setUp();
    await records.save(conversation('c1', [m1, m2]));
    const other = openTab();
    const stale = (await other.load('c1'))!;
    await records.save(conversation('c1', [m1, answered('m2', 'Two, and more')]));
    await other.save({ ...stale, taskId: 't2' });
    const kept = await openTab().load('c1');
    expect(kept).toEqual(conversation('c1', [m1, answered('m2', 'Two, and more')], { taskId: 't2' }));
  });

  it('names it without touching anything that this one knows better', async () => {
    const { records, openTab, store } = setUp();
    await records.save(conversation('c1', [said('m1', 'One', 'queued')]));
    const other = openTab();
    await other.load('c1');
    await records.save(conversation('c1', [m1], { taskId: 't2' }));
    const before = store.puts.length;
    await other.rename('c1', 'Named');
    await records.save(conversation('c1', [m1, m2], { taskId: 't2' }));
    expect(store.puts.slice(before)).toEqual([
      [keys.title('', 'c1')],
      [keys.conversation('', 'c1'), keys.message('', 'c1', 'm2')],
    ]);
    expect(await openTab().load('c1')).toEqual(conversation('c1', [m1, m2], { title: 'Named', taskId: 't2' }));
  });

  it('names it while this one is writing it', async () => {
    const { records, openTab } = setUp();
    await records.save(conversation('c1', [m1]));
    const other = openTab();
    await Promise.all([records.save(conversation('c1', [m1, m2])), other.rename('c1', 'Named')]);
    await Promise.all([other.rename('c1', 'Renamed'), records.save(conversation('c1', [m1, m2, said('m3', 'Here')]))]);
    expect(await openTab().load('c1')).toEqual(conversation('c1', [m1, m2, said('m3', 'Here')], { title: 'Renamed' }));
  });

  it('takes its name along, where it is removed', async () => {
    const { records, openTab, store } = setUp();
    await records.save(conversation('c1', [m1]));
    await openTab().rename('c1', 'Named');
    await records.remove('c1');
    expect(store.items.size).toBe(0);
  });

  it('whose name cannot be read goes by its beginning', async () => {
    const { records, store } = setUp();
    await records.save(conversation('c1', [said('m1', 'One')]));
    await records.rename('c1', 'Named');
    store.items.set(keys.title('', 'c1'), 'nonsense');
    expect((await records.list()).map(({ title }) => title)).toEqual(['One']);
    expect(await records.load('c1')).toEqual(conversation('c1', [said('m1', 'One')]));
  });

  it('drops what is dropped here', async () => {
    const { records, openTab } = setUp();
    await records.save(conversation('c1', [m1, m2]));
    const other = openTab();
    await other.load('c1');
    await records.save(conversation('c1', [m1, m2], { title: 'Named' }));
    await other.save(conversation('c1', [m2]));
    expect((await openTab().load('c1'))?.messages).toEqual([m2]);
  });
});

describe('what cannot be read', () => {
  it('a message: is set aside, told of once, and the rest is shown', async () => {
    const { records, store, problems, openTab } = setUp();
    await records.save(conversation('c1'));
    const key = keys.message('', 'c1', 'm1');
    store.items.set(key, `${store.items.get(key)!}!`);
    expect((await openTab().load('c1'))?.messages).toEqual([answered('m2', 'Hi!')]);
    expect(problems).toEqual(['not-restored']);
    expect(store.items.get(keys.unreadable('', String(NOW), key))).toContain('Hello');
    expect(store.items.has(key)).toBe(false);

    expect((await openTab().load('c1'))?.messages).toEqual([answered('m2', 'Hi!')]);
    expect(problems).toEqual(['not-restored']);
  });

  it('a conversation: is set aside with its messages, and its place is free', async () => {
    const { records, store, problems, openTab } = setUp();
    await records.save(conversation('c1'));
    await records.save(conversation('c2'));
    store.items.set(keys.conversation('', 'c1'), 'nonsense');
    expect((await openTab().list()).map(({ id }) => id)).toEqual(['c2']);
    expect(problems).toEqual(['not-restored']);
    expect([...store.items.keys()].filter((key) => key.startsWith(keys.unreadable()))).toHaveLength(3);
    expect(await openTab().load('c1')).toBeNull();
    await records.save(conversation('c1', [said('m9', 'Anew')]));
    expect((await openTab().load('c1'))?.messages).toEqual([said('m9', 'Anew')]);
  });

  it('a record that tries to become a prototype: loses that, and only that', async () => {
    const { store, openTab } = setUp();
    const evil = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as Record<string, unknown>;
    const call = { kind: 'tool_call', partId: 'c', toolCallId: 'c', executor: 'server', state: 'done' } as const;
    const parts = [
      { ...call, arguments: evil, result: [evil] },
      { kind: 'data', partId: 'd', data: evil },
    ] as const;
    await openTab().save(conversation('c1', [answered('m1', '', { parts })]));
    expect(JSON.stringify([...store.items])).toContain('__proto__');
    const loaded = (await openTab().load('c1'))!;
    const harmless = { constructor: 1 };
    expect(JSON.stringify(loaded.messages[0]?.parts)).toBe(
      JSON.stringify([
        {
          kind: 'tool_call',
          partId: 'c',
          toolCallId: 'c',
          arguments: harmless,
          executor: 'server',
          state: 'done',
          result: [harmless],
        },
        { kind: 'data', partId: 'd', data: harmless },
      ]),
    );
  });

  it('is removed with its owner, and by clearing', async () => {
    const { records, store } = setUp();
    const damage = async (owner: string) => {
      await records.setOwner(owner);
      await records.save(conversation('c1'));
      store.items.set(keys.conversation(owner, 'c1'), 'nonsense');
      await records.load('c1');
    };
    await damage('ann');
    expect(store.items.size).toBe(3);
    await records.setOwner('bob');
    expect(store.items.size).toBe(0);
    await damage('bob');
    await records.clear();
    expect(store.items.size).toBe(0);
  });
});

describe('an older version', () => {
  // As if records had once been `{ name, said }` and texts.
  const kinds: RecordsOptions['kinds'] = {
    conversation: {
      ...CONVERSATION,
      migrations: {
        0: (record) => {
          const { name, said: messageIds } = record as { name: string; said: string[] };
          const rest = { beginning: '', hasUndelivered: false, revision: '0', createdAt: NOW, updatedAt: NOW };
          return { id: name, title: name, taskId: null, run: null, messageIds, ...rest };
        },
      },
    },
    message: { ...MESSAGE, migrations: { 0: (text) => answered('m1', String(text)) } },
  };
  const plant = (items: Map<string, string>) => {
    const plantAt = (key: string, value: unknown) => items.set(key, sealRecord(key, value, 0));
    plantAt(keys.conversation('', 'c0'), { name: 'c0', said: ['m1'] });
    plantAt(keys.message('', 'c0', 'm1'), 'Hello from before');
  };

  it('is understood, listed, and written as the new one', async () => {
    const { store, records, problems, openTab } = setUp(kinds);
    plant(store.items);
    expect((await records.list()).map(({ title }) => title)).toEqual(['c0']);
    const loaded = (await records.load('c0'))!;
    expect(loaded.messages).toEqual([answered('m1', 'Hello from before')]);
    await records.save({ ...loaded, messages: [answered('m1', 'Hello again')] });
    for (const text of store.items.values()) expect(text).toMatch(/^[0-9a-f]{1,8}\|1\|/);
    expect((await openTab().load('c0'))?.messages).toEqual([answered('m1', 'Hello again')]);
    expect(problems).toEqual([]);
  });

  it('that there never was is set aside', async () => {
    const { store, records, problems } = setUp();
    plant(store.items);
    expect(await records.load('c0')).toBeNull();
    expect(problems).toEqual(['not-restored']);
  });
});

describe('a newer version', () => {
  async function plantNewer(change: (record: object) => unknown) {
    const before = setUp();
    await before.records.save(conversation('c1'));
    for (const [key, text] of before.store.items) {
      const record = JSON.parse(text.split('|').slice(2).join('|')) as object;
      before.store.items.set(key, sealRecord(key, change(record), 2));
    }
    return { ...before, texts: new Map(before.store.items) };
  }

  it('is shown as far as it is understood, and not written to', async () => {
    const { records, store, texts, problems } = await plantNewer((record) => ({ ...record, mood: 'good' }));
    expect(await records.load('c1')).toEqual(conversation('c1'));
    expect(await records.list()).toHaveLength(1);
    expect(await records.save(conversation('c1', [said('m9', 'Mine')]))).toBe(false);
    expect(await records.makeRoom('c2')).toBe(false);
    expect(store.items).toEqual(texts);
    expect(new Set(problems)).toEqual(new Set(['newer-version']));
  });

  it('is left alone where it is not', async () => {
    const { records, store, texts, problems } = await plantNewer(() => ['all', 'new']);
    expect(await records.load('c1')).toBeNull();
    expect(await records.list()).toEqual([]);
    expect(await records.save(conversation('c1', []))).toBe(false);
    expect(store.items).toEqual(texts);
    expect(new Set(problems)).toEqual(new Set(['newer-version']));
  });

  it('goes when the visitor says so', async () => {
    const { records, store } = await plantNewer((record) => record);
    await records.remove('c1');
    expect(store.items.size).toBe(0);
  });
});

describe('files', () => {
  const kept = async (...messages: Parameters<typeof conversation>[1] & object) => {
    const { records, store, openTab } = setUp();
    await records.save(conversation('c1', messages));
    const loaded = (await openTab().load('c1'))!;
    return { loaded, texts: [...store.items.values()].join(), records, store };
  };
  const bytes = btoa('a;b\n'.repeat(100));
  const file = csv({ bytes, mimeType: 'text/csv', name: 'plan.csv' });

  it.each(['queued', 'sending', 'failed', 'uncertain'] as const)(
    'stay whole as long as a message is %s',
    async (delivery) => {
      const { loaded } = await kept(said('m1', 'See', delivery, file));
      expect(loaded.messages[0]?.parts[1]).toEqual(file);
    },
  );

  it('are known by name, type and size once they are delivered, and where the agent made them', async () => {
    const { loaded, texts } = await kept(said('m1', 'See', 'sent', file), answered('m2', '', { parts: [file] }));
    const known = csv({ size: 400, mimeType: 'text/csv', name: 'plan.csv' });
    expect(loaded.messages.map(({ parts }) => parts.at(-1))).toEqual([known, known]);
    expect(texts).not.toContain(bytes);
  });

  it('go from what is kept with the delivery', async () => {
    const { records, store } = await kept(said('m1', 'See', 'sending', file));
    await records.save(conversation('c1', [said('m1', 'See', 'sent', file)]));
    expect([...store.items.values()].join()).not.toContain(bytes);
  });

  it('that are too large to keep hold their message back, because it must not leave without them', async () => {
    const large = csv({ bytes: 'x'.repeat(11 * 1024 * 1024), name: 'film.mp4' });
    const { loaded } = await kept(said('m1', 'See', 'queued', large), said('m2', 'See', 'uncertain', large));
    const known = csv({ size: Math.floor((11 * 1024 * 1024 * 3) / 4), name: 'film.mp4' });
    expect(loaded.messages).toMatchObject([
      { delivery: 'failed', error: { code: 'too_large', processed: 'no' }, parts: [{}, known] },
      { delivery: 'uncertain', error: null, parts: [{}, known] },
    ]);
  });
});

it('a result that JSON has no words for costs itself, not the message', async () => {
  const { records, openTab } = setUp();
  const call = {
    kind: 'tool_call',
    partId: 'c',
    toolCallId: 'c',
    arguments: {},
    executor: 'client',
    state: 'done',
  } as const;
  const text = { kind: 'text', partId: 'p1', text: 'So.', state: 'done' } as const;
  await records.save(conversation('c1', [answered('m2', '', { parts: [text, { ...call, result: 10n }] })]));
  const loaded = await openTab().load('c1');
  expect(loaded?.messages[0]?.parts).toEqual([text, { kind: 'unknown', partId: 'c', originalKind: 'tool_call' }]);
});
