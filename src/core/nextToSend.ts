import { selectLastAgentMessage, type ConversationState } from './conversationState.js';
import { isToolCall, type UserMessage } from './message.js';
import type { InputPart } from './transport.js';

export type NextToSend =
  | { readonly kind: 'user'; readonly message: UserMessage }
  | { readonly kind: 'tool'; readonly inReplyTo: string; readonly results: readonly InputPart[] };

/** What the conversation owes the agent next: the results of its tool calls before anything the visitor typed since. */
export function nextToSend(state: ConversationState): NextToSend | null {
  const answered = nextToolResults(state);
  if (answered) return { kind: 'tool', ...answered };
  const message = state.messages.find(
    (each): each is UserMessage => each.role === 'user' && each.delivery === 'queued',
  );
  return message ? { kind: 'user', message } : null;
}

/** The results for the newest response, once every call of it that waits for this page has one: they travel in one message (PROTOCOL.md 8.2). */
export function nextToolResults(
  state: ConversationState,
): { readonly inReplyTo: string; readonly results: readonly InputPart[] } | null {
  const last = selectLastAgentMessage(state);
  if (last?.status !== 'input-required') return null;
  const calls = last.parts.filter(isToolCall).filter((part) => part.executor === 'client');
  if (calls.some((call) => call.state !== 'done')) return null;
  return {
    inReplyTo: last.inReplyTo,
    results: calls.map(({ toolCallId, result }) => ({ kind: 'tool_result', toolCallId, result: result ?? null })),
  };
}
