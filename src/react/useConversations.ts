import { useEffect, useMemo, useState } from 'react';
import type { Conversation } from '../core/conversation.js';
import type { ConversationSummary } from '../core/conversationStorage.js';
import { useSelectorOf } from './useConversationSelector.js';

/** The visitor's conversations with one agent, and what can be done with them. */
export interface Conversations {
  /** The newest first; `null` until they have been read, empty where nothing is kept. */
  readonly conversations: readonly ConversationSummary[] | null;
  /** The one that is shown. As long as nothing was said in it, it is not in the list. */
  readonly currentId: string;
  /** Begins a new one, and shows it. What runs in the one that was shown is ended. */
  create(): void;
  /** Shows another one. What runs in the one that was shown goes on. */
  open(id: string): void;
  /** Gives one a name of the visitor's own. Resolves once it is kept. */
  rename(id: string, title: string): Promise<void>;
  /** Removes one for good; the one that is shown is ended, and a new one begun. */
  remove(id: string): Promise<void>;
}

/** Hooks that show the same list, so that each hears what another one changed. */
const readers = new WeakMap<Conversation, Set<() => void>>();

/**
 * The list of the visitor's conversations. Read anew when something is said, renamed or removed on this page or in a tab that shows the same conversation, and when the page is
 * looked at again. Never rejects where nothing is kept: the list is empty then.
 *
 * @param conversation - of `useAgentConversation`, or of `useConversation` below a provider.
 *
 * @example
 * const { conversation } = useAgentConversation({ url: '/api/agent-chat', agent: 'support' });
 * const { conversations, open, remove } = useConversations(conversation);
 */
export function useConversations(conversation: Conversation): Conversations {
  const currentId = useSelectorOf(conversation, (state) => state.conversationId);
  const messageIds = useSelectorOf(conversation, (state) => state.messageIds);
  const [conversations, setConversations] = useState<readonly ConversationSummary[] | null>(null);

  useEffect(() => {
    let newest = 0;
    async function read(): Promise<void> {
      const mine = (newest += 1);
      const isStale = (): boolean => mine !== newest;
      await conversation.keep(); // what was said a moment ago may not be kept yet
      const listed = isStale() ? [] : await conversation.list();
      if (!isStale()) setConversations((before) => (isSameList(before, listed) ? before : listed));
    }
    const handleLook = (): void => {
      if (document.visibilityState === 'visible') handleChange();
    };
    const handleChange = (): void => void read();
    const others = readers.get(conversation) ?? new Set();
    readers.set(conversation, others.add(handleChange));
    document.addEventListener('visibilitychange', handleLook);
    handleChange();
    return () => {
      newest = -1;
      others.delete(handleChange);
      document.removeEventListener('visibilitychange', handleLook);
    };
  }, [conversation, currentId, messageIds]);

  return useMemo(() => {
    const tell = (): void => readers.get(conversation)?.forEach((read) => read());
    return {
      conversations,
      currentId,
      create: conversation.reset,
      open: conversation.open,
      rename: (id, title) => conversation.rename(id, title).then(tell),
      remove: (id) => conversation.remove(id).then(tell),
    };
  }, [conversation, conversations, currentId]);
}

function isSameList(before: readonly ConversationSummary[] | null, after: readonly ConversationSummary[]): boolean {
  return before !== null && JSON.stringify(before) === JSON.stringify(after);
}
