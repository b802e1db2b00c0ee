import type { ConversationStorage, SavedConversation } from '../../src/core/conversationStorage.js';

export interface FakeStorage extends ConversationStorage {
  /** What is kept, by id. The test may put something there before. */
  readonly kept: Map<string, SavedConversation>;
  /** What was called, in order. */
  readonly calls: readonly string[];
  /** Holds every answer back until `release`. */
  hold(): void;
  release(): void;
}

/** A storage that the test looks into. Like a real one it copies, and knows one owner at a time. */
export function createFakeStorage(): FakeStorage {
  const kept = new Map<string, SavedConversation>();
  const drafts = new Map<string, string>();
  const calls: string[] = [];
  let owner: string | null = null;
  let held = Promise.resolve();
  let release = (): void => undefined;
  const answer = async <T>(call: string, act: () => T): Promise<T> => {
    calls.push(call);
    await held;
    return act();
  };
  return {
    kept,
    calls,
    hold: () => void (held = new Promise((resolve) => (release = resolve))),
    release: () => release(),
    setOwner: (next) =>
      answer(`setOwner ${next}`, () => {
        if (next !== null && next !== owner) kept.clear();
        owner = next;
      }),
    load: (id) => answer(`load ${id}`, () => kept.get(id) ?? null),
    save: (conversation) =>
      answer(`save ${conversation.id}`, () => {
        const title = kept.get(conversation.id)?.title ?? conversation.title;
        kept.set(conversation.id, { ...conversation, title });
      }),
    rename: (id, title) =>
      answer(`rename ${id}`, () => {
        const saved = kept.get(id);
        if (saved) kept.set(id, { ...saved, title });
      }),
    list: () =>
      answer('list', () =>
        [...kept.values()]
          .sort((a, b) => b.updatedAt - a.updatedAt)
          .map(({ id, title, createdAt, updatedAt }) => ({ id, title: title ?? 'Untitled', createdAt, updatedAt })),
      ),
    remove: (id) => answer(`remove ${id}`, () => void kept.delete(id)),
    clear: () => answer('clear', () => kept.clear()),
    readDraft: (id) => drafts.get(id) ?? '',
    writeDraft: (id, draft) => void drafts.set(id, draft),
    onProblem: () => () => undefined,
  };
}
