import { EMPTY_STATE, indexOfMessage, type ConversationState, type Run } from './conversationState.js';
import type { ConversationEvent } from './conversationEvent.js';
import type { AgentMessage, Message, ResponseStatus, UserMessage } from './message.js';
import { applyDelta, applyPart, closeParts } from './reduceParts.js';
import { applySnapshot } from './reduceSnapshot.js';
import { applyPendingToolCalls, applyToolEvent } from './reduceToolCall.js';

/**
 * The one way in which a conversation changes. Pure and total: no clock, no ids, no effects; an event that does not apply changes nothing.
 * What an event does not touch keeps its identity, which is what keeps a token from re-rendering more than one part.
 */
export function reduce(state: ConversationState, event: ConversationEvent): ConversationState {
  if (isLate(state, event)) return state;
  switch (event.type) {
    case 'message.added':
      return addMessage(state, event.message);
    case 'delivery.changed':
      return patchUser(state, event.messageId, { delivery: event.delivery, error: event.error });
    case 'run.started': {
      const { userMessageId, agentMessageId } = event;
      return {
        ...state,
        run: { userMessageId, agentMessageId },
        status: 'submitted',
        connection: 'connecting',
        error: null,
      };
    }
    case 'run.connected':
    case 'connection.changed':
      return state.run && state.connection !== event.connection ? { ...state, connection: event.connection } : state;
    case 'run.settled':
      return state.run ? { ...state, run: null, connection: 'idle' } : state;
    case 'run.stopped':
      return stopRun(state, event.at);
    case 'run.failed':
      return state.run ? fail(withAnswerIfSent(state, state.run, event.at), event.error, event.at) : state;
    case 'response.started':
      return patchAnswer(answering(state, event.at, event.taskId), (message) => ({
        ...message,
        responseId: event.responseId ?? message.responseId,
        taskId: event.taskId ?? message.taskId,
        model: event.model ?? message.model,
        traceId: event.traceId ?? message.traceId,
      }));
    case 'part.delta':
      return patchParts(state, event.at, (parts) => applyDelta(parts, event.partId, event.delta, event.at));
    case 'part.done':
      return patchParts(state, event.at, (parts) => applyPart(parts, event.partId, event.part, event.at));
    case 'tool.started':
    case 'tool.done':
    case 'tool.failed':
    case 'tool.review.requested':
    case 'tool.review.done':
      return patchParts(state, event.at, (parts) => applyToolEvent(parts, event));
    case 'tool.answered':
      return patchToolOwner(state, event.toolCallId, (message) => ({
        ...message,
        parts: applyToolEvent(message.parts, event),
      }));
    case 'response.done': {
      const status = event.pendingToolCalls.length > 0 ? 'input-required' : 'completed';
      const { finishReason, pendingToolCalls } = event;
      const ended = patchAnswer(answering(state, event.at, null), (message) => ({
        ...message,
        status,
        finishReason,
        usage: event.usage ?? message.usage,
        traceId: event.traceId ?? message.traceId,
        parts: applyPendingToolCalls(closeParts(message.parts, event.at), pendingToolCalls),
      }));
      return { ...ended, status };
    }
    case 'response.failed':
      // A failed task refuses every continuation (PROTOCOL.md 7.3): the next turn begins a new one.
      return { ...fail(answering(state, event.at, null), event.error, event.at), taskId: null };
    case 'response.synced':
      return syncResponse(state, event);
    case 'capabilities.changed':
      return { ...state, capabilities: event.capabilities };
    case 'agent.loaded':
      return { ...state, agent: event.agent };
    case 'context.changed':
      return { ...state, identity: event.identity, thread: event.thread };
    case 'conversation.reset': {
      const { agent, identity, thread, capabilities } = state;
      return { ...EMPTY_STATE, agent, identity, thread, capabilities };
    }
    case 'event.skipped':
      return state;
    default:
      return event satisfies never;
  }
}

const WIRE = /^(response\.(started|done|failed)|part\.|tool\.(started|done|failed|review))/;

/** Late or repeated: after the terminal event of a response only a snapshot may still correct it, and without a run there is nobody to hear. */
function isLate(state: ConversationState, event: ConversationEvent): boolean {
  if (!WIRE.test(event.type)) return false;
  if (!state.run) return true;
  const answer = state.messages[indexOfMessage(state.messageIds, state.run.agentMessageId)];
  return answer?.role === 'agent' && answer.status !== 'working';
}

function syncResponse(
  state: ConversationState,
  event: Extract<ConversationEvent, { type: 'response.synced' }>,
): ConversationState {
  const { response, at } = event;
  if (!state.run) return state;
  const begun = answering(state, at, response.taskId);
  const isOver = response.state !== 'submitted' && response.state !== 'working';
  const synced = patchAnswer(begun, (message) => {
    const parts = applySnapshot(message.parts, response, at);
    return {
      ...message,
      parts: isOver ? applyPendingToolCalls(closeParts(parts, at), response.pendingToolCalls) : parts,
      responseId: response.responseId ?? message.responseId,
      taskId: response.taskId ?? message.taskId,
      model: response.model ?? message.model,
      traceId: response.traceId ?? message.traceId,
      usage: response.usage ?? message.usage,
      finishReason: response.finishReason ?? message.finishReason,
    };
  });
  if (!isOver) return synced;
  if (response.state === 'failed' && response.error) return { ...fail(synced, response.error, at), taskId: null };
  const status = response.state as ResponseStatus;
  return { ...patchAnswer(synced, (message) => ({ ...message, status })), status };
}

/** Something of the agent arrived: the user's message is proven sent, and the answer has a place in the transcript. */
function answering(state: ConversationState, at: number, taskId: string | null): ConversationState {
  const { run } = state;
  if (!run) return state;
  const sent = patchUser(state, run.userMessageId, { delivery: 'sent', error: null });
  const known = indexOfMessage(sent.messageIds, run.agentMessageId) >= 0 ? sent : addAnswer(sent, run, at);
  const next = taskId ?? known.taskId;
  return known.status === 'working' && known.taskId === next ? known : { ...known, status: 'working', taskId: next };
}

/** Puts the answer behind its question, before messages that are still queued. */
function addAnswer(state: ConversationState, run: Run, at: number): ConversationState {
  const { messages, messageIds } = state;
  const turnOf = (message: Message): string => (message.role === 'user' ? message.id : message.inReplyTo);
  const position = messages.findLastIndex((message) => turnOf(message) === run.userMessageId) + 1 || messages.length;
  return {
    ...state,
    messages: messages.toSpliced(position, 0, emptyAnswer(run, at)),
    messageIds: messageIds.toSpliced(position, 0, run.agentMessageId),
  };
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

function patchParts(
  state: ConversationState,
  at: number,
  change: (parts: AgentMessage['parts']) => AgentMessage['parts'],
): ConversationState {
  return patchAnswer(answering(state, at, null), (message) => {
    const parts = change(message.parts);
    return parts === message.parts ? message : { ...message, parts };
  });
}

function stopRun(state: ConversationState, at: number): ConversationState {
  if (!state.run) return state;
  const stopped = patchAnswer(withAnswerIfSent(state, state.run, at), (message) => ({
    ...message,
    status: 'canceled',
    parts: closeParts(message.parts, at),
  }));
  return { ...stopped, status: 'canceled', run: null, connection: 'idle' };
}

// A user message that did not arrive says so itself; one that did needs an answer that says what became of it.
function withAnswerIfSent(state: ConversationState, run: Run, at: number): ConversationState {
  const user = state.messages[indexOfMessage(state.messageIds, run.userMessageId)];
  return user?.role === 'user' && user.delivery === 'sent' ? answering(state, at, null) : state;
}

function fail(state: ConversationState, error: AgentMessage['error'], at: number): ConversationState {
  const failed = patchAnswer(state, (message) => ({
    ...message,
    status: 'failed',
    error,
    parts: closeParts(message.parts, at),
  }));
  return { ...failed, status: 'failed', error };
}

function addMessage(state: ConversationState, message: Message): ConversationState {
  if (indexOfMessage(state.messageIds, message.id) >= 0) return state;
  return { ...state, messages: [...state.messages, message], messageIds: [...state.messageIds, message.id] };
}

function patchAnswer(state: ConversationState, change: (message: AgentMessage) => AgentMessage): ConversationState {
  return state.run
    ? patchMessage(state, state.run.agentMessageId, (message) => (message.role === 'agent' ? change(message) : message))
    : state;
}

function patchToolOwner(
  state: ConversationState,
  toolCallId: string,
  change: (message: AgentMessage) => AgentMessage,
): ConversationState {
  const owner = state.messages.findLast(
    (message) =>
      message.role === 'agent' &&
      message.parts.some((part) => part.kind === 'tool_call' && part.toolCallId === toolCallId),
  );
  if (!owner) return state;
  return patchMessage(state, owner.id, (message) => (message.role === 'agent' ? change(message) : message));
}

function patchUser(
  state: ConversationState,
  id: string,
  change: Pick<UserMessage, 'delivery' | 'error'>,
): ConversationState {
  return patchMessage(state, id, (message) => {
    if (message.role !== 'user' || (message.delivery === change.delivery && message.error === change.error))
      return message;
    return { ...message, ...change };
  });
}

function patchMessage(state: ConversationState, id: string, change: (message: Message) => Message): ConversationState {
  const index = indexOfMessage(state.messageIds, id);
  const before = state.messages[index];
  if (!before) return state;
  const after = change(before);
  return after === before ? state : { ...state, messages: state.messages.with(index, after) };
}
