import type { ReactNode } from 'react';
import type { ConversationState } from '../../core/conversationState.js';
import type { Usage } from '../../core/message.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { useWidget } from '../WidgetContext.js';

/** For builders: what the last answer and the conversation took, by the server's own count. Renders a `<p>`, or nothing where the server did not count. */
export function UsageLine(): ReactNode {
  const { labels } = useWidget();
  const last = useConversationSelector((state) => tokensOf(lastUsage(state)));
  const total = useConversationSelector(sumTokens);
  if (total === 0) return null;
  return (
    <p className="ac-usage" data-ac="usage">
      {labels.usage(last, total)}
    </p>
  );
}

function lastUsage(state: ConversationState): Usage | null {
  const answer = state.messages.findLast((message) => message.role === 'agent' && message.usage !== null);
  return answer?.role === 'agent' ? answer.usage : null;
}

function tokensOf(usage: Usage | null | undefined): number {
  return usage?.totalTokens ?? (usage?.promptTokens ?? 0) + (usage?.completionTokens ?? 0);
}

function sumTokens(state: ConversationState): number {
  return state.messages.reduce((sum, message) => sum + (message.role === 'agent' ? tokensOf(message.usage) : 0), 0);
}
