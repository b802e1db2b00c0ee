import type { ReactNode } from 'react';
import { selectMessage, type ConversationState } from '../../core/conversationState.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';

/** Three quiet dots while an answer is on its way and nothing else shows that it is. Renders a `<div>`, or nothing. Screen readers hear the announcer instead. */
export function TypingIndicator(): ReactNode {
  const waitsFor = useConversationSelector(selectWhatWeWaitFor);
  if (waitsFor === null) return null;
  return (
    <div className="ac-typing" data-ac="typing-indicator" data-state={waitsFor} aria-hidden="true">
      <span className="ac-typing-dot" />
      <span className="ac-typing-dot" />
      <span className="ac-typing-dot" />
    </div>
  );
}

/** An answer is on its way, or more of it, and neither growing text nor a running tool shows it. */
function selectWhatWeWaitFor(state: ConversationState): 'answer' | 'more' | null {
  if (!state.run || state.status === 'input-required' || state.connection === 'offline') return null;
  const message = selectMessage(state, state.run.agentMessageId);
  // Complete, although its run has not ended.
  if (message?.role === 'agent' && message.status !== 'working') return null;
  const part = message?.parts.at(-1);
  if (part === undefined) return 'answer';
  if (!('state' in part) || ENDED.has(part.state)) return 'more';
  return null;
}

const ENDED: ReadonlySet<string> = new Set(['done', 'failed', 'rejected']);
