import { isOnline, type Connectivity } from './connectivity.js';
import type { ConversationOptions, ConversationUpdate } from './conversation.js';
import { answerOf, selectMessage, selectOpenToolCalls, type ConversationState } from './conversationState.js';
import type { Dispatcher } from './createDispatcher.js';
import { AgentChatError, toAgentChatError } from './errors.js';
import { toInputParts } from './inputParts.js';
import type { AgentMessage, UserMessage } from './message.js';
import { nextToSend } from './nextToSend.js';
import { readTurn, type TurnOutcome } from './readTurn.js';
import type { Recovery, Verdict } from './recovery/createRecovery.js';
import { hasTooManyRounds, MAX_TOOL_ROUNDS, owedToolResults, type ToolResults } from './toolResults.js';
import type { InputPart, SendRequest } from './transport.js';

export interface TurnsOptions extends Dispatcher, Pick<ConversationOptions, 'agentKey' | 'transport'> {
  getState(): ConversationState;
  getSettings(): ConversationUpdate;
  createId(): string;
  /** Default: the platform's. */
  readonly connectivity: Connectivity | undefined;
  /** What a turn needs that does not go straight through. Rejects where it cannot be loaded. */
  loadRecovery(): Promise<Recovery>;
  /** Resolves once everything that happened so far is kept; `null` where nothing is. */
  keep(): Promise<void> | null;
}

export interface Turns {
  /** Takes up what was under way and what there is to send, one turn after the other, unless that is being done already. */
  start(): void;
  /** Ends the turn that is under way; what has arrived stays. What waits in the queue stays there until `start`. */
  end(): void;
  /** Leaves the turn that is under way as it is. `start` takes it up again. */
  disconnect(): void;
  /** Looks for the rest of an answer that was given up, unless something else is under way. */
  followUp(answer: AgentMessage): void;
  /** Forgets the task of the conversation that was. */
  forget(): void;
}

/** The turns of a conversation: one at a time, and none before the task takes it. */
export function createTurns(options: TurnsOptions): Turns {
  const { agentKey, transport, getState, getSettings, createId, dispatch, flush, connectivity, loadRecovery } = options;
  let abort: AbortController | null = null;
  /** A task that was left running: by `stop()`, or because the server said so. It blocks the next turn (PROTOCOL.md 7.2). */
  let activeTaskId: string | null = null;
  /** The visitor's message that is being sent, also while something has to be cleared out of its way. */
  let current: string | null = null;

  async function takeTurns(): Promise<void> {
    if (abort) return;
    const controller = (abort = new AbortController());
    const { signal } = controller;
    if (getState().run) await resume(signal);
    if (signal.aborted) return;
    for (let next = nextToSend(getState()); next; next = nextToSend(getState())) {
      current = next.kind === 'message' ? next.message.id : null;
      if (next.kind === 'message') await sendMessage(next.message, signal);
      else conclude(next.results.inReplyTo, await sendResults(next.results, signal));
      if (signal.aborted) return; // ended meanwhile, and perhaps begun anew
    }
    abort = null;
    current = null;
  }

  /** Takes up an exchange that this page, or the one before it, left in the middle. */
  async function resume(signal: AbortSignal): Promise<void> {
    const { run } = getState();
    if (!run) return;
    current = run.userMessageId;
    conclude(current, await recover(null, signal));
  }

  async function sendMessage({ id, parts }: UserMessage, signal: AbortSignal): Promise<void> {
    // Without a wait where none is needed: whoever looks right after send() must find the conversation busy.
    const obstacle = hasOpenToolCalls() ? await clearToolCalls(signal) : null;
    if (signal.aborted) return;
    dispatch({ type: 'run.started', userMessageId: id, agentMessageId: createId(), messageId: id });
    if (obstacle) return conclude(id, { kind: 'failed', error: obstacle });
    const input = { messageId: id, parts: toInputParts(parts) };
    let allowed: readonly InputPart[];
    try {
      const { beforeSend } = getSettings();
      allowed = beforeSend ? await (await import('./askBeforeSend.js')).askBeforeSend(beforeSend, input) : input.parts;
    } catch (thrown) {
      if (!signal.aborted) conclude(id, { kind: 'failed', error: toAgentChatError(thrown) });
      return;
    }
    if (signal.aborted) return;
    conclude(id, await exchange({ messageId: id, role: 'user', parts: allowed }, signal));
  }

  function hasOpenToolCalls(): boolean {
    return selectOpenToolCalls(getState()).length > 0 || owedToolResults(getState()) !== null;
  }

  /** Answers what the visitor went past. @returns what keeps the task from taking the next message, or `null`. */
  async function clearToolCalls(signal: AbortSignal): Promise<AgentChatError | null> {
    try {
      return await (await loadRecovery()).clearToolCalls((results) => sendResults(results, signal));
    } catch (thrown) {
      return toAgentChatError(thrown);
    }
  }

  async function sendResults({ inReplyTo, parts }: ToolResults, signal: AbortSignal): Promise<TurnOutcome> {
    const messageId = createId();
    const isTooMuch = hasTooManyRounds(getState(), inReplyTo);
    dispatch({ type: 'run.started', userMessageId: inReplyTo, agentMessageId: createId(), messageId });
    if (isTooMuch) {
      // Its calls stay unanswered, so the task would refuse every message.
      dispatch({ type: 'task.changed', taskId: null });
      return { kind: 'failed', error: tooManyRounds() };
    }
    return exchange({ messageId, role: 'tool', parts }, signal);
  }

  /** Sends, and again as long as that is certain to do no harm and may be of use. */
  async function exchange(message: SendRequest['message'], signal: AbortSignal): Promise<TurnOutcome> {
    for (;;) {
      const { identity, thread, memory, variables, metadata } = getSettings();
      const context = { agentKey, identity, thread, memory, variables, metadata, signal };
      if (activeTaskId !== null || !(connectivity ? connectivity.isOnline() : isOnline())) {
        const failure = await clearTheWay(context);
        if (signal.aborted) return { kind: 'aborted' };
        if (failure) return { kind: 'failed', error: failure };
      }
      const { taskId } = getState();
      changeDelivery(message.messageId, 'sending');
      dispatch({ type: 'run.sent' });
      // A page that is gone a moment later must leave word that this message may have been received.
      const keeping = options.keep();
      if (keeping) await keeping;
      if (signal.aborted) return { kind: 'aborted' };
      const attempt = new AbortController();
      const either = AbortSignal.any([signal, attempt.signal]);
      const events = transport.send({ ...context, taskId: taskId ?? undefined, message, signal: either });
      // Whatever comes to an end first; the other is left.
      const outcome = await Promise.race([readTurn(events, either, dispatch), watch(either)]);
      attempt.abort();
      flush();
      if (outcome.kind !== 'failed') return outcome;
      if (outcome.error.code === 'task_active') activeTaskId = taskId;
      const verdict = await recover(outcome, signal);
      if (verdict.kind !== 'again') return verdict;
    }
  }

  /** Waits for the network and for the task. @returns why that came to nothing, or `null`. */
  async function clearTheWay(context: Omit<SendRequest, 'taskId' | 'message'>): Promise<AgentChatError | null> {
    try {
      const recovery = await loadRecovery();
      await recovery.untilOnline(context.signal);
      if (activeTaskId === null || context.signal.aborted) return null;
      const taskId = await recovery.release(context, activeTaskId);
      if (context.signal.aborted) return null;
      activeTaskId = null;
      if (taskId !== getState().taskId) dispatch({ type: 'task.changed', taskId });
      return null;
    } catch (thrown) {
      return toAgentChatError(thrown);
    }
  }

  /** Tells that an attempt came to nothing, or its answer from elsewhere, where its stream does not; without the code for it, nothing. */
  function watch(attempt: AbortSignal): Promise<TurnOutcome> {
    return loadRecovery().then(
      (recovery) => recovery.watch(attempt),
      () => new Promise(() => undefined),
    );
  }

  /** @param failed - `null` where nobody knows: the page was left in the middle. */
  async function recover(
    failed: Extract<TurnOutcome, { kind: 'failed' }> | null,
    signal: AbortSignal,
  ): Promise<Verdict> {
    try {
      const { recover } = await loadRecovery();
      return await recover(failed?.error ?? null, signal);
    } catch (thrown) {
      if (signal.aborted) return { kind: 'aborted' };
      // Without the code for it, what is known already has to do.
      return failed ?? { kind: 'failed', error: toAgentChatError(thrown) };
    }
  }

  function conclude(userMessageId: string, outcome: Verdict): void {
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
    leave();
    const state = getState();
    const { run, taskId, capabilities } = state;
    if (!run) return;
    if (hasBegun() && taskId !== null) {
      activeTaskId = taskId;
      // Whether it could be stopped is seen by the next turn, which waits for the task either way.
      if (capabilities.cancel) {
        void transport.cancel?.({ agentKey, taskId, signal: new AbortController().signal }).catch(() => undefined);
      }
    }
    const message = selectMessage(state, current ?? run.userMessageId);
    if (message?.role === 'user' && message.delivery === 'sending') changeDelivery(message.id, 'uncertain');
    if (message?.role === 'user' && message.delivery === 'queued') changeDelivery(message.id, 'failed');
    current = null;
    dispatch({ type: 'run.stopped' });
  }

  function leave(): void {
    abort?.abort();
    abort = null;
    flush();
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
    followUp({ id, inReplyTo }) {
      if (abort || getState().run) return;
      dispatch({ type: 'run.resumed', userMessageId: inReplyTo, agentMessageId: id, messageId: inReplyTo });
      void takeTurns();
    },
    disconnect() {
      leave();
      dispatch({ type: 'run.connected', connection: 'idle' });
    },
    forget: () => {
      activeTaskId = null;
    },
  };
}

function tooManyRounds(): AgentChatError {
  return new AgentChatError({
    code: 'response_failed',
    message: `The agent asked for tools more than ${MAX_TOOL_ROUNDS} times in one turn. The turn was ended. Look at what the tools return.`,
  });
}
