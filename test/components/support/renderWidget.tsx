import { StrictMode } from 'react';
import { render, type RenderResult } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { ChatRoot, type ChatRootProps } from '../../../src/components/ChatRoot.js';
import { ChatView } from '../../../src/components/ChatView.js';
import { loadLikelyParts } from '../../../src/components/lazyParts.js';
import type { Conversation } from '../../../src/core/conversation.js';
import { AgentConversationProvider } from '../../../src/react/AgentConversationProvider.js';

// What is loaded in an idle moment on a page is there at once in tests; what happens until then has its own.
await loadLikelyParts();

export interface RenderedWidget extends RenderResult {
  readonly user: UserEvent;
}

/** The whole widget around a conversation, in strict mode; open unless the test says otherwise. */
export function renderWidget(conversation: Conversation, props: ChatRootProps = {}): RenderedWidget {
  const user = userEvent.setup();
  const result = render(
    <StrictMode>
      <AgentConversationProvider conversation={conversation}>
        <ChatRoot defaultOpen {...props}>
          <ChatView />
        </ChatRoot>
      </AgentConversationProvider>
    </StrictMode>,
  );
  return { ...result, user };
}
