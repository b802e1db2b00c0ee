import type { ReactElement } from 'react';
import { ChatRoot, type ChatRootProps } from '../../src/components/ChatRoot.js';
import { ChatView } from '../../src/components/ChatView.js';
import type { Conversation } from '../../src/core/conversation.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { frozenConversation } from './frozenConversation.js';
import { introduced } from './script.js';

export type WholeWidgetArgs = ChatRootProps & { readonly conversation: Conversation };

/** What stories of the whole widget have in common: it is open, in a bubble, and has the height of a page. */
export const wholeWidget = {
  args: { conversation: frozenConversation(introduced), defaultOpen: true, mode: 'bubble' } as const,
  parameters: { isBesidePage: true, docs: { story: { inline: false, height: '820px' } } },
  render: ({ conversation, ...root }: WholeWidgetArgs): ReactElement => (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot {...root}>
        <ChatView />
      </ChatRoot>
    </AgentConversationProvider>
  ),
};
