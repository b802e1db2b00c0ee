import type { Capabilities } from '../../src/core/agentEvent.js';
import { AgentChatError, type AgentChatErrorOptions } from '../../src/core/errors.js';
import { userMessage } from '../../src/core/inputParts.js';
import type { FinishReason } from '../../src/core/message.js';
import type { AgentCard, InputPart } from '../../src/core/transport.js';
import type { StoryEvent } from './frozenConversation.js';

/** The agent that the stories talk to. */
export const AGENT: AgentCard = {
  key: 'support',
  displayName: 'Fern',
  description: 'Answers questions about plants, orders and deliveries.',
  suggestions: ['Where is my order?', 'How often do I water a monstera?', 'Can I return a plant?'],
};

/** The agent's card has been loaded. */
export const introduced: StoryEvent = { type: 'agent.loaded', agent: AGENT };

/** The visitor typed a message; it waits for its turn. */
export function typed(id: string, content: string | readonly InputPart[]): StoryEvent {
  const parts = typeof content === 'string' ? [{ kind: 'text' as const, text: content }] : content;
  return { type: 'message.added', message: userMessage(id, parts, 0) };
}

/** A message is on its way to the agent. */
export function sending(id: string): readonly StoryEvent[] {
  return [
    { type: 'delivery.changed', messageId: id, delivery: 'sending', error: null },
    { type: 'run.started', userMessageId: id, agentMessageId: `answer-to-${id}`, messageId: id },
  ];
}

/** The agent has begun to answer. */
export const answering: readonly StoryEvent[] = [
  {
    type: 'response.started',
    taskId: 'task_1',
    responseId: 'resp_1',
    model: 'openai/gpt-5',
    traceId: '0af7651916cd43dd8448eb211c80319c',
    after: 900,
  },
  { type: 'connection.changed', connection: 'streaming' },
];

/** A visitor's message and the beginning of the answer. */
export function asked(text: string | readonly InputPart[], id = 'question'): readonly StoryEvent[] {
  return [typed(id, text), ...sending(id), ...answering];
}

/** Text streams in, word by word. */
export function says(text: string, partId = 'text_1'): readonly StoryEvent[] {
  return (text.match(/\S+\s*/g) ?? []).map((word) => ({
    type: 'part.delta',
    partId,
    delta: { kind: 'text', text: word },
  }));
}

/** A text part that is complete. */
export function said(text: string, partId = 'text_1'): readonly StoryEvent[] {
  return [...says(text, partId), { type: 'part.done', partId, part: { kind: 'text', text } }];
}

/** The answer is complete. */
export function done(finishReason: FinishReason = 'stop'): readonly StoryEvent[] {
  return [
    { type: 'response.done', finishReason, pendingToolCalls: [], usage: null, traceId: null },
    { type: 'run.settled' },
  ];
}

/** A whole exchange. */
export function exchange(question: string, answer: string, id = 'question'): readonly StoryEvent[] {
  return [...asked(question, id), ...said(answer, `text-${id}`), ...done()];
}

/** The run has failed. */
export function failed(options: AgentChatErrorOptions): readonly StoryEvent[] {
  return [{ type: 'run.failed', error: new AgentChatError(options) }, { type: 'run.settled' }];
}

/** A message could not be delivered. */
export function undelivered(
  id: string,
  delivery: 'failed' | 'uncertain',
  options: AgentChatErrorOptions,
): readonly StoryEvent[] {
  const error = new AgentChatError(options);
  return [
    { type: 'delivery.changed', messageId: id, delivery, error },
    { type: 'run.failed', error },
    { type: 'run.settled' },
  ];
}

/** What a backend with everything offers. */
export const ALL_CAPABILITIES: Capabilities = {
  cancel: true,
  replay: true,
  receipts: true,
  reviews: true,
  heartbeats: true,
  feedback: true,
};

/** An answer with what agents usually write. */
export const MARKDOWN_ANSWER = `Most monsteras are happy with water **once a week**. Check the soil first:

1. Push a finger about 3 cm into the soil.
2. If it feels dry, water until it drains.
3. Empty the saucer after half an hour.

| Season | Every | Amount |
| --- | --- | --- |
| Summer | 7 days | 500 ml |
| Winter | 14 days | 250 ml |

If you like, set a reminder:

\`\`\`ts
remind({ plant: 'monstera', every: { days: 7 } });
\`\`\`

More in [our care guide](https://example.com/care).`;
