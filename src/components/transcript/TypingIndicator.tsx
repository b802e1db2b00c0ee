import type { ReactNode } from 'react';
import { selectMessage, type ConversationState } from '../../core/conversationState.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';

/** Three quiet dots while an answer is on its way and nothing else shows that it is. Renders a `<div>`, or nothing. Screen readers hear the announcer instead. */
export function TypingIndicator(): ReactNode {
  const isWaiting = useConversationSelector(selectIsWaitingForAnswer);
  if (!isWaiting) return null;
  return (
    <div className="ac-typing" data-ac="typing-indicator" aria-hidden="true">
      <span className="ac-typing-dot" />
      <span className="ac-typing-dot" />
      <span className="ac-typing-dot" />
    </div>
  );
}

/** An answer is on its way, and neither growing text nor a running tool shows it. */
function selectIsWaitingForAnswer(state: ConversationState): boolean {
  if (!state.run || state.status === 'input-required' || state.connection === 'offline') return false;
  const part = selectMessage(state, state.run.agentMessageId)?.parts.at(-1);
  if (part === undefined) return true;
  if (part.kind === 'tool_call') return part.state === 'done' || part.state === 'failed' || part.state === 'rejected';
  return !('state' in part) || part.state === 'done';
}
