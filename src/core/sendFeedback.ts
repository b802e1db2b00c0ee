import { selectMessage, type ConversationState } from './conversationState.js';
import { AgentChatError } from './errors.js';
import type { AgentTransport } from './transport.js';

export interface FeedbackParties {
  readonly agentKey: string;
  readonly transport: AgentTransport;
  getState(): ConversationState;
}

/**
 * Tells the backend what the visitor thinks of an answer.
 *
 * @throws AgentChatError where there is nothing to rate, or nobody to tell.
 */
export async function sendFeedback(
  { agentKey, transport, getState }: FeedbackParties,
  messageId: string,
  rating: 'good' | 'bad',
  comment?: string,
): Promise<void> {
  const message = selectMessage(getState(), messageId);
  const traceId = message?.role === 'agent' ? message.traceId : null;
  if (traceId === null || !transport.feedback) {
    throw new AgentChatError({
      code: 'invalid_request',
      message: `Feedback on "${messageId}" was not sent: ${
        transport.feedback ? 'it is no answer with a trace' : 'the transport has no feedback verb'
      }. Offer it only where capabilities.feedback is true and the answer has a traceId.`,
    });
  }
  await transport.feedback({ agentKey, traceId, rating, comment, signal: new AbortController().signal });
}
