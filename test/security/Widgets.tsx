import type { ReactNode } from 'react';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { ChatView } from '../../src/components/ChatView.js';
import { ConversationList } from '../../src/components/conversations/ConversationList.js';
import { SearchBar } from '../../src/components/search/SearchBar.js';
import type { MathSupport } from '../../src/markdown/MathSupport.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { exchange } from '../../stories/support/script.js';
import { dataRenderers, type SinkProps } from './Sinks.js';

const fresh = frozenConversation();
const underWay = frozenConversation(...exchange('Where is my order?', 'On its way.'));
const unknown = frozenConversation();

/** Lets the agent present itself by this text. */
export function introduce(text: string): void {
  const agent = { key: text, displayName: text, description: text, suggestions: [text] };
  for (const conversation of [fresh, underWay]) conversation.play({ type: 'agent.loaded', agent });
}

/** Lets the visitor search for this text. */
export function search(root: Element, text: string): void {
  const field = root.querySelector<HTMLInputElement>('[data-ac="search"] input');
  if (!field) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

const chat = <ChatView />;

/** A widget with some sinks in it. */
export function Widget({ math, children }: WidgetProps): ReactNode {
  return (
    <AgentConversationProvider conversation={unknown}>
      <ChatRoot mode="inline" dataRenderers={dataRenderers} math={math}>
        {children}
      </ChatRoot>
    </AgentConversationProvider>
  );
}

interface WidgetProps {
  readonly math: MathSupport | undefined;
  readonly children: ReactNode;
}

/** Widgets that show the agent's card, before the first word and while it is talked; they follow `introduce`. */
export function Introduced(): ReactNode {
  return (
    <>
      <AgentConversationProvider conversation={fresh}>
        <ChatRoot mode="inline" attachments={false}>
          {chat}
        </ChatRoot>
      </AgentConversationProvider>
      <AgentConversationProvider conversation={underWay}>
        <ChatRoot mode="inline" attachments={false}>
          <SearchBar />
          {chat}
        </ChatRoot>
      </AgentConversationProvider>
    </>
  );
}

/** What the host calls its agent. */
export function Named({ text }: SinkProps): ReactNode {
  return (
    <AgentConversationProvider conversation={unknown}>
      <ChatRoot mode="inline" title={text} greeting={text} attachments={false}>
        {chat}
      </ChatRoot>
    </AgentConversationProvider>
  );
}

/** All of them at once, as what conversations are called. */
export function ListOfConversations({ titles }: { readonly titles: readonly string[] }): ReactNode {
  const summaries = titles.map((title, index) => ({ id: `c${index}`, title, createdAt: 0, updatedAt: 0 }));
  const conversation = { ...frozenConversation(), list: () => Promise.resolve(summaries) };
  return (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="inline">
        <ConversationList />
      </ChatRoot>
    </AgentConversationProvider>
  );
}
