import { selectLastAgentMessage, type ConversationState } from './conversationState.js';
import { isToolCall } from './isToolCall.js';
import type { AgentMessage, Message } from './message.js';
import type { InputPart } from './transport.js';

/** Results of tool calls, complete: they travel in one message (PROTOCOL.md 8.2). */
export interface ToolResults {
  /** The user message whose turn they go on with. */
  readonly inReplyTo: string;
  readonly parts: readonly InputPart[];
}

/** How often a turn may ask for tools before it is given up (DESIGN.md 4.6: rounds per turn). An agent that asks for ever would spend the visitor's money for ever. */
export const MAX_TOOL_ROUNDS = 12;

/** Stands in for the result of a call that nobody answered, because an unanswered call blocks the task (PROTOCOL.md 7.5). */
export const NO_RESULT = { error: 'The visitor went on without this result.' };

/** One result as the wire wants it: never left out, because a call without one counts as unanswered. */
export function toolResult(toolCallId: string, result: unknown): InputPart {
  return { kind: 'tool_result', toolCallId, result: result ?? null };
}

/** The results that the task still waits for, once every call has one. An attempt to deliver them that came to nothing does not settle the debt. */
export function owedToolResults(state: ConversationState): ToolResults | null {
  if (state.taskId === null) return null;
  const asking = state.messages.findLast(
    (message): message is AgentMessage => message.role === 'agent' && !hasComeToNothing(message),
  );
  if (asking?.status !== 'input-required') return null;
  // A disk that was full may have kept the answer without its message. What becomes of an attempt is shown behind the message: without one, each would be followed by another.
  if (!state.messages.some(({ id }) => id === asking.inReplyTo)) return null;
  const calls = asking.parts.filter(isToolCall).filter((part) => part.executor === 'client');
  if (calls.some((call) => call.result === undefined)) return null;
  return { inReplyTo: asking.inReplyTo, parts: calls.map((call) => toolResult(call.toolCallId, call.result)) };
}

/** Whether a turn has asked for tools more often than it may. */
export function hasTooManyRounds({ messages }: ConversationState, userMessageId: string): boolean {
  const rounds = messages.filter(
    (message) => message.role === 'agent' && message.inReplyTo === userMessageId && message.status === 'input-required',
  );
  return rounds.length > MAX_TOOL_ROUNDS;
}

/** Whether this answer is what became of an attempt to deliver results that are still owed. */
export function isFailedDelivery(state: ConversationState, message: Message): boolean {
  return message === selectLastAgentMessage(state) && hasComeToNothing(message) && owedToolResults(state) !== null;
}

/** Whether an answer may go on elsewhere although this side gave up on it. */
export function isCutOff({ status, taskId, error }: AgentMessage): boolean {
  return status === 'failed' && taskId !== null && error?.source === 'network';
}

// Nothing of the agent's arrived: for all we know it was never asked.
function hasComeToNothing(message: Message): boolean {
  if (message.role !== 'agent' || (message.status !== 'failed' && message.status !== 'canceled')) return false;
  return message.parts.length === 0 && message.responseId === null && message.taskId === null;
}
