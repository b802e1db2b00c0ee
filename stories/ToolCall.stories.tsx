import type { Meta, StoryObj } from '@storybook/react-vite';
import { MessageRow } from '../src/components/message/MessageRow.js';
import { NO_CAPABILITIES } from '../src/core/conversationState.js';
import { frozenConversation, type FrozenConversation, type StoryEvent } from './support/frozenConversation.js';
import { Stage, type StageProps } from './support/Stage.js';
import { asked, done, introduced } from './support/script.js';

interface ToolCallStoryProps extends Omit<StageProps, 'conversation'> {
  readonly conversation: FrozenConversation;
}

/** One use of a tool: a line that opens. */
const meta = {
  title: 'Tool call',
  render: ({ conversation, ...stage }) => (
    <Stage conversation={conversation} {...stage}>
      <MessageRow messageId="answer-to-question" />
    </Stage>
  ),
} satisfies Meta<ToolCallStoryProps>;
export default meta;
type Story = StoryObj<ToolCallStoryProps>;

function story(...events: readonly StoryEvent[]): Story {
  return { args: { conversation: frozenConversation(introduced, ...asked('Where is my order?'), ...events) } };
}

function opened(base: Story): Story {
  return {
    ...base,
    play: ({ canvasElement }) => {
      canvasElement.querySelector<HTMLElement>('[data-ac="tool-call"] [aria-expanded="false"]')!.click();
    },
  };
}

const CALL = { toolCallId: 'call_1', toolName: 'find_order', arguments: { order: 20417, email: 'kim@example.com' } };
const started: StoryEvent = { type: 'tool.started', ...CALL };

/** The server works on it. */
export const Running = story(started);

/** It gave something back. */
export const Done = story(started, {
  type: 'tool.done',
  toolCallId: 'call_1',
  result: {
    status: 'in transit',
    carrier: 'DHL',
    stops: [
      { city: 'Utrecht', at: '09:12' },
      { city: 'Amsterdam', at: null },
    ],
  },
});

/** What went in and what came out. */
export const DoneAndOpen = opened(Done);

/** The tool failed; the agent may go on without it. */
export const Failed = opened(
  story(started, { type: 'tool.failed', toolCallId: 'call_1', error: 'The order service did not answer in 10 s.' }),
);

/** A tool of this page that has not answered yet. */
export const WaitingForThisPage = story({
  type: 'response.done',
  finishReason: 'tool_calls',
  pendingToolCalls: [{ toolCallId: 'call_1', toolName: 'getCartContents', arguments: {} }],
  usage: null,
  traceId: null,
});

/** A person has to decide, elsewhere. */
export const WaitingForReviewer = story({
  type: 'tool.review.requested',
  ...CALL,
  toolName: 'refund_order',
  requiresApproval: true,
});

const reviewable: StoryEvent = {
  type: 'capabilities.changed',
  capabilities: { ...NO_CAPABILITIES, reviews: true },
  epoch: null,
};

/** The visitor has to decide: the one thing that raises its voice. */
export const Review = story(reviewable, {
  type: 'tool.review.requested',
  ...CALL,
  toolName: 'refund_order',
  arguments: { order: 'A-1042', amount: 59.9, currency: 'EUR', reason: 'Arrived broken' },
  requiresApproval: true,
});

/** A tool of this page that the page was left in the middle of. */
export const ReviewAfterInterruption = story(
  {
    type: 'response.done',
    finishReason: 'tool_calls',
    pendingToolCalls: [{ toolCallId: 'call_1', toolName: 'send_mail', arguments: { to: 'ann@example.com' } }],
    usage: null,
    traceId: null,
  },
  {
    type: 'tool.prepared',
    toolCallId: 'call_1',
    title: 'Send the mail',
    arguments: { to: 'ann@example.com' },
    state: 'review-requested',
  },
);

/** A person said no. */
export const Rejected = story(
  { type: 'tool.review.requested', ...CALL, toolName: 'refund_order', requiresApproval: true },
  { type: 'tool.review.done', toolCallId: 'call_1', review: 'rejected' },
);

/** The visitor stopped the answer while the tool ran. */
export const Interrupted = story(started, { type: 'run.stopped' });

/** The wire did not say which tool. */
export const WithoutName = story({ type: 'tool.done', toolCallId: 'call_1', result: 'ok' }, ...done());

/** Long and hidden things in the input: nothing is markup, nothing is cut without saying so. */
export const HostileInput = opened(
  story({
    type: 'tool.started',
    toolCallId: 'call_1',
    toolName: 'send_\u202eliame\u202c_email',
    arguments: {
      body: `<img src=x onerror=alert(1)> **bold** ${'Lorem ipsum dolor sit amet. '.repeat(40)}`,
      to: 'kim@example.com\u200b\u0000',
      nested: { a: { b: { c: { d: { e: 'deep' } } } } },
      empty: {},
      list: Array.from({ length: 60 }, (_, index) => index),
    },
  }),
);

function used(count: number): readonly StoryEvent[] {
  return Array.from({ length: count }, (_, index): readonly StoryEvent[] => [
    { type: 'tool.started', toolCallId: `many_${index}`, toolName: 'search_docs', arguments: { page: index } },
    { type: 'tool.done', toolCallId: `many_${index}`, result: { hits: index } },
  ]).flat();
}

/** Many in a row are one line. */
export const Many = story(...used(4), ...done());

/** The same, opened. */
export const ManyAndOpen: Story = {
  ...Many,
  play: ({ canvasElement }) =>
    canvasElement.querySelector<HTMLElement>('[data-ac="tool-run"] > [aria-expanded="false"]')!.click(),
};

/** One of many still runs, and one has failed. */
export const ManyWhileRunning = story(
  ...used(3),
  { type: 'tool.started', toolCallId: 'x', toolName: 'search_docs', arguments: {} },
  { type: 'tool.failed', toolCallId: 'x', error: 'No answer.' },
  started,
);

const asking: StoryEvent = {
  type: 'tool.started',
  toolCallId: 'handoff',
  toolName: 'call_sub_agent',
  arguments: { agent_key: 'delivery-expert', input: 'Where is order 20417?' },
};

/** Another agent has been asked. */
export const HandingOff = story(asking);

/** It has answered. */
export const HandedOff = story(asking, { type: 'tool.done', toolCallId: 'handoff', result: 'In Utrecht.' }, ...done());
