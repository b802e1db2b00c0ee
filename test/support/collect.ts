import type { AgentEvent } from '../../src/core/agentEvent.js';
import { EMPTY_STATE, type ConversationState } from '../../src/core/conversationState.js';
import { isAgentChatError, type AgentChatError } from '../../src/core/errors.js';
import type { AgentMessage } from '../../src/core/message.js';
import { userMessage } from '../../src/core/inputParts.js';
import { reduce } from '../../src/core/reduce.js';
import type { SendRequest } from '../../src/core/transport.js';

/** Everything that a transport yields, and what it throws. */
export async function collect(
  events: AsyncIterable<AgentEvent>,
): Promise<{ readonly events: AgentEvent[]; readonly error: AgentChatError | null }> {
  const collected: AgentEvent[] = [];
  try {
    for await (const event of events) collected.push(event);
    return { events: collected, error: null };
  } catch (error) {
    if (isAgentChatError(error)) return { events: collected, error };
    throw error;
  }
}

/** A state in which a message has just been sent. */
export function sendingState(): ConversationState {
  const state = reduce(EMPTY_STATE, {
    type: 'message.added',
    message: { ...userMessage('user-1', [{ kind: 'text', text: 'Hello' }], 0), delivery: 'sending' },
    at: 0,
  });
  const run = { userMessageId: 'user-1', agentMessageId: 'agent-1', messageId: 'user-1' };
  return reduce(state, { type: 'run.started', ...run, at: 0 });
}

/** What events mean: the state they lead to. */
export function stateAfter(
  events: readonly AgentEvent[],
  state: ConversationState = sendingState(),
): ConversationState {
  return events.reduce((before, event) => reduce(before, { ...event, at: 1 }), state);
}

export function answerIn(state: ConversationState): AgentMessage {
  const message = state.messages.find((each) => each.role === 'agent');
  if (message?.role !== 'agent') throw new Error('There is no answer in the transcript.');
  return message;
}

/** A request with what every request has. */
export function sendRequest(changes: Partial<SendRequest> = {}): SendRequest {
  return {
    agentKey: 'support',
    message: { messageId: '01K6D8QFQ4N1WQ0P8C2T4M6R8A', role: 'user', parts: [{ kind: 'text', text: 'Hello' }] },
    signal: new AbortController().signal,
    ...changes,
  };
}
