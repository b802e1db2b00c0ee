import type { Connectivity } from '../connectivity.js';
import type { ConversationState, Run } from '../conversationState.js';
import type { Dispatcher } from '../createDispatcher.js';
import { AgentChatError } from '../errors.js';
import { answerOf } from '../reduceMessages.js';
import type { TurnOutcome } from '../readTurn.js';
import type { AgentTransport, SendRequest } from '../transport.js';
import type { ToolResults } from '../toolResults.js';
import { askReceipt } from './askReceipt.js';
import { clearToolCalls } from './clearToolCalls.js';
import { followOn } from './followOn.js';
import { backoff, pause, type Pacing } from './pause.js';
import { releaseTask } from './releaseTask.js';
import { systemConnectivity } from './systemConnectivity.js';

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
   */
  recover(failure: AgentChatError, run: Run, signal: AbortSignal): Promise<Verdict>;
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
const OFFLINE_CHECK_MS = 30_000;

export interface RecoveryOptions extends Omit<RecoveryContext, 'connectivity'> {
  /** Default: the platform's. */
  readonly connectivity: Connectivity | undefined;
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const context: RecoveryContext = { ...options, connectivity: options.connectivity ?? systemConnectivity };
  const { transport, getState, dispatch, createId, clock, random, connectivity } = context;

  async function judge(failure: AgentChatError, run: Run, signal: AbortSignal): Promise<Verdict> {
    if (answerOf(getState())?.status === 'working') return followOn(context, failure, signal);
    if (failure.processed === 'no') return waitForAnotherTry(failure, run, signal);
    dispatch({ type: 'run.connected', connection: connectivity.isOnline() ? 'reconnecting' : 'offline' });
    const evidence = await askReceipt(context, run, signal);
    if (evidence.kind === 'not-processed') return waitForAnotherTry(notProcessed(failure), run, signal);
    if (evidence.kind !== 'task') return { kind: 'failed', error: failure };
    dispatch({ type: 'response.started', taskId: evidence.taskId, responseId: null, model: null, traceId: null });
    return followOn(context, failure, signal);
  }

  async function waitForAnotherTry(error: AgentChatError, run: Run, signal: AbortSignal): Promise<Verdict> {
    const { retryAfterMs = 0 } = error;
    const wait = Math.max(retryAfterMs, backoff(run.attempts, random()));
    if (!error.retryable || run.attempts >= MAX_ATTEMPTS || wait > LONGEST_WAIT_MS) return { kind: 'failed', error };
    const message = getState().messages.find(({ id }) => id === run.messageId);
    if (message) dispatch({ type: 'delivery.changed', messageId: message.id, delivery: 'queued', error: null });
    if (retryAfterMs > 0) {
      // What the backend asked for is waited for to the end: a network that comes back changes nothing about it.
      dispatch({ type: 'run.waiting', retryAt: clock.now() + wait });
      await pause({ clock, connectivity: NEVER_WAKES }, wait, signal);
    } else await pause(context, wait, signal);
    return { kind: 'again' };
  }

  return {
    async recover(failure, run, signal) {
      try {
        return await judge(failure, run, signal);
      } catch (thrown) {
        if (signal.aborted) return { kind: 'aborted' };
        throw thrown;
      }
    },
    async untilOnline(signal) {
      if (!connectivity.isOnline()) dispatch({ type: 'run.connected', connection: 'offline' });
      while (!connectivity.isOnline() && !signal.aborted) {
        await pause(context, OFFLINE_CHECK_MS, signal).catch(() => undefined);
      }
    },
    clearToolCalls: (sendResults) => clearToolCalls(context, sendResults),
    release: (turn, taskId) => releaseTask(transport, turn, taskId, createId, dispatch),
  };
}

const NEVER_WAKES: Connectivity = { isOnline: () => true, onWake: () => () => undefined };

function notProcessed(error: AgentChatError): AgentChatError {
  const { code, message, userMessage, retryable, source, cause } = error;
  return new AgentChatError({ code, message, userMessage, retryable, source, cause, processed: 'no' });
}
