import { answerOf } from '../conversationState.js';
import { toAgentChatError, type AgentChatError } from '../errors.js';
import { readTurn, type TurnOutcome } from '../readTurn.js';
import { askReceipt, LANDED } from './askReceipt.js';
import type { RecoveryContext } from './createRecovery.js';
import { backoff, pause } from './pause.js';
import { watchAttempt } from './watchAttempt.js';

/** Outages in a row. Every event that arrives in between begins the count anew. */
const MAX_OUTAGES = 8;

/**
 * Gets the rest of an answer that had begun: from where it broke off, or as a whole. Sends nothing.
 *
 * @param isFound - that there is one was heard only now, whatever the failure was.
 */
export async function followOn(
  context: RecoveryContext,
  failure: AgentChatError,
  signal: AbortSignal,
  isFound = false,
): Promise<TurnOutcome> {
  const { transport, agentKey, getState, dispatch, flush, random, connectivity } = context;
  let outcome: TurnOutcome = { kind: 'failed', error: failure };
  let canReplay = true;
  for (let outages = 0; outages < MAX_OUTAGES && ((isFound && outages === 0) || isWorthIt(outcome));) {
    dispatch({ type: 'run.connected', connection: connectivity.isOnline() ? 'reconnecting' : 'offline' });
    if (outages > 0) await pause(context, backoff(outages, random()), signal);
    const taskId = await findTask(context, signal);
    if (taskId === null) return outcome;
    const place = getState().run?.cursor;
    const lastEventId = canReplay ? placeToGoOn(context) : undefined;
    const attempt = new AbortController();
    const either = AbortSignal.any([signal, attempt.signal]);
    const reading = readTurn(transport.follow({ agentKey, taskId, lastEventId, signal: either }), either, dispatch);
    // A poll asks again by itself; a replay is a stream like the first.
    outcome = await (lastEventId === undefined ? reading : Promise.race([reading, watchAttempt(context, either)]));
    attempt.abort();
    flush();
    const hasMoved = getState().run?.cursor !== place;
    // A replay that brings nothing more, through a network that works, has nothing more: the backend lost the agent too.
    if (!hasMoved && outcome.kind === 'failed' && outcome.error.code !== 'network') canReplay = false;
    outages = hasMoved ? 1 : outages + 1;
  }
  return outcome;
}

/** A task that was polled for too long would only be asked for as long again, and what is refused is refused. A gateway's timeout is no more than an outage. */
function isWorthIt(outcome: TurnOutcome): boolean {
  if (outcome.kind !== 'failed') return false;
  const { code, status, retryable } = toAgentChatError(outcome.error);
  return retryable && (code !== 'timeout' || status !== undefined);
}

/** The answer's own task. The conversation's would be the turn before's, whose answer must not be taken for this one's. */
async function findTask(context: RecoveryContext, signal: AbortSignal): Promise<string | null> {
  const { getState, dispatch } = context;
  const { run } = getState();
  const taskId = answerOf(getState())?.taskId ?? null;
  if (taskId !== null || !run) return taskId;
  const evidence = await askReceipt(context, run, LANDED, signal);
  if (evidence.kind !== 'task') return null;
  dispatch({
    type: 'response.started',
    taskId: evidence.taskId,
    responseId: null,
    model: null,
    traceId: null,
  });
  return evidence.taskId;
}

/** Where a replay has to begin. `undefined`: nowhere, because what is shown already would come twice. */
function placeToGoOn({ getState }: RecoveryContext): string | undefined {
  const state = getState();
  if (state.run?.cursor != null) return state.run.cursor; // who names places can go on from them
  return state.capabilities.replay && !answerOf(state)?.parts.length ? '' : undefined;
}
