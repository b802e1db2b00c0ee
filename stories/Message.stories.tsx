import type { Meta, StoryObj } from '@storybook/react-vite';
import { LazyMessageEditor } from '../src/components/lazyParts.js';
import { MessageRow } from '../src/components/message/MessageRow.js';
import { TypingIndicator } from '../src/components/transcript/TypingIndicator.js';
import type { FinishReason } from '../src/core/message.js';
import { frozenConversation, type FrozenConversation, type StoryEvent } from './support/frozenConversation.js';
import { Stage, type StageProps } from './support/Stage.js';
import {
  ALL_CAPABILITIES,
  MARKDOWN_ANSWER,
  asked,
  done,
  exchange,
  failed,
  introduced,
  said,
  says,
  sending,
  typed,
  undelivered,
} from './support/script.js';

interface MessagesProps extends Omit<StageProps, 'conversation'> {
  readonly conversation: FrozenConversation;
}

/** One message: what it says, and what became of it. */
const meta = {
  title: 'Message',
  render: ({ conversation, ...stage }) => (
    <Stage conversation={conversation} {...stage}>
      {conversation.getState().messageIds.map((id) => (
        <MessageRow key={id} messageId={id} />
      ))}
      <TypingIndicator />
    </Stage>
  ),
} satisfies Meta<MessagesProps>;
export default meta;
type Story = StoryObj<MessagesProps>;

function story(...events: readonly StoryEvent[]): Story {
  return { args: { conversation: frozenConversation(introduced, ...events) } };
}

const QUESTION = 'Which plants are safe for cats?';
const BEGINNING = 'Good choices are **spider plants**, calatheas and';

function endedBy(finishReason: FinishReason): Story {
  return story(...asked(QUESTION), ...said(`${BEGINNING} most ferns.`), ...done(finishReason));
}

/** Typed while another answer is being written. */
export const Queued = story(...asked(QUESTION), ...says(BEGINNING), typed('next', 'And for dogs?'));

/** On its way; the dots stand for the answer. */
export const Sending = story(typed('question', QUESTION), ...sending('question'));

/** It certainly did not reach the agent. */
export const NotSent = story(
  typed('question', QUESTION),
  ...sending('question'),
  ...undelivered('question', 'failed', {
    code: 'rate_limited',
    message: 'The proxy answered 429. The message was not processed. Retry after 12 s.',
    status: 429,
    requestId: 'req_5d21',
  }),
);

/** Sending the same again would be refused again, so there is no button for it. */
export const NotSentForGood = story(
  typed('question', 'A very long message'),
  ...sending('question'),
  ...undelivered('question', 'failed', { code: 'too_large', message: 'The body has more than 1 MB.', status: 413 }),
);

/** The connection broke before anyone could say whether it arrived. */
export const MaybeReceived = story(
  typed('question', QUESTION),
  ...sending('question'),
  ...undelivered('question', 'uncertain', { code: 'network', message: 'fetch failed before an answer arrived.' }),
);

/** Line breaks and long words stay inside of the bubble. */
export const LongQuestion = story(
  ...asked(
    `Two things:\n\n1. Where is it?\n2. Why ${'so'.repeat(60)} long?\n\nhttps://example.com/${'path/'.repeat(20)}`,
  ),
);

/** Text still grows. */
export const Streaming = story(...asked(QUESTION), ...says(BEGINNING));

/** Everything that agents usually write. */
export const Complete = story(...exchange('How often do I water my monstera?', MARKDOWN_ANSWER));

/** The answer broke off. What had arrived stays, and one can try again. */
export const FailedMidway = story(
  ...asked(QUESTION),
  ...says(BEGINNING),
  ...failed({
    code: 'server_error',
    message: 'The model provider answered 503. The answer is incomplete. Try again.',
    status: 503,
    requestId: 'req_7f3a',
    traceId: '0af7651916cd43dd8448eb211c80319c',
  }),
);

/** Failed before the first word. */
export const FailedAtOnce = story(
  ...asked(QUESTION),
  ...failed({ code: 'response_failed', message: 'The agent has no model configured.' }),
);

/** The visitor stopped it. */
export const Stopped = story(...asked(QUESTION), ...says(BEGINNING), { type: 'run.stopped' });

/** The model may not write more in one answer. */
export const TooLong = endedBy('length');

/** A filter of the model's provider stepped in. */
export const Withheld = endedBy('content_filter');

/** The agent used up its steps. */
export const TooManySteps = endedBy('max_iterations');

/** The agent used up its time. */
export const TooSlow = endedBy('max_time');

/** The agent put an error into its own answer. */
export const AgentReportsError = story(
  ...asked(QUESTION),
  { type: 'part.done', partId: 'e', part: { kind: 'error', error: 'Vector store "plants" not found', code: 404 } },
  ...done(),
);

/** A part of a kind that this version does not know. */
export const UnknownPart = story(
  ...asked(QUESTION),
  { type: 'part.done', partId: 'u', part: { kind: 'unknown', originalKind: 'hologram' } },
  ...said('That is all I have.'),
  ...done(),
);

function clickedOn(part: string, base: Story): Story {
  return {
    ...base,
    loaders: [() => LazyMessageEditor.load()],
    play: ({ canvasElement }) => canvasElement.querySelector<HTMLElement>(`[data-ac="${part}"]`)!.click(),
  };
}

const talked = exchange(QUESTION, 'Spider plants, for example.');
const rateable: StoryEvent = { type: 'capabilities.changed', capabilities: ALL_CAPABILITIES, epoch: null };

/** A message of the visitor's, open for editing in its place. */
export const Editing = clickedOn('edit', story(...talked));

/** The visitor said it again in other words. The agent remembers both. */
export const Edited = story(...talked, typed('again', 'Which are safe for dogs?'), {
  type: 'message.edited',
  messageId: 'question',
  editedAs: 'again',
});

/** An answer can be rated, where the backend takes that. */
export const Rateable = story(rateable, ...talked);

/** It was rated; there is room for a comment. */
export const Rated = clickedOn('bad-answer', Rateable);

/** Two days. */
export const TwoDays = story(...talked, { ...typed('later', 'And for dogs?'), after: 90_000_000 }, ...sending('later'));
