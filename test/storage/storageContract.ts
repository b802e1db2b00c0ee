import { describe, expect, it } from 'vitest';
import type { ConversationStorage } from '../../src/core/conversationStorage.js';
import { answered, conversation, everything, NOW, said } from './conversations.js';

/**
 * What every storage promises.
 *
 * @param visit - opens the storage, as every page does: the second time it is the next page of the same browser.
 * @param outlives - whether the next page finds what this one kept.
 */
export function storageContract(setUp: () => { visit(): ConversationStorage; readonly outlives: boolean }): void {
  const idsOf = async (storage: ConversationStorage) => (await storage.list()).map(({ id }) => id);

  it('is empty at first', async () => {
    const storage = setUp().visit();
    expect(await storage.load('c1')).toBeNull();
    expect(await storage.list()).toEqual([]);
    expect(storage.readDraft('c1')).toBe('');
  });

  it('gives back what it was given, in all its kinds', async () => {
    const storage = setUp().visit();
    await storage.save(everything);
    const loaded = await storage.load('everything');
    expect(loaded).toEqual(everything);
    expect(loaded?.messages[2]?.error).toMatchObject({ ...everything.messages[2]!.error, message: 'Too many.' });
  });

  it('what was saved is there for the next page, if it is to be', async () => {
    const { visit, outlives } = setUp();
    await visit().save(everything);
    const next = visit();
    expect(await next.load('everything')).toEqual(outlives ? everything : null);
    expect(await idsOf(next)).toEqual(outlives ? ['everything'] : []);
  });

  it('keeps the newest state, whatever has changed', async () => {
    const { visit, outlives } = setUp();
    const storage = visit();
    const [m1, m2, m3] = [said('m1', 'One'), answered('m2', 'Two'), said('m3', 'Three')];
    const states = [[m1], [m1, m2, m3], [{ ...m1, editedAs: 'm3' }, m3, m2], [m3, answered('m4', 'Four')]];
    for (const [index, messages] of states.entries()) {
      const state = conversation('c1', messages, { updatedAt: NOW + index, taskId: `task-${index}` });
      await storage.save(state);
      expect(await storage.load('c1')).toEqual(state);
      if (outlives) expect(await visit().load('c1')).toEqual(state);
    }
  });

  it('lists the newest first, by their names or by how they begin', async () => {
    const storage = setUp().visit();
    await storage.save(conversation('old', [said('m1', '  Where\n is my order?  ')], { updatedAt: NOW - 1 }));
    await storage.save(conversation('new', [said('m1', '👋'.repeat(100))], { updatedAt: NOW + 1 }));
    await storage.save(conversation('named', [said('m1', 'Hello')], { title: 'Greeting' }));
    expect(await storage.list()).toEqual([
      { id: 'new', title: `${'👋'.repeat(79)}…`, createdAt: NOW, updatedAt: NOW + 1 },
      { id: 'named', title: 'Greeting', createdAt: NOW, updatedAt: NOW },
      { id: 'old', title: 'Where is my order?', createdAt: NOW, updatedAt: NOW - 1 },
    ]);
  });

  it('calls a conversation what its visitor called it last, whatever else is written of it', async () => {
    const { visit, outlives } = setUp();
    const storage = visit();
    const other = outlives ? visit() : storage;
    await storage.save(conversation('c1'));
    await other.rename('c1', 'Mine');
    await storage.save(conversation('c1', [said('m1', 'Hello'), said('m2', 'Again')], { taskId: 't2' }));
    const kept = conversation('c1', [said('m1', 'Hello'), said('m2', 'Again')], { taskId: 't2', title: 'Mine' });
    expect(await storage.load('c1')).toEqual(kept);
    await storage.rename('c1', 'Still mine');
    for (const page of [storage, other]) {
      expect(await page.load('c1')).toEqual({ ...kept, title: 'Still mine' });
      expect((await page.list()).map(({ title }) => title)).toEqual(['Still mine']);
    }
  });

  it('names nothing that is not kept', async () => {
    const storage = setUp().visit();
    await storage.rename('c1', 'Mine');
    expect(await storage.load('c1')).toBeNull();
    expect(await storage.list()).toEqual([]);
  });

  it('names a conversation without words by its file, and is never at a loss', async () => {
    const storage = setUp().visit();
    const file = { kind: 'file', partId: 'f', file: { uri: 'https://x.example/a', name: 'plan.csv' } } as const;
    await storage.save(conversation('file', [{ ...said('m1', ''), parts: [file] }]));
    await storage.save(conversation('blank', [{ ...said('m1', ''), parts: [] }]));
    expect((await storage.list()).map(({ title }) => title)).toEqual(['plan.csv', '…']);
  });

  it('removes a conversation with its draft, and no other', async () => {
    const { visit } = setUp();
    const storage = visit();
    for (const id of ['c1', 'c10']) {
      await storage.save(conversation(id));
      storage.writeDraft(id, `to ${id}`);
    }
    await storage.remove('c1');
    await storage.remove('never there');
    for (const page of [storage, visit()]) {
      expect(await page.load('c1')).toBeNull();
      expect(page.readDraft('c1')).toBe('');
    }
    expect(await storage.load('c10')).toEqual(conversation('c10'));
    expect(storage.readDraft('c10')).toBe('to c10');
  });

  it('what was removed and is saved again is whole', async () => {
    const storage = setUp().visit();
    const saved = conversation('c1');
    await storage.save(saved);
    await storage.remove('c1');
    await storage.save(saved);
    expect(await storage.load('c1')).toEqual(saved);
  });

  it.each(['', '|', 'a|b', 'a%7Cb', '__proto__', 'constructor', 'ключ 🔑', '\uffff'])(
    'takes %j for an id',
    async (id) => {
      const { visit, outlives } = setUp();
      const storage = visit();
      const saved = conversation(id, [said(id, 'Hello'), said('m2', 'again')]);
      await storage.save(conversation('a'));
      await storage.save(saved);
      storage.writeDraft(id, 'draft');
      await storage.remove('a');
      const page = outlives ? visit() : storage;
      expect(await page.load(id)).toEqual(saved);
      expect(await idsOf(page)).toEqual([id]);
      expect(page.readDraft(id)).toBe('draft');
      await page.remove(id);
      expect(await idsOf(page)).toEqual([]);
    },
  );

  it('calls take effect in the order in which they were made', async () => {
    const storage = setUp().visit();
    const done: string[] = [];
    const note = (what: string) => () => void done.push(what);
    const calls = [
      storage.setOwner('ann').then(note('owner')),
      storage.save(conversation('c1', [said('m1', 'first')])).then(note('save')),
      storage.save(conversation('c1', [said('m1', 'second')])).then(note('save again')),
      storage.save(conversation('c2')).then(note('save another')),
      storage.remove('c2').then(note('remove')),
      storage.load('c1').then((loaded) => done.push(JSON.stringify(loaded?.messages[0]?.parts[0]))),
      storage.list().then((list) => done.push(list.map(({ id }) => id).join())),
    ];
    await Promise.all(calls);
    const text = JSON.stringify({ kind: 'text', partId: 'text_0', text: 'second', state: 'done' });
    expect(done).toEqual(['owner', 'save', 'save again', 'save another', 'remove', text, 'c1']);
  });

  describe('of several people', () => {
    it('shows nobody what was said by somebody, and keeps it for them', async () => {
      const storage = setUp().visit();
      await storage.setOwner('ann');
      await storage.save(conversation('c1'));
      await storage.setOwner(null);
      expect(await storage.load('c1')).toBeNull();
      expect(await storage.list()).toEqual([]);
      await storage.save(conversation('anonymous'));
      expect(await idsOf(storage)).toEqual(['anonymous']);
      await storage.setOwner('ann');
      expect(await idsOf(storage)).toEqual(['c1']);
      expect(await storage.load('anonymous')).toBeNull();
      await storage.setOwner(null);
      expect(await storage.list()).toEqual([]); // removed, when somebody was there
    });

    it("removes everybody else's for good", async () => {
      const { visit } = setUp();
      const storage = visit();
      await storage.setOwner('ann');
      await storage.save(conversation('c1'));
      await storage.setOwner('bob');
      expect(await storage.load('c1')).toBeNull();
      await storage.save(conversation('c2'));
      for (const page of [storage, visit()]) {
        await page.setOwner('ann');
        expect(await page.list()).toEqual([]);
        await page.setOwner('bob');
        expect(await page.list()).toEqual([]);
      }
    });

    it('asks for the same person again without harm', async () => {
      const storage = setUp().visit();
      await storage.setOwner('ann');
      await storage.save(conversation('c1'));
      await storage.setOwner('ann');
      await storage.save(conversation('c1', [said('m9', 'Other')]));
      expect(await storage.load('c1')).toEqual(conversation('c1', [said('m9', 'Other')]));
    });

    it('saves for the next person what was said before they were known', async () => {
      const storage = setUp().visit();
      const saved = conversation('c1');
      await storage.save(saved);
      await storage.setOwner('ann');
      await storage.save(saved);
      expect(await storage.load('c1')).toEqual(saved);
    });

    it('clears them all', async () => {
      const { visit } = setUp();
      const storage = visit();
      await storage.save(conversation('c1'));
      storage.writeDraft('c1', 'draft');
      await storage.clear();
      for (const page of [storage, visit()]) {
        expect(await page.list()).toEqual([]);
        expect(page.readDraft('c1')).toBe('');
      }
      await storage.save(conversation('c1'));
      expect(await idsOf(storage)).toEqual(['c1']);
    });
  });

  describe('a draft', () => {
    it('is there at once, for its conversation, until it is emptied', () => {
      const storage = setUp().visit();
      storage.writeDraft('c1', 'Dear');
      storage.writeDraft('c1', 'Dear all');
      storage.writeDraft('c2', 'Other');
      expect(storage.readDraft('c1')).toBe('Dear all');
      storage.writeDraft('c1', '');
      expect(storage.readDraft('c1')).toBe('');
      expect(storage.readDraft('c2')).toBe('Other');
    });

    it("is its owner's, and begun before somebody was known it is theirs", async () => {
      const { visit } = setUp();
      const storage = visit();
      storage.writeDraft('c1', 'Dear');
      await storage.setOwner('ann');
      expect(storage.readDraft('c1')).toBe('Dear');
      await storage.setOwner(null);
      expect(storage.readDraft('c1')).toBe('');
      await storage.setOwner('bob');
      expect(storage.readDraft('c1')).toBe('');
      const next = visit();
      await next.setOwner('ann');
      expect(next.readDraft('c1')).toBe('');
    });
  });
}
