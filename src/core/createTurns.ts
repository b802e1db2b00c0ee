import type { ConversationOptions, ConversationUpdate } from './conversation.js';
import { selectMessage, selectPendingToolCalls, type ConversationState } from './conversationState.js';
import type { Dispatcher } from './createDispatcher.js';
import { AgentChatError, toAgentChatError, type AgentChatErrorCode } from './errors.js';
import { isEmptyInput, toInputParts } from './inputParts.js';
import type { UserMessage } from './message.js';
import { nextToSend } from './nextToSend.js';
import { MAX_TOOL_ROUNDS, releaseTask } from './releaseTask.js';
import { answerOf } from './reduceMessages.js';
import { runTurn, type TurnOutcome } from './runTurn.js';
import { NO_RESULT, owedToolResults, type ToolResults } from './toolResults.js';
import type { InputPart, SendRequest } from './transport.js';

export interface TurnsOptions extends Dispatcher, Pick<ConversationOptions, 'agentKey' | 'transport'> {
  getState(): ConversationState;
  getSettings(): ConversationUpdate;
  createId(): string;
}

export interface Turns {
  /** Takes up what there is to send, one turn after the other, unless that is under way already. */
  start(): void;
  /** Ends the turn that is under way; what has arrived stays. What waits in the queue stays there until `start`. */
  end(): void;
  /** Forgets the task of the conversation that was. */
  forget(): void;
}

/** The turns of a conversation: one at a time, and none before the task takes it. */
export function createTurns(options: TurnsOptions): Turns {
  const { agentKey, transport, getState, getSettings, createId, dispatch, flush } = options;
  let abort: AbortController | null = null;
  /** A task that was left running: by `stop()`, or because the server said so. It blocks the next turn (PROTOCOL.md 7.2). */
  let activeTaskId: string | null = null;
  /** The visitor's message that is being sent, also while something has to be cleared out of its way. */
  let current: string | null = null;

  async function takeTurns(): Promise<void> {
    if (abort) return;
    const controller = (abort = new AbortController());
    const { signal } = controller;
    for (let next = nextToSend(getState()); next; next = nextToSend(getState())) {
      current = next.kind === 'message' ? next.message.id : null;
      if (next.kind === 'message') await sendMessage(next.message, signal);
      else conclude(next.results.inReplyTo, await sendResults(next.results, signal));
      if (signal.aborted) return; // ended meanwhile, and perhaps begun anew
    }
    abort = null;
    current = null;
  }

  async function sendMessage({ id, parts }: UserMessage, signal: AbortSignal): Promise<void> {
    // Without a wait where none is needed: whoever looks right after send() must find the conversation busy.
    const obstacle = hasOpenToolCalls() ? await clearToolCalls(signal) : null;
    if (signal.aborted) return;
    dispatch({ type: 'run.started', userMessageId: id, agentMessageId: createId() });
    if (obstacle) return conclude(id, { kind: 'failed', error: obstacle });
    const input = { messageId: id, parts: toInputParts(parts) };
    let allowed: readonly InputPart[];
    try {
      const { beforeSend } = getSettings();
      allowed = (beforeSend ? await beforeSend(input) : input)?.parts ?? [];
    } catch (thrown) {
      if (!signal.aborted) conclude(id, { kind: 'failed', error: brokenBeforeSend(thrown) });
      return;
    }
    if (signal.aborted) return;
    if (isEmptyInput(allowed)) return conclude(id, { kind: 'failed', error: withheld() });
    conclude(id, await exchange({ messageId: id, role: 'user', parts: allowed }, signal));
  }

  function hasOpenToolCalls(): boolean {
    return selectPendingToolCalls(getState()).length > 0 || owedToolResults(getState()) !== null;
  }

  /** Answers what the visitor went past. @returns what keeps the task from taking the next message, or `null`. */
  async function clearToolCalls(signal: AbortSignal): Promise<AgentChatError | null> {
    for (let round = 0; round < MAX_TOOL_ROUNDS; round += 1) {
      for (const { toolCallId } of selectPendingToolCalls(getState())) {
        dispatch({ type: 'tool.answered', toolCallId, result: NO_RESULT });
      }
      const owed = owedToolResults(getState());
      if (!owed) return null;
      const outcome = await sendResults(owed, signal);
      if (outcome.kind === 'aborted') return null;
      if (outcome.kind === 'ended') dispatch({ type: 'run.settled' });
      else if (hasBegun()) dispatch({ type: 'run.failed', error: outcome.error });
      else if (REFUSED_FOR_GOOD.has(outcome.error.code)) break;
      else return outcome.error;
    }
    // Its calls cannot be answered, so the task would refuse every message (PROTOCOL.md 7.5).
    dispatch({ type: 'task.changed', taskId: null });
    return null;
  }

  function sendResults({ inReplyTo, parts }: ToolResults, signal: AbortSignal): Promise<TurnOutcome> {
    dispatch({ type: 'run.started', userMessageId: inReplyTo, agentMessageId: createId() });
    return exchange({ messageId: createId(), role: 'tool', parts }, signal);
  }

  /** Sends, and once more if the task was still running: then it was certainly not processed. */
  async function exchange(message: SendRequest['message'], signal: AbortSignal): Promise<TurnOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const { identity, thread, memory, variables, metadata } = getSettings();
      const context = { agentKey, identity, thread, memory, variables, metadata, signal };
      if (activeTaskId !== null) {
        const taskId = await releaseTask(transport, context, activeTaskId, createId, dispatch);
        if (signal.aborted) return { kind: 'aborted' };
        activeTaskId = null;
        if (taskId !== getState().taskId) dispatch({ type: 'task.changed', taskId });
        dispatch({ type: 'run.connected', connection: 'connecting' });
      }
      const { taskId } = getState();
      changeDelivery(message.messageId, 'sending');
      const outcome = await runTurn(transport, { ...context, taskId: taskId ?? undefined, message }, dispatch);
      flush();
      if (outcome.kind !== 'failed' || outcome.error.code !== 'task_active' || taskId === null || attempt > 1) {
        return outcome;
      }
      activeTaskId = taskId;
      changeDelivery(message.messageId, 'queued');
    }
  }

  function conclude(userMessageId: string, outcome: TurnOutcome): void {
    if (outcome.kind === 'ended') dispatch({ type: 'run.settled' });
    if (outcome.kind !== 'failed') return;
    const { error } = outcome;
    const message = selectMessage(getState(), userMessageId);
    if (message?.role === 'user' && message.delivery !== 'sent') {
      const mayHaveArrived = message.delivery === 'sending' && error.processed !== 'no';
      changeDelivery(userMessageId, mayHaveArrived ? 'uncertain' : 'failed', error);
    }
    dispatch({ type: 'run.failed', error });
  }

  function end(): void {
    abort?.abort();
    abort = null;
    flush();
    const { run, taskId } = getState();
    if (!run) return;
    if (hasBegun()) activeTaskId = taskId;
    const message = selectMessage(getState(), current ?? run.userMessageId);
    if (message?.role === 'user' && message.delivery === 'sending') changeDelivery(message.id, 'uncertain');
    if (message?.role === 'user' && message.delivery === 'queued') changeDelivery(message.id, 'failed');
    current = null;
    dispatch({ type: 'run.stopped' });
  }

  /** Whether something of the answer arrived, but not its end. */
  function hasBegun(): boolean {
    return answerOf(getState())?.status === 'working';
  }

  function changeDelivery(
    messageId: string,
    delivery: UserMessage['delivery'],
    error: AgentChatError | null = null,
  ): void {
    dispatch({ type: 'delivery.changed', messageId, delivery, error });
  }

  return {
    start: () => void takeTurns(),
    end,
    forget: () => {
      activeTaskId = null;
    },
  };
}

const REFUSED_FOR_GOOD: ReadonlySet<AgentChatErrorCode> = new Set(['invalid_request', 'task_not_found']);

function withheld(): AgentChatError {
  return new AgentChatError({
    code: 'invalid_request',
    source: 'config',
    message:
      'beforeSend returned null or a message without content, so the message was not sent. Return a message to let it through.',
  });
}

function brokenBeforeSend(cause: unknown): AgentChatError {
  return new AgentChatError({
    code: 'config',
    message: `beforeSend threw, so the message was not sent: ${toAgentChatError(cause).message} Mend the handler; it may return null to keep a message from being sent.`,
    cause,
  });
}
