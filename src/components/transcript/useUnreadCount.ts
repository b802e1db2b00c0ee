import { useState } from 'react';
import type { ConversationState } from '../../core/conversationState.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';

/** How many answers have begun to arrive since the visitor last saw the panel. */
export function useUnreadCount(isOpen: boolean): number {
  const count = useConversationSelector(selectAgentMessageCount);
  const [seen, setSeen] = useState(count);
  const isSeen = isOpen || count < seen;
  if (isSeen && seen !== count) setSeen(count);
  return isSeen ? 0 : count - seen;
}

// Counted once per list of ids, not once per token.
const counts = new WeakMap<readonly string[], number>();

function selectAgentMessageCount(state: ConversationState): number {
  let count = counts.get(state.messageIds);
  if (count === undefined) {
    count = state.messages.filter((message) => message.role === 'agent').length;
    counts.set(state.messageIds, count);
  }
  return count;
}
