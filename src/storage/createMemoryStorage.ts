import type { ConversationStorage, ConversationSummary, SavedConversation } from '../core/conversationStorage.js';
import { beginningOf } from './beginningOf.js';
import { createDrafts } from './createDrafts.js';
import { newestFirst } from './newestFirst.js';

/** Keeps conversations as long as the page lives: for tests, for hosts that want nothing to stay behind, and for where nothing else works. */
export function createMemoryStorage(): ConversationStorage {
  const owners = new Map<string | null, Map<string, SavedConversation>>();
  const drafts = createDrafts([], () => null);
  let owner: string | null = null;

  function mine(): Map<string, SavedConversation> {
    const found = owners.get(owner) ?? new Map<string, SavedConversation>();
    owners.set(owner, found);
    return found;
  }

  return {
    setOwner(next) {
      owner = next;
      drafts.setOwner(next);
      if (next === null) return done;
      const kept = mine();
      owners.clear();
      owners.set(next, kept);
      return done;
    },
    load: (id) => Promise.resolve(mine().get(id) ?? null),
    save(conversation) {
      const title = mine().get(conversation.id)?.title;
      mine().set(conversation.id, title == null ? conversation : { ...conversation, title });
      return done;
    },
    rename(id, title) {
      const kept = mine().get(id);
      if (kept) mine().set(id, { ...kept, title });
      return done;
    },
    list: () => Promise.resolve(Array.from(mine().values(), toSummary).sort(newestFirst)),
    remove(id) {
      mine().delete(id);
      drafts.write(id, '');
      return done;
    },
    clear() {
      owners.clear();
      drafts.clear();
      return done;
    },
    readDraft: drafts.read,
    draftIds: drafts.ids,
    writeDraft: drafts.write,
    onProblem: () => () => undefined,
  };
}

const done = Promise.resolve();

function toSummary({ id, title, createdAt, updatedAt, messages }: SavedConversation): ConversationSummary {
  return { id, title: title || beginningOf(messages), createdAt, updatedAt };
}
