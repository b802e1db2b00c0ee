import { answerOf, EMPTY_STATE, type ConversationState, type Run } from './conversationState.js';
import type { ConversationEvent } from './conversationEvent.js';
import { withChanges } from './isEqual.js';
import type { AgentMessage, ResponseStatus } from './message.js';
import {
  addMessage,
  beginAnswer,
  changeDelivery,
  editMessage,
  patchAnswer,
  patchToolOwner,
  removeMessage,
} from './reduceMessages.js';
import { applyDelta, applyPart, closeParts } from './reduceParts.js';
import { applySnapshot } from './reduceSnapshot.js';
import { applyPendingToolCalls, applyToolEvent } from './reduceToolCall.js';

/**
 * The one way in which a conversation changes. Pure and total: no clock, no ids, no effects; an event that does not apply changes nothing.
 * What an event does not touch keeps its identity, which is what keeps a token from re-rendering more than one part.
 */
export function reduce(state: ConversationState, event: ConversationEvent): ConversationState {
  if (isLate(state, event)) return state;
  const next = apply(state, event);
  // With the event that it names, and not before: whoever goes on from there must have everything up to there.
  return event.eventId === undefined || !next.run ? next : withRun(next, { cursor: event.eventId });
}

function apply(state: ConversationState, event: ConversationEvent): ConversationState {
  switch (event.type) {
    case 'message.added':
      return addMessage(state, event.message);
    case 'message.removed':
      return removeMessage(state, event.messageId);
    case 'message.edited':
      return editMessage(state, event.messageId, event.editedAs);
    case 'delivery.changed':
      return changeDelivery(state, event.messageId, { delivery: event.delivery, error: event.error });
    case 'run.started':
    case 'run.resumed': {
      const { userMessageId, agentMessageId, messageId } = event;
      const run = { userMessageId, agentMessageId, messageId, ...NOT_SENT };
      const begun = withChanges(state, { run, status: 'submitted', connection: 'connecting', error: null });
      if (event.type === 'run.started') return begun;
      return patchAnswer(begun, (message) => withChanges(message, { status: 'working', error: null }));
    }
    case 'run.sent': {
      if (!state.run) return state;
      const { attempts, sentAt, epoch } = state.run;
      // Of the first: it may arrive behind all others, and a memory that is younger knows nothing of it.
      const run = { attempts: attempts + 1, sentAt: sentAt ?? event.at, epoch: epoch ?? state.epoch, retryAt: null };
      return withChanges(withRun(state, run), { connection: 'connecting' });
    }
    case 'run.waiting':
      return withRun(state, { retryAt: event.retryAt });
    case 'run.connected':
    case 'connection.changed':
      return state.run ? withChanges(state, { connection: event.connection }) : state;
    case 'run.settled':
      return withChanges(state, { run: null, connection: 'idle' });
    case 'run.stopped':
      return withChanges(stopAnswer(state, event.at), { run: null, connection: 'idle' });
    case 'run.failed': {
      const { error } = event;
      // A task that is gone would refuse every message to come.
      const taskId = error.code === 'task_not_found' ? null : state.taskId;
      return withChanges(failAnswer(state, error, event.at), { run: null, connection: 'idle', taskId });
    }
    case 'task.changed':
      return withChanges(state, { taskId: event.taskId });
    case 'response.started': {
      const known = patchAnswer(beginAnswer(state, event.at), (message) =>
        withChanges(message, namesIn(event, message)),
      );
      return withChanges(known, { status: 'working', taskId: event.taskId ?? state.taskId });
    }
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
    case 'tool.prepared':
    case 'tool.stopped':
    case 'tool.answered':
      return patchToolOwner(state, event.toolCallId, (message) =>
        withChanges(message, { parts: applyToolEvent(message.parts, event) }),
      );
    case 'response.done': {
      const { finishReason, pendingToolCalls, usage, traceId } = event;
      const status = pendingToolCalls.length > 0 ? 'input-required' : 'completed';
      const ended = patchAnswer(beginAnswer(state, event.at), (message) =>
        withChanges(message, {
          status,
          finishReason,
          usage: usage ?? message.usage,
          traceId: traceId ?? message.traceId,
          parts: applyPendingToolCalls(closeParts(message.parts, event.at), pendingToolCalls),
        }),
      );
      return withChanges(ended, { status });
    }
    case 'response.failed':
      // A failed task refuses every continuation (PROTOCOL.md 7.3): the next turn begins a new one.
      return withChanges(failAnswer(beginAnswer(state, event.at), event.error, event.at), { taskId: null });
    case 'response.synced':
      return syncAnswer(state, event);
    case 'capabilities.changed':
      return withChanges(state, { capabilities: event.capabilities, epoch: event.epoch });
    case 'agent.loaded':
      return withChanges(state, { agent: event.agent });
    case 'context.changed':
      return withChanges(state, { identity: event.identity, thread: event.thread });
    case 'conversation.restored': {
      const { conversationId, taskId, run, status } = event;
      const restored = { ...state, conversationId, taskId, run, status, isRestoring: false };
      const messages = [...event.messages, ...state.messages];
      return { ...restored, messages, messageIds: messages.map(({ id }) => id) };
    }
    case 'conversation.synced':
      return { ...state, ...event.state, messageIds: event.state.messages.map(({ id }) => id) };
    case 'conversation.reset': {
      const { agent, identity, thread, capabilities, epoch } = state;
      const { conversationId, isRestoring } = event;
      return { ...EMPTY_STATE, agent, identity, thread, capabilities, epoch, conversationId, isRestoring };
    }
    case 'event.skipped':
      return state;
    default:
      return event satisfies never;
  }
}

type Names = Pick<AgentMessage, 'responseId' | 'taskId' | 'model' | 'traceId'>;

/** By what a response is known: what is not said again stays. */
function namesIn(said: Names, known: Names): Names {
  return {
    responseId: said.responseId ?? known.responseId,
    taskId: said.taskId ?? known.taskId,
    model: said.model ?? known.model,
    traceId: said.traceId ?? known.traceId,
  };
}

const NOT_SENT = { attempts: 0, sentAt: null, epoch: null, cursor: null, retryAt: null };

function withRun(state: ConversationState, changes: Partial<Run>): ConversationState {
  return state.run ? withChanges(state, { run: withChanges(state.run, changes) }) : state;
}

const OF_THE_STREAM = /^(response\.(started|done|failed)|part\.|tool\.(started|done|failed|review))/;

/** Late or repeated: after the end of a response only a snapshot may still correct it, and without a run there is nobody to hear. */
function isLate(state: ConversationState, event: ConversationEvent): boolean {
  return OF_THE_STREAM.test(event.type) && (state.run === null || hasEnded(state));
}

function hasEnded(state: ConversationState): boolean {
  const answer = answerOf(state);
  return answer !== undefined && answer.status !== 'working';
}

function patchParts(
  state: ConversationState,
  at: number,
  change: (parts: AgentMessage['parts']) => AgentMessage['parts'],
): ConversationState {
  const changed = patchAnswer(beginAnswer(state, at), (message) => {
    const parts = change(message.parts);
    return parts === message.parts ? message : { ...message, parts };
  });
  return withChanges(changed, { status: 'working' });
}

function syncAnswer(
  state: ConversationState,
  { response, at }: Extract<ConversationEvent, { type: 'response.synced' }>,
): ConversationState {
  const status: ResponseStatus = response.state === 'submitted' ? 'working' : response.state;
  const isOver = status !== 'working';
  if (!state.run || (!isOver && hasEnded(state))) return state;
  const synced = patchAnswer(beginAnswer(state, at), (message) => {
    const parts = applySnapshot(message.parts, response, at);
    return withChanges(message, {
      status,
      parts: isOver ? applyPendingToolCalls(closeParts(parts, at), response.pendingToolCalls) : parts,
      ...namesIn(response, message),
      usage: response.usage ?? message.usage,
      finishReason: response.finishReason ?? message.finishReason,
      error: response.error,
    });
  });
  const isDead = status === 'failed' || status === 'canceled';
  const taskId = isDead ? null : (response.taskId ?? synced.taskId);
  return withChanges(synced, { status, taskId, error: response.error });
}

function stopAnswer(state: ConversationState, at: number): ConversationState {
  if (!state.run || hasEnded(state)) return state;
  const stopped = patchAnswer(withAnswerIfSent(state, at), (message) =>
    withChanges(message, { status: 'canceled', parts: closeParts(message.parts, at) }),
  );
  return withChanges(stopped, { status: 'canceled' });
}

function failAnswer(state: ConversationState, error: AgentMessage['error'], at: number): ConversationState {
  if (!state.run || hasEnded(state)) return state;
  const failed = patchAnswer(withAnswerIfSent(state, at), (message) =>
    withChanges(message, { status: 'failed', error, parts: closeParts(message.parts, at) }),
  );
  return withChanges(failed, { status: 'failed', error });
}

// A user message that did not arrive says so itself; one that did needs an answer that says what became of it.
function withAnswerIfSent(state: ConversationState, at: number): ConversationState {
  const user = state.messages.find((message) => message.id === state.run?.userMessageId);
  return user?.role === 'user' && user.delivery === 'sent' ? beginAnswer(state, at) : state;
}
