import { type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat, createConversation, useConversationSelector } from 'agent-chat-widget';
import 'agent-chat-widget/styles.css';
import { delta, done, started } from '../../support/agentEvents.js';
import { createFakeTransport } from '../../support/fakeTransport.js';
import { followTail } from '../page/followTail.js';
import type { Subject } from '../page/Subject.js';

/** An answer as the widget draws it, without the widget around it: conversation, subscription of the part, markdown. */
const ourMarkdown: Subject = (stage) => {
  const transport = createFakeTransport();
  const conversation = createConversation({ agentKey: 'bench', transport });
  const root = createRoot(followTail(stage));
  root.render(
    <Chat.Provider conversation={conversation}>
      <Chat.Root mode="inline">
        <Answer />
      </Chat.Root>
    </Chat.Provider>,
  );
  return {
    begin() {
      conversation.send('Tell me more.');
      const [exchange] = transport.sends;
      if (!exchange) throw new Error('The message was not sent.');
      exchange.emit(started());
      return {
        push: (text) => exchange.emit(delta(text)),
        end: () => exchange.emit(done()),
      };
    },
    unmount() {
      root.unmount();
      conversation.destroy();
    },
  };
};
export default ourMarkdown;

function Answer(): ReactNode {
  const messageId = useConversationSelector(({ messages }) => messages.find(({ role }) => role === 'agent')?.id);
  const partId = useConversationSelector(
    ({ messages }) => messages.find(({ role }) => role === 'agent')?.parts[0]?.partId,
  );
  return messageId && partId && <Chat.Part messageId={messageId} partId={partId} role="agent" />;
}
