import type { Run } from '../conversationState.js';
import { toAgentChatError } from '../errors.js';
import type { Receipt } from '../transport.js';
import type { RecoveryContext } from './createRecovery.js';
import { backoff, pause } from './pause.js';

/** Whether an attempt is known to have come to nothing, to have become a task, or neither. */
export type Evidence =
  | { readonly kind: 'not-processed' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'task'; readonly taskId: string };

/** Nothing is on its way any more. */
export const LANDED = 0;

/** About a minute and a half of an outage. Then the visitor decides. */
const MAX_TRIES = 8;

/**
 * Asks the backend what became of a message whose fate the connection took along. Asking does no harm, so it is repeated until there is an answer.
 *
 * @param landsAt - until when an attempt may be on its way still, behind the question: so long, "unknown here" is no answer.
 */
export async function askReceipt(
  context: RecoveryContext,
  run: Run,
  landsAt: number,
  signal: AbortSignal,
): Promise<Evidence> {
  const { transport, agentKey, getState, dispatch, clock, random } = context;
  const { capabilities, epoch } = getState();
  // A backend that was never heard of may be one with receipts; one that was heard of and offers none is believed.
  if (!transport.receipt || (!capabilities.receipts && epoch !== null)) return { kind: 'unknown' };
  // However short the waits are by chance: the last question is asked once everything has arrived that will.
  const isLanding = (): boolean => landsAt !== Infinity && clock.now() < landsAt;
  for (let tries = 0; tries < MAX_TRIES || isLanding(); tries += 1) {
    const left = landsAt - clock.now();
    const wait = backoff(tries, random());
    await pause(context, left > 0 ? Math.min(wait, left) : wait, signal);
    try {
      const receipt = await transport.receipt({ agentKey, messageId: run.messageId, signal, onEvent: dispatch });
      if (receipt.status === 'unknown') {
        if (!isProof(receipt, run, clock.now())) return { kind: 'unknown' };
        if (clock.now() < landsAt) continue;
        return { kind: 'not-processed' };
      }
      if (receipt.taskId !== null) return { kind: 'task', taskId: receipt.taskId };
      if (receipt.isSettled) return { kind: 'unknown' };
    } catch (thrown) {
      signal.throwIfAborted();
      if (!toAgentChatError(thrown).retryable) return { kind: 'unknown' };
    }
  }
  return { kind: 'unknown' };
}

/**
 * "Unknown here" proves that a message was not processed only where the memory that says so existed when it was sent, and has forgotten nothing since (DESIGN.md 4.6).
 * A memory never claims to go further back than it does, so its age settles the first where its name was not known yet.
 */
function isProof(receipt: Extract<Receipt, { status: 'unknown' }>, run: Run, now: number): boolean {
  if (run.sentAt === null) return true;
  const age = now - run.sentAt;
  const isSameMemory = run.epoch === null || run.epoch === receipt.epoch;
  return isSameMemory && age >= 0 && age < receipt.retainedMs;
}
