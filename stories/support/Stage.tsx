import type { ReactNode } from 'react';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { ChatRoot, type ChatRootProps } from '../../src/components/ChatRoot.js';
import type { Conversation } from '../../src/core/conversation.js';
import './stage.css';

/** Shows single pieces of the widget as they look inside of it. */
export function Stage({ conversation, children, ...root }: StageProps): ReactNode {
  return (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="inline" {...root}>
        {/* The header's, which has its name. */}
        <h2 className="ac-visually-hidden">Conversation</h2>
        <div className="stage">{children}</div>
      </ChatRoot>
    </AgentConversationProvider>
  );
}

export interface StageProps extends ChatRootProps {
  readonly conversation: Conversation;
}
