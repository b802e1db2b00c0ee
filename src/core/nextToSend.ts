import { selectLastAgentMessage, type ConversationState } from './conversationState.js';
import type { UserMessage } from './message.js';
import { owedToolResults, type ToolResults } from './toolResults.js';

export type NextToSend =
  | { readonly kind: 'message'; readonly message: UserMessage }
  | { readonly kind: 'results'; readonly results: ToolResults };

/**
 * What the conversation owes the agent next: the results of its tool calls before anything the visitor typed since; then first in, first out.
 * Results that could not be delivered wait for a command, or the same failure would be repeated without end.
 */
export function nextToSend(state: ConversationState): NextToSend | null {
  const results = selectLastAgentMessage(state)?.status === 'input-required' ? owedToolResults(state) : null;
  if (results) return { kind: 'results', results };
  const message = state.messages.find(
    (each): each is UserMessage => each.role === 'user' && each.delivery === 'queued',
  );
  return message ? { kind: 'message', message } : null;
}
