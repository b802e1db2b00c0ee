import { memo, type ReactNode } from 'react';
import { AgentConversationProvider } from '../react/AgentConversationProvider.js';
import { useOwnConversation, type AgentConversationOptions } from '../react/useOwnConversation.js';
import { ChatRoot, type ChatRootProps } from './ChatRoot.js';
import { ChatView } from './ChatView.js';

const View = memo(ChatView);

/**
 * The whole widget, ready to drop into a page. Import `agent-chat-widget/styles.css` beside it.
 *
 * @example
 * <AgentChatWidget url="/api/agent-chat" agent="support" title="Support" />
 */
export function AgentChatWidget(props: AgentChatWidgetProps): ReactNode {
  const conversation = useOwnConversation(props);
  return (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot {...props}>
        <View />
      </ChatRoot>
    </AgentConversationProvider>
  );
}

/** Where the agent is (`url` and `agent`, with the options of a conversation) or a `conversation` of your own, and how the widget looks. */
export type AgentChatWidgetProps = AgentConversationOptions & Omit<ChatRootProps, 'children'>;
