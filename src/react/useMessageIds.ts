import { useConversationSelector } from './useConversationSelector.js';

/** The ids of all messages, oldest first. Re-renders only when one is added or removed, never for a token. */
export function useMessageIds(): readonly string[] {
  return useConversationSelector((state) => state.messageIds);
}
