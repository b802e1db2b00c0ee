import type { ConversationState } from './conversationState.js';
import type { ConversationStorage } from './conversationStorage.js';

/** What is being written in the conversations of one page. */
export interface Writing {
  /** In the conversation that is shown. */
  read(): string;
  write(draft: string): void;
  /** Another conversation is about to take the place of the one that is shown. */
  leave(): void;
  /** @returns the name of a new conversation. */
  beginAnew(): string;
  /** @returns the name of the one in which something is being written and nothing was said yet, or else of a new one. It is in no list: who begins anew would not find it again. */
  goOn(): string;
}

/** @param isGiven - whether the page has named the conversation that is shown first. */
export function createWriting({ storage, getState, createId, isGiven }: WritingOptions): Writing {
  let owner: string | null = null;
  /** The last conversation of this page's in which nothing was said yet. */
  let unsaid = isGiven ? null : getState().conversationId;

  /** Conversations are looked for later. Until then the storage would take a known visitor for nobody: she would write over the draft that she has not seen, and see what nobody left behind. */
  function drafts(): ConversationStorage | undefined {
    const next = getState().identity?.id ?? null;
    if (next !== owner) void storage?.setOwner((owner = next));
    return storage;
  }

  function beginAnew(): string {
    return (unsaid = createId());
  }

  return {
    read: () => drafts()?.readDraft(getState().conversationId) ?? '',
    write: (draft) => drafts()?.writeDraft(getState().conversationId, draft),
    leave() {
      const { conversationId, messages, isRestoring } = getState();
      if (messages.length === 0) unsaid = isRestoring ? unsaid : conversationId;
      else if (unsaid === conversationId) unsaid = null;
    },
    beginAnew,
    goOn: () => (unsaid && drafts()?.readDraft(unsaid) !== '' ? unsaid : beginAnew()),
  };
}

export interface WritingOptions {
  readonly storage: ConversationStorage | undefined;
  getState(): ConversationState;
  createId(): string;
  readonly isGiven: boolean;
}
