import { useCallback, useEffect, useState } from 'react';
import type { ConversationSummary } from '../core/conversationStorage.js';
import { useConversation } from '../react/AgentConversationProvider.js';
import { useConversationSelector } from '../react/useConversationSelector.js';

/** The visitor's conversations, the newest first; `null` until they have been read. Read anew with every change made here, and when another one is shown. */
export function useConversationList(): {
  readonly conversations: readonly ConversationSummary[] | null;
  readonly currentId: string;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
} {
  const conversation = useConversation();
  const currentId = useConversationSelector((state) => state.conversationId);
  const [conversations, setConversations] = useState<readonly ConversationSummary[] | null>(null);
  const read = useCallback(async () => setConversations(await conversation.list()), [conversation]);
  useEffect(() => {
    let isOver = false;
    // What was said a moment ago may not be kept yet.
    const begin = async (): Promise<void> => {
      await conversation.keep();
      const listed = await conversation.list();
      if (!isOver) setConversations(listed);
    };
    begin().catch(() => !isOver && setConversations([]));
    return () => {
      isOver = true;
    };
  }, [conversation, currentId]);
  return {
    conversations,
    currentId,
    async rename(id, title) {
      await conversation.rename(id, title);
      await read();
    },
    async remove(id) {
      await conversation.remove(id);
      await read();
    },
  };
}
