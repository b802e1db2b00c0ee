import type { ReactNode } from 'react';
import { useConversation } from '../react/AgentConversationProvider.js';
import { useConversationSelector } from '../react/useConversationSelector.js';
import { useWidget } from './WidgetContext.js';

const NONE: readonly string[] = [];

/** First messages to choose from, while nothing has been said. Renders a `<ul>`, or nothing where there are none. */
export function Suggestions(): ReactNode {
  const { suggestions: given, labels, composerRef } = useWidget();
  const conversation = useConversation();
  const isEmpty = useConversationSelector((state) => state.messageIds.length === 0);
  const offered = useConversationSelector((state) => state.agent?.suggestions ?? NONE);
  const suggestions = given ?? offered;
  if (!isEmpty || suggestions.length === 0) return null;
  function handleChoose(suggestion: string): void {
    conversation.send(suggestion);
    // The list is gone after this; without a new home the focus would fall back to the page.
    composerRef.current?.focus();
  }
  return (
    <ul className="ac-suggestions" data-ac="suggestions" aria-label={labels.suggestions}>
      {[...new Set(suggestions)].map((suggestion) => (
        <li key={suggestion} className="ac-suggestions-item">
          <button type="button" className="ac-suggestion" data-ac="suggestion" onClick={() => handleChoose(suggestion)}>
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  );
}
