import type { ReactNode } from 'react';
import type { ConversationState } from '../../core/conversationState.js';
import type { AgentMessage } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { useWidget } from '../WidgetContext.js';

const NONE: readonly string[] = [];

/** Messages to choose from: the first one, while nothing has been said, or what could follow a complete answer. Renders a `<ul>`, or nothing where there are none. */
export function Suggestions(): ReactNode {
  const { suggestions: given, followUps, labels, composerRef } = useWidget();
  const conversation = useConversation();
  const isEmpty = useConversationSelector((state) => state.messageIds.length === 0 && !state.isRestoring);
  const offered = useConversationSelector((state) => state.agent?.suggestions ?? NONE);
  // Looked up once per answer: complete, and the last thing that was said.
  const answer = useConversationSelector(selectCompleteAnswer);
  const suggestions = isEmpty ? (given ?? offered) : ((answer && followUps?.(answer)) ?? NONE);
  if (suggestions.length === 0) return null;
  function handleChoose(suggestion: string): void {
    conversation.send(suggestion);
    // The list is gone after this; without a new home the focus would fall back to the page.
    composerRef.current?.focus();
  }
  return (
    <ul className="ac-suggestions" data-ac="suggestions" aria-label={labels.suggestions}>
      {[...new Set(suggestions)].map((suggestion) => (
        <li key={suggestion} className="ac-suggestions-item">
          <button
            type="button"
            className="ac-suggestion"
            data-ac="suggestion"
            dir="auto"
            onClick={() => handleChoose(suggestion)}
          >
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  );
}

function selectCompleteAnswer({ messages, run }: ConversationState): AgentMessage | null {
  const last = messages.at(-1);
  return run === null && last?.role === 'agent' && last.status === 'completed' ? last : null;
}
