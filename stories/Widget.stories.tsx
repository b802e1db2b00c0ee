import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, useState, type ReactNode } from 'react';
import { AgentChatWidget } from '../src/components/AgentChatWidget.js';
import { ChatRoot, type ChatRootProps } from '../src/components/ChatRoot.js';
import { ChatView } from '../src/components/ChatView.js';
import { AgentConversationProvider } from '../src/react/AgentConversationProvider.js';
import { frozenConversation, type StoryEvent } from './support/frozenConversation.js';
import {
  MARKDOWN_ANSWER,
  answering,
  asked,
  done,
  exchange,
  failed,
  introduced,
  said,
  says,
  sending,
  typed,
} from './support/script.js';
import { wholeWidget, type WholeWidgetArgs } from './support/wholeWidget.js';

/** The whole widget, as a visitor meets it. `AgentChatWidget` is this arrangement around a conversation of its own. */
const meta = {
  title: 'Widget',
  component: ChatRoot,
  ...wholeWidget,
} satisfies Meta<WholeWidgetArgs>;
export default meta;
type Story = StoryObj<WholeWidgetArgs>;

const WATERING = exchange('How often do I water my monstera?', MARKDOWN_ANSWER);

const FOLLOW_UP: readonly StoryEvent[] = [
  ...exchange('Hi! My order has not arrived yet.', 'Sorry about the wait! What is your order number?', 'first'),
  ...asked('It is 20417', 'second'),
  { type: 'part.delta', partId: 'r', delta: { kind: 'reasoning', reasoning: 'The visitor gave an order number.' } },
  {
    type: 'part.done',
    partId: 'r',
    part: { kind: 'reasoning', reasoning: 'The visitor gave an order number. I look it up.' },
    after: 3600,
  },
  { type: 'tool.started', toolCallId: 'call_1', toolName: 'find_order', arguments: { order: 20417 } },
  { type: 'tool.done', toolCallId: 'call_1', result: { status: 'in transit', carrier: 'DHL', expected: '2026-01-17' } },
];

const everything = frozenConversation(
  introduced,
  ...FOLLOW_UP,
  ...said('Good news: your parcel is **in transit** and should be with you on Saturday.'),
  ...done(),
  ...exchange('How often do I water my monstera?', MARKDOWN_ANSWER, 'third'),
);

/** Nothing but the launcher. */
export const Closed: Story = { args: { defaultOpen: false } };

/** Two answers arrived while the panel was closed. */
export const Unread: Story = {
  args: { defaultOpen: false },
  render: (args) => <MeanwhileAnswered {...args} />,
};

/** Freshly opened: a greeting, and what one could ask. */
export const Open: Story = {};

/** An agent of which nothing but the name is known. */
export const OpenWithoutCard: Story = { args: { conversation: frozenConversation(), title: 'Support' } };

/** A question and its answer. */
export const Answered: Story = { args: { conversation: frozenConversation(introduced, ...WATERING) } };

/** Reasoning and a tool, then text that still grows. */
export const Streaming: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...FOLLOW_UP,
      ...says('Good news: your parcel is **in transit** with DHL and should be with you on'),
    ),
  },
};

/** The message has been sent, and nothing has come back so far. */
export const Waiting: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...exchange('Hi!', 'Hello! How can I help?', 'first'),
      typed('second', 'Do you ship to Norway?'),
      ...sending('second'),
    ),
  },
};

/** Sent while the agent was still answering. */
export const Queued: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...asked('Which plants are safe for cats?'),
      ...says('Good choices are spider plants, calatheas and'),
      typed('next', 'And for dogs?'),
    ),
  },
};

/** The connection is gone in the middle of an answer. */
export const Reconnecting: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...asked('Which plants are safe for cats?'),
      ...says('Good choices are spider plants, calatheas and'),
      { type: 'run.connected', connection: 'reconnecting' },
    ),
  },
};

/** No network at all. */
export const Offline: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...asked('Which plants are safe for cats?'),
      ...says('Good choices are spider plants, calatheas and'),
      { type: 'run.connected', connection: 'offline' },
    ),
  },
};

/** The answer broke off; what had arrived stays. */
export const Failed: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...asked('Which plants are safe for cats?'),
      ...says('Good choices are spider plants, calatheas and'),
      ...failed({
        code: 'server_error',
        message: 'The model provider answered 503. The answer is incomplete. Try again.',
        status: 503,
        requestId: 'req_7f3a',
      }),
    ),
  },
};

/** A page of the host's, with the widget as one of its elements. */
export const Inline: Story = {
  parameters: { isBesidePage: false },
  args: { mode: 'inline', conversation: frozenConversation(introduced, ...WATERING) },
  decorators: [
    (Inner) => (
      <div className="host-page-inline">
        <Inner />
      </div>
    ),
  ],
};

/** Along the side of the page. */
export const Sidebar: Story = {
  args: { mode: 'sidebar', conversation: frozenConversation(introduced, ...WATERING) },
};

/** The whole page. */
export const Fullscreen: Story = {
  args: { mode: 'fullscreen', conversation: frozenConversation(introduced, ...WATERING) },
};

/** Less air between the messages. */
export const Compact: Story = {
  args: { density: 'compact', conversation: frozenConversation(introduced, ...FOLLOW_UP, ...done()) },
};

/** Designed for the dark, not inverted. */
export const Dark: Story = {
  args: { theme: 'dark', conversation: frozenConversation(introduced, ...WATERING) },
};

/** The theme `agent-chat-widget/themes/paper.css`: warm, with a serif. */
export const Paper: Story = { globals: { look: 'paper' }, args: { conversation: everything } };

/** The theme `agent-chat-widget/themes/garden.css`: green and soft. */
export const Garden: Story = { globals: { look: 'garden' }, args: { conversation: everything } };

/** The theme `agent-chat-widget/themes/mono.css`: square, close and still. */
export const Mono: Story = { globals: { look: 'mono' }, args: { conversation: everything } };

/** Hebrew: everything is mirrored, numbers and code are not. */
export const RightToLeft: Story = {
  args: {
    dir: 'rtl',
    conversation: frozenConversation(
      introduced,
      ...exchange(
        'כל כמה זמן להשקות מונסטרה?',
        'בדרך כלל **פעם בשבוע**. בדקו קודם את האדמה:\n\n- יבשה: להשקות\n- לחה: לחכות',
      ),
    ),
  },
};

/** A hundred exchanges. */
export const LongHistory: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...Array.from({ length: 100 }, (_, index) =>
        exchange(
          `Question ${index + 1}`,
          `Answer ${index + 1}. ${'It depends on the light. '.repeat((index % 5) + 1)}`,
          `q${index}`,
        ),
      ).flat(),
    ),
  },
};

/** The drop-in itself, with a conversation that was given. */
export const DropIn: StoryObj<typeof AgentChatWidget> = {
  render: () => (
    <AgentChatWidget
      conversation={frozenConversation(introduced, ...asked('Hi!'), ...answering, ...said('Hello!'), ...done())}
      defaultOpen
    />
  ),
};

function MeanwhileAnswered({ theme, dir, defaultOpen }: ChatRootProps): ReactNode {
  const [conversation] = useState(() => frozenConversation(introduced));
  useEffect(() => conversation.play(...FOLLOW_UP), [conversation]);
  return (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot theme={theme} dir={dir} defaultOpen={defaultOpen}>
        <ChatView />
      </ChatRoot>
    </AgentConversationProvider>
  );
}
