import type { Connectivity } from '../connectivity.js';
import { answerOf, selectMessage, type ConversationState, type Run } from '../conversationState.js';
import type { Dispatcher } from '../createDispatcher.js';
import { AgentChatError } from '../errors.js';
import type { TurnOutcome } from '../readTurn.js';
import type { AgentTransport, SendRequest } from '../transport.js';
import type { ToolResults } from '../toolResults.js';
import { askReceipt, LANDED } from './askReceipt.js';
import { clearToolCalls } from './clearToolCalls.js';
import { followOn } from './followOn.js';
import { backoff, pause, type Pacing } from './pause.js';
import { releaseTask } from './releaseTask.js';
import { systemConnectivity } from './systemConnectivity.js';
import { isGivenUp, watchAttempt } from './watchAttempt.js';

export interface RecoveryContext extends Dispatcher, Pacing {
  readonly agentKey: string;
  readonly transport: AgentTransport;
  readonly connectivity: Connectivity;
  getState(): ConversationState;
  createId(): string;
}

/** What became of a turn that did not go straight through. `again`: it was certainly not processed, and the time has come to send it once more. */
export type Verdict = TurnOutcome | { readonly kind: 'again' };

export interface Recovery {
  /**
   * Does what can be done about a failed attempt: gets the rest of an answer that had begun, finds out whether a message arrived, waits until it may be sent again.
   * Never sends.
   *
   * @param failure - `null` where the page was left in the middle; what has to be sent again then is in the queue, and the run over.
   */
  recover(failure: AgentChatError | null, signal: AbortSignal): Promise<Verdict>;
  /** Looks after an attempt for as long as it is read (see {@link watchAttempt}). */
  watch(attempt: AbortSignal): Promise<TurnOutcome>;
  /** Waits until the network is there, as far as the platform knows. */
  untilOnline(signal: AbortSignal): Promise<void>;
  /** Answers the tool calls that the visitor went past. @returns what keeps the task from taking the next message, or `null`. */
  clearToolCalls(sendResults: (results: ToolResults) => Promise<TurnOutcome>): Promise<AgentChatError | null>;
  /** Waits until a task that was left running takes messages again (see {@link releaseTask}). @returns the task to continue, or `null`. */
  release(context: Omit<SendRequest, 'taskId' | 'message'>, taskId: string): Promise<string | null>;
}

/** How often a message is sent at most: again only where it was certainly not processed before. */
const MAX_ATTEMPTS = 4;
/** A longer wait is the visitor's to decide about. */
const LONGEST_WAIT_MS = 120_000;
/** A request whose page has gone, or whose connection was lost, is not on its way any longer than this. */
const ARRIVES_WITHIN_MS = 10_000;
const OFFLINE_CHECK_MS = 30_000;

export interface RecoveryOptions extends Omit<RecoveryContext, 'connectivity'> {
  /** Default: the platform's. */
  readonly connectivity: Connectivity | undefined;
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const context: RecoveryContext = { ...options, connectivity: options.connectivity ?? systemConnectivity };
  const { getState, dispatch, clock, random, connectivity } = context;

  /** A message that is sent again on the word of a receipt, which an earlier attempt may belie. */
  let doubted: string | null = null;

  /** @param landsAt - until when the attempt may be on its way still. */
  async function judge(failure: AgentChatError, run: Run, landsAt: number, signal: AbortSignal): Promise<Verdict> {
    if (answerOf(getState())?.status === 'working') return followOn(context, failure, signal);
    let verdict: Verdict | null = null;
    if (failure.processed === 'no') {
      const isFirst = doubted !== run.messageId;
      if (isFirst) changeToQueued(run.messageId);
      verdict = await waitForAnotherTry(failure, run, signal);
      if (isFirst) return verdict;
      // A refusal says nothing of an earlier attempt, which may have arrived while its wait lasted.
      failure = withProcessed(failure, 'unknown');
    }
    dispatch({ type: 'run.connected', connection: connectivity.isOnline() ? 'reconnecting' : 'offline' });
    let evidence = await askReceipt(context, run, landsAt, signal);
    if (evidence.kind === 'not-processed') {
      // Until it is sent again it stays `sending`: the receipt may have overtaken it. The same message twice does no harm, the backend that answers for it knows it by its key.
      doubted = run.messageId;
      verdict ??= await waitForAnotherTry(withProcessed(failure, 'no'), run, signal);
      if (verdict.kind !== 'failed') return verdict;
      // But before it is said to have failed for certain, what is still on its way has to have arrived.
      await pause({ clock, connectivity: NEVER_WAKES }, ARRIVES_WITHIN_MS, signal);
      evidence = await askReceipt(context, run, LANDED, signal);
      if (evidence.kind === 'not-processed') return verdict;
    }
    if (evidence.kind !== 'task') return { kind: 'failed', error: failure };
    dispatch({ type: 'response.started', taskId: evidence.taskId, responseId: null, model: null, traceId: null });
    return followOn(context, failure, signal, true);
  }

  async function waitForAnotherTry(error: AgentChatError, run: Run, signal: AbortSignal): Promise<Verdict> {
    const { retryAfterMs = 0 } = error;
    const wait = Math.max(retryAfterMs, backoff(run.attempts, random()));
    if (!error.retryable || run.attempts >= MAX_ATTEMPTS || wait > LONGEST_WAIT_MS) return { kind: 'failed', error };
    if (retryAfterMs > 0) {
      // What the backend asked for is waited for to the end: a network that comes back changes nothing about it.
      dispatch({ type: 'run.waiting', retryAt: clock.now() + wait });
      await pause({ clock, connectivity: NEVER_WAKES }, wait, signal);
    } else await pause(context, wait, signal);
    return { kind: 'again' };
  }

  async function resume(run: Run, signal: AbortSignal): Promise<Verdict> {
    const answer = answerOf(getState());
    if (answer && answer.status !== 'working') return { kind: 'ended' };
    // The page let go of its request, which a browser, or a network that is slow, may bring there all the same. Only of a single attempt is known when it left.
    const leftAt = run.attempts > 1 ? clock.now() : (run.sentAt ?? 0);
    const verdict =
      run.sentAt === null && !answer ? AGAIN : await judge(interrupted(), run, leftAt + ARRIVES_WITHIN_MS, signal);
    if (verdict.kind !== 'again') return verdict;
    changeToQueued(run.messageId);
    return { kind: 'ended' };
  }

  function changeToQueued(messageId: string): void {
    const message = selectMessage(getState(), messageId);
    if (message) dispatch({ type: 'delivery.changed', messageId, delivery: 'queued', error: null });
  }

  return {
    watch: (attempt) => watchAttempt(context, attempt),
    async recover(failure, signal) {
      const { run } = getState();
      signal.throwIfAborted();
      if (!run) return { kind: 'aborted' };
      return failure ? judge(failure, run, isGivenUp(failure) ? Infinity : LANDED, signal) : resume(run, signal);
    },
    async untilOnline(signal) {
      if (!connectivity.isOnline()) dispatch({ type: 'run.connected', connection: 'offline' });
      while (!connectivity.isOnline() && !signal.aborted) {
        await pause(context, OFFLINE_CHECK_MS, signal).catch(() => undefined);
      }
    },
    clearToolCalls: (sendResults) => clearToolCalls(context, sendResults),
    release: (turn, taskId) => releaseTask(context, turn, taskId),
  };
}

const AGAIN: Verdict = { kind: 'again' };
const NEVER_WAKES: Connectivity = { isOnline: () => true, onWake: () => () => undefined };

function withProcessed(error: AgentChatError, processed: 'no' | 'unknown'): AgentChatError {
  const { code, message, userMessage, retryable, source, cause } = error;
  return new AgentChatError({ code, message, userMessage, retryable, source, cause, processed });
}

function interrupted(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message: 'The page was left while an answer was on its way. It is looked for again.',
  });
}
