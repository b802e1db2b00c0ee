import { createContext, useContext, type ReactElement, type ReactNode } from 'react';
import type { Conversation } from '../core/conversation.js';

const ConversationContext = createContext<Conversation | null>(null);

/** Props of `AgentConversationProvider`. */
export interface AgentConversationProviderProps {
  /** What everything below talks to: `useAgentConversation(…).conversation`, or one of `createConversation`. */
  readonly conversation: Conversation;
  readonly children?: ReactNode;
}

/** Gives a conversation to the hooks and components below it. Renders nothing of its own. */
export function AgentConversationProvider({ conversation, children }: AgentConversationProviderProps): ReactElement {
  return <ConversationContext.Provider value={conversation}>{children}</ConversationContext.Provider>;
}

/**
 * The conversation of the nearest provider.
 *
 * @throws Error outside of one.
 */
export function useConversation(): Conversation {
  const conversation = useContext(ConversationContext);
  if (conversation) return conversation;
  throw new Error(
    'agent-chat-widget: no conversation here. This hook or component reads it from context, and without one there is nothing to show. Put it inside <AgentChatWidget>, <Chat.Root> or <AgentConversationProvider conversation={…}>.',
  );
}
