import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, type ReactNode } from 'react';
import { userEvent, within } from 'storybook/test';
import { ChatRoot, type ChatRootProps } from '../src/components/ChatRoot.js';
import { ChatView } from '../src/components/ChatView.js';
import { LazyConversationList, LazySearchBar } from '../src/components/lazyParts.js';
import { useWidget, type WidgetView } from '../src/components/WidgetContext.js';
import type { Conversation } from '../src/core/conversation.js';
import type { ConversationSummary } from '../src/core/conversationStorage.js';
import { AgentConversationProvider } from '../src/react/AgentConversationProvider.js';
import { frozenConversation } from './support/frozenConversation.js';
import { MARKDOWN_ANSWER, exchange, introduced } from './support/script.js';

interface ViewStoryProps extends ChatRootProps {
  readonly conversation: Conversation;
  readonly view: WidgetView;
}

/** What the panel shows beside the conversation. */
const meta = {
  title: 'Views',
  parameters: { isBesidePage: true },
  loaders: [() => LazyConversationList.load(), () => LazySearchBar.load()],
  render: ({ conversation, view, ...root }) => (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="fullscreen" {...root}>
        <ChatView />
        <Show view={view} />
      </ChatRoot>
    </AgentConversationProvider>
  ),
} satisfies Meta<ViewStoryProps>;
export default meta;
type Story = StoryObj<ViewStoryProps>;

function Show({ view }: { readonly view: WidgetView }): ReactNode {
  const { setView } = useWidget();
  useEffect(() => setView(view), [view, setView]);
  return null;
}

const DAY = 86_400_000;
const kept = (id: string, title: string, daysAgo: number): ConversationSummary => ({
  id,
  title,
  createdAt: Date.now() - daysAgo * DAY,
  updatedAt: Date.now() - daysAgo * DAY,
});
const talk = frozenConversation(
  introduced,
  ...exchange('Hello', 'Hello! What can I do for your plants?', 'q1'),
  ...exchange('How often do I water a monstera?', MARKDOWN_ANSWER, 'q2'),
);
function remembering(...summaries: readonly ConversationSummary[]): Conversation {
  return { ...talk, list: () => Promise.resolve(summaries) };
}

/** What the visitor and the agent talked about before. The one that is shown is marked. */
export const Conversations: Story = {
  args: {
    view: 'conversations',
    conversation: remembering(
      kept('', 'How often do I water a monstera?', 0),
      kept('b', 'Where is my order?', 1),
      kept('c', 'Can I return a plant that I bought three weeks ago if it has lost some of its leaves?', 3),
      kept('d', 'متى أسقي نباتاتي؟', 40),
    ),
  },
};

/** A conversation gets a name of the visitor's own. */
export const ConversationRenamed: Story = {
  ...Conversations,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Rename “Where is my order?”' }));
  },
};

/** Nothing is removed without a question. */
export const ConversationRemoved: Story = {
  ...Conversations,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Remove “Where is my order?”' }));
  },
};

/** Nothing was kept, or nothing was said. */
export const NoConversations: Story = { args: { view: 'conversations', conversation: remembering() } };

/** The search, before anything was typed. */
export const Search: Story = { args: { view: 'search', conversation: talk } };

/** Every match is marked, and the reader stands at the newest. */
export const SearchWithMatches: Story = {
  ...Search,
  play: async ({ canvasElement }) => {
    const field = await within(canvasElement).findByRole('searchbox', { name: 'Search in conversation' });
    await userEvent.type(field, 'water');
  },
};

/** The words are nowhere. */
export const SearchWithoutMatches: Story = {
  ...Search,
  play: async ({ canvasElement }) => {
    const field = await within(canvasElement).findByRole('searchbox', { name: 'Search in conversation' });
    await userEvent.type(field, 'cactus');
  },
};
