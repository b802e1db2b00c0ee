import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, waitFor } from 'storybook/test';
import { ChatRoot } from '../src/components/ChatRoot.js';
import { ChatView } from '../src/components/ChatView.js';
import { LazyMemoryNotice, LazyRetryCountdown, LazyTeaser, LazyUsageLine } from '../src/components/lazyParts.js';
import type { Conversation } from '../src/core/conversation.js';
import type { StorageProblem } from '../src/core/conversationStorage.js';
import { AgentConversationProvider } from '../src/react/AgentConversationProvider.js';
import { frozenConversation, type StoryEvent } from './support/frozenConversation.js';
import { PICTURE, PICTURE_BYTES } from './support/picture.js';
import { MARKDOWN_ANSWER, asked, exchange, introduced, said, sending, typed } from './support/script.js';
import { wholeWidget, type WholeWidgetArgs } from './support/wholeWidget.js';

/** What surrounds the conversation, in the states that it is in for a moment only. */
const meta = {
  title: 'Shell',
  loaders: [LazyTeaser, LazyUsageLine, LazyMemoryNotice, LazyRetryCountdown].map((part) => () => part.load()),
  ...wholeWidget,
} satisfies Meta<WholeWidgetArgs>;
export default meta;
type Story = StoryObj<WholeWidgetArgs>;

const talk = frozenConversation(
  introduced,
  ...exchange('Hello', 'Hello! What can I do for your plants?', 'first'),
  ...exchange('How often do I water my monstera?', MARKDOWN_ANSWER),
);

/** What is needed seldom. */
export const MenuOpen: Story = {
  args: { conversation: talk },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Menu' }));
    // It fades in with its panel.
    await waitFor(() => expect(canvas.getByRole('menu', { name: 'Menu' })).toBeVisible());
  },
};

/** The same where the host has chosen the theme and allows no other size. */
export const MenuWithLess: Story = { ...MenuOpen, args: { ...MenuOpen.args, theme: 'light', resizable: false } };

/** Nothing is deleted without a question. */
export const DeleteAllQuestion: Story = {
  args: { conversation: talk },
  play: async (context) => {
    await MenuOpen.play?.(context);
    const { canvas, userEvent } = context;
    await userEvent.click(await canvas.findByRole('menuitem', { name: 'Delete all conversations' }));
  },
};

/** The visitor made the panel larger, by the menu. */
export const Enlarged: Story = {
  args: { conversation: talk },
  play: async (context) => {
    await MenuOpen.play?.(context);
    const { canvas, userEvent } = context;
    // A phone's is as large as it can be.
    const enlarge = canvas.queryByRole('menuitem', { name: 'Enlarge window' });
    if (enlarge) await userEvent.click(enlarge);
  },
};

/** An edge that the keyboard has reached: the arrow keys move it. */
export const EdgeFocused: Story = {
  args: { conversation: talk },
  play: async ({ canvas, userEvent }) => {
    // On a phone there is no edge to move.
    if (window.innerWidth < 480) return;
    const edge = await canvas.findByRole('separator', { name: 'Width of the chat' });
    await userEvent.tab({ shift: true });
    await waitFor(() => expect(Number(edge.ariaValueNow)).toBeGreaterThan(320));
    edge.focus();
  },
};

/** A line that invites, beside the closed launcher. */
export const WithTeaser: Story = {
  args: { defaultOpen: false, teaser: 'Questions about your plants? Ask me.' },
  beforeEach: () => sessionStorage.clear(),
};

/** The agent has a picture. */
export const WithAvatar: Story = { args: { avatar: `data:image/png;base64,${PICTURE_BYTES}` } };

/** What was kept of the conversation is on its way. */
export const Restoring: Story = {
  args: {
    conversation: frozenConversation(introduced, {
      type: 'conversation.reset',
      conversationId: 'kept',
      isRestoring: true,
    }),
  },
};

/** What one could say next. */
export const FollowUps: Story = {
  args: { conversation: talk, followUps: () => ['And in winter?', 'What if the leaves turn yellow?'] },
};

/** For builders: what the answer and the conversation took. */
export const UsageLine: Story = {
  args: {
    showUsage: true,
    conversation: frozenConversation(introduced, ...asked('Hi!'), ...said('Hello! How can I help?'), {
      type: 'response.done',
      finishReason: 'stop',
      pendingToolCalls: [],
      usage: { promptTokens: 1412, completionTokens: 96, totalTokens: 1508 },
      traceId: null,
    } satisfies StoryEvent),
  },
};

/** The agent has too much to do. The message goes out again by itself, and the widget counts down to it. */
export const Countdown: Story = { render: (args) => <Busy {...args} /> };

function Busy(root: WholeWidgetArgs): ReactNode {
  const conversation = frozenConversation(introduced, typed('question', 'Hi!'), ...sending('question'), {
    type: 'run.waiting',
    retryAt: Date.now() + 12_000,
  });
  return (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot {...root}>
        <ChatView />
      </ChatRoot>
    </AgentConversationProvider>
  );
}

function troubled(problem: StorageProblem): Story {
  const onProblem: Conversation['onProblem'] = (listener) => {
    listener(problem);
    return () => undefined;
  };
  return { args: { conversation: { ...talk, onProblem } } };
}

/** The browser keeps nothing: a private window, say. */
export const NotKept = troubled('not-kept');

/** The browser was full, and older conversations made room. */
export const MadeRoom = troubled('made-room');

/** Something that was kept could not be read. */
export const NotRestored = troubled('not-restored');

/** Another tab has a newer version of the page. */
export const NewerVersion = troubled('newer-version');

/** Files are dragged over the panel. */
export const FilesDragged: Story = {
  args: { conversation: talk },
  play: async ({ canvas, canvasElement }) => {
    const panel = await canvas.findByRole('dialog');
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(PICTURE);
    await waitFor(() => {
      // Browsers tell it again and again while files are held over something.
      panel.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
      return expect(canvasElement.querySelector('[data-ac="drop"]')).toBeVisible();
    });
  },
};

/** The reader went up; one press leads back down. */
export const ScrolledUp: Story = {
  args: {
    conversation: frozenConversation(
      introduced,
      ...Array.from({ length: 12 }, (__, index) =>
        exchange(`Question ${index}`, 'Answer. '.repeat(30), `q${index}`),
      ).flat(),
    ),
  },
  play: async ({ canvas }) => {
    const log = await canvas.findByRole('log', { name: 'Conversation' });
    await waitFor(() => expect(log.scrollTop).toBeGreaterThan(400));
    log.dispatchEvent(new WheelEvent('wheel', { deltaY: -300, bubbles: true }));
    log.scrollTop -= 300;
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Scroll to latest' })).toBeVisible());
  },
};
