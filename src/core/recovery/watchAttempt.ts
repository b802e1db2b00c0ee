import { answerOf, selectMessage, selectPendingReviews } from '../conversationState.js';
import { isTerminal } from '../agentEvent.js';
import { AgentChatError, toAgentChatError } from '../errors.js';
import type { TurnOutcome } from '../readTurn.js';
import { sleep } from '../sleep.js';
import type { RecoveryContext } from './createRecovery.js';

/** How often it is looked after. */
const LOOK_MS = 5_000;
/** Who looks so much later than he meant to has slept meanwhile. */
const SLEPT_MS = 20_000;
/** After that, a stream that still flows has shown it. */
const SUSPECT_MS = 2_000;
/** As soon as the visitor is told that the agent still works. */
const QUIET_MS = 10_000;
/** With files a message takes long to arrive, and the proxy waits for it for 2 minutes. */
const FILES_MS = 120_000;

/**
 * Looks after an attempt while its stream is read, for what the stream does not tell itself: that nobody answers, that it died while the page slept, or that the agent is done although the stream
 * of a backend without heartbeats is silent, which is asked for beside it. Shows nothing but an answer that is over, and leaves the stream alone as long as it may flow.
 *
 * @param attempt - aborted when the attempt is over, one way or the other.
 * @returns resolves once the attempt is to be left; never where its stream tells its end.
 */
export async function watchAttempt(context: RecoveryContext, attempt: AbortSignal): Promise<TurnOutcome> {
  const { clock, connectivity } = context;
  let wake = (): void => undefined;
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const cancel = clock.after(LOOK_MS, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });
  const forget = connectivity.onWake(() => wake());
  attempt.addEventListener('abort', () => wake());
  try {
    attempt.throwIfAborted();
    return await look(context, attempt, rest);
  } catch {
    // Its stream has come to an end before. Where looking itself failed (the host page broke what it needs), the stream goes on alone.
    return attempt.aborted ? { kind: 'aborted' } : await NEVER;
  } finally {
    forget();
  }
}

const NEVER = new Promise<never>(() => undefined);

/** Whether this side has ended an attempt to which nobody had answered: then it may still arrive. */
export function isGivenUp({ code, status }: AgentChatError): boolean {
  return code === 'timeout' && status === undefined;
}

/** @param rest - until it is time to look again, or the page is looked at again, or nothing is left to look after. */
async function look(context: RecoveryContext, attempt: AbortSignal, rest: () => Promise<void>): Promise<TurnOutcome> {
  const { clock, getState, transport } = context;
  const patience = (transport.answerMs ?? Infinity) + (hasFiles(context) ? FILES_MS : 0);
  let lookedAt = clock.now();
  let waited = 0; // added up: a clock that is set right must end nothing
  let heard = signs(context);
  let heardAt = 0;
  for (;;) {
    await rest();
    attempt.throwIfAborted();
    const gap = clock.now() - lookedAt;
    lookedAt += gap;
    waited += Math.min(Math.max(gap, 0), LOOK_MS);
    const isAwake = globalThis.document?.visibilityState !== 'hidden'; // a hidden page looks as rarely as its browser lets it
    if (isAwake && gap > SLEPT_MS && !(await isFlowing(context, attempt))) {
      return { kind: 'failed', error: asleep(isConnecting(context)) };
    }
    if (isConnecting(context) && waited >= patience) return { kind: 'failed', error: unanswered(patience) };
    const next = signs(context);
    if (next !== heard) [heard, heardAt] = [next, waited];
    const isSilent = waited - heardAt >= QUIET_MS && getState().connection === 'streaming';
    if (!isSilent || getState().capabilities.heartbeats || selectPendingReviews(getState()).length > 0) continue;
    const outcome = await pollBeside(context, heard, attempt);
    if (outcome) return outcome;
    lookedAt = clock.now();
    heardAt = waited;
  }
}

/** Something that is another thing as soon as something has come. */
function signs({ getState }: RecoveryContext): unknown {
  return answerOf(getState()) ?? getState().connection;
}

async function isFlowing(context: RecoveryContext, attempt: AbortSignal): Promise<boolean> {
  const before = signs(context);
  await sleep(context.clock, SUSPECT_MS, attempt);
  return signs(context) !== before;
}

function isConnecting({ getState }: RecoveryContext): boolean {
  return getState().connection === 'connecting';
}

function hasFiles({ getState }: RecoveryContext): boolean {
  const { run } = getState();
  return run !== null && selectMessage(getState(), run.messageId)?.parts.some(({ kind }) => kind === 'file') === true;
}

/** Asks for the whole answer until it is over or the stream flows again. @returns `null` where the stream has to go on alone. */
async function pollBeside(context: RecoveryContext, heard: unknown, attempt: AbortSignal): Promise<TurnOutcome | null> {
  const { transport, agentKey, getState, dispatch, flush } = context;
  const taskId = answerOf(getState())?.taskId ?? null;
  if (taskId === null) return null;
  const done = new AbortController();
  try {
    const signal = AbortSignal.any([attempt, done.signal]);
    for await (const event of transport.follow({ agentKey, taskId, signal })) {
      attempt.throwIfAborted();
      if (signs(context) !== heard) return null; // it speaks for itself: what was read of it meanwhile would come twice
      if (!isTerminal(event)) continue;
      flush();
      dispatch(event);
      return { kind: 'ended' };
    }
    return null;
  } catch (thrown) {
    attempt.throwIfAborted();
    const error = toAgentChatError(thrown);
    return isGivenUp(error) ? { kind: 'failed', error } : null;
  } finally {
    done.abort();
  }
}

function unanswered(patienceMs: number): AgentChatError {
  return new AgentChatError({
    code: 'timeout',
    message: `The message was not answered within ${patienceMs / 1000} s. The request was given up; whether it was received is looked for, and it is not sent again. Look at the connection, and for a proxy between that holds answers back.`,
  });
}

function asleep(wasConnecting: boolean): AgentChatError {
  return new AgentChatError({
    code: wasConnecting ? 'timeout' : 'stream_dropped',
    message:
      'The page slept, and the stream said nothing after that. What had arrived is kept; the rest is looked for.',
  });
}
