import { answerOf, indexOfMessage, type ConversationState, type Run } from './conversationState.js';
import { withChanges } from './isEqual.js';
import type { AgentMessage, Message, UserMessage } from './message.js';

export function addMessage(state: ConversationState, message: Message): ConversationState {
  return indexOfMessage(state.messageIds, message.id) >= 0 ? state : insert(state, state.messages.length, message);
}

export function removeMessage(state: ConversationState, id: string): ConversationState {
  const index = indexOfMessage(state.messageIds, id);
  if (index < 0) return state;
  return {
    ...state,
    messages: state.messages.toSpliced(index, 1),
    messageIds: state.messageIds.toSpliced(index, 1),
  };
}

/** A message that failed and is sent after all goes to the end: the transcript tells the order in which the agent heard things. */
export function changeDelivery(
  state: ConversationState,
  id: string,
  change: Pick<UserMessage, 'delivery' | 'error'>,
): ConversationState {
  const message = state.messages[indexOfMessage(state.messageIds, id)];
  if (message?.role !== 'user') return state;
  const isAnotherTry = message.delivery === 'failed' && change.delivery === 'queued';
  if (isAnotherTry) return addMessage(removeMessage(state, id), { ...message, ...change });
  return patchMessage(state, id, () => withChanges(message, change));
}

/** It stays in the transcript, because the agent remembers it. */
export function editMessage(state: ConversationState, id: string, editedAs: string): ConversationState {
  return patchMessage(state, id, (message) => (message.role === 'user' ? withChanges(message, { editedAs }) : message));
}

/** Something of the agent arrived: the user's message is proven sent, and the answer has a place in the transcript. */
export function beginAnswer(state: ConversationState, at: number): ConversationState {
  const { run } = state;
  if (!run) return state;
  const sent = changeDelivery(state, run.userMessageId, { delivery: 'sent', error: null });
  return answerOf(sent) ? sent : insert(sent, placeOfAnswer(sent, run), emptyAnswer(run, at));
}

export function patchAnswer(
  state: ConversationState,
  change: (message: AgentMessage) => AgentMessage,
): ConversationState {
  const answer = answerOf(state);
  return answer ? patchMessage(state, answer.id, () => change(answer)) : state;
}

export function patchToolOwner(
  state: ConversationState,
  toolCallId: string,
  change: (message: AgentMessage) => AgentMessage,
): ConversationState {
  const owner = state.messages.findLast(
    (message): message is AgentMessage =>
      message.role === 'agent' &&
      message.parts.some((part) => part.kind === 'tool_call' && part.toolCallId === toolCallId),
  );
  return owner ? patchMessage(state, owner.id, () => change(owner)) : state;
}

function patchMessage(state: ConversationState, id: string, change: (message: Message) => Message): ConversationState {
  const index = indexOfMessage(state.messageIds, id);
  const before = state.messages[index];
  if (!before) return state;
  const after = change(before);
  return after === before ? state : { ...state, messages: state.messages.with(index, after) };
}

function insert(state: ConversationState, index: number, message: Message): ConversationState {
  return {
    ...state,
    messages: state.messages.toSpliced(index, 0, message),
    messageIds: state.messageIds.toSpliced(index, 0, message.id),
  };
}

// Behind its question and earlier answers to it, before messages that are still queued.
function placeOfAnswer({ messages }: ConversationState, run: Run): number {
  const turnOf = (message: Message): string => (message.role === 'user' ? message.id : message.inReplyTo);
  return messages.findLastIndex((message) => turnOf(message) === run.userMessageId) + 1 || messages.length;
}

function emptyAnswer(run: Run, at: number): AgentMessage {
  return {
    role: 'agent',
    id: run.agentMessageId,
    createdAt: at,
    inReplyTo: run.userMessageId,
    parts: [],
    status: 'working',
    responseId: null,
    taskId: null,
    model: null,
    traceId: null,
    finishReason: null,
    usage: null,
    error: null,
  };
}
