import { isOver, type AgentEvent, type ResponseSnapshot } from '../core/agentEvent.js';
import type { Clock } from '../core/clock.js';
import { sleep } from '../core/sleep.js';
import { AgentChatError, toAgentChatError } from '../core/errors.js';
import { pollDelay } from './pollDelay.js';

const GIVE_UP_AFTER_MS = 600_000;
const MAX_FAILURES_IN_A_ROW = 5;

/**
 * Asks for a task until it is over. Reading twice does no harm, so a failed poll is simply followed by the next.
 * `polling` is told with the first answer, because only that shows that the backend can be reached.
 *
 * @throws AgentChatError after 10 minutes (`timeout`), after five failures in a row, or at once where asking again is of no use.
 */
export async function* pollTask(
  poll: () => Promise<ResponseSnapshot>,
  { clock, random, signal }: { readonly clock: Clock; readonly random: () => number; readonly signal: AbortSignal },
): AsyncGenerator<AgentEvent> {
  // The waits are added up: the clock of a laptop that slept, or was set right, would call time on an answer that may be there by now.
  let waited = 0;
  let failures = 0;
  for (let count = 0; ; count += 1) {
    if (waited > GIVE_UP_AFTER_MS) throw tookTooLong();
    const delay = pollDelay(count, waited, random());
    await sleep(clock, delay, signal);
    waited += delay;
    try {
      const response = await poll();
      failures = 0;
      if (isOver(response)) {
        yield { type: 'response.synced', response };
        return;
      }
      yield { type: 'connection.changed', connection: 'polling' };
    } catch (thrown) {
      const error = toAgentChatError(thrown);
      failures += 1;
      if (signal.aborted || !error.retryable || failures >= MAX_FAILURES_IN_A_ROW) throw thrown;
    }
  }
}

function tookTooLong(): AgentChatError {
  return new AgentChatError({
    code: 'timeout',
    message:
      'The task was still running after 10 minutes of polling. The agent may yet finish, but nobody looks any more. Check the agent, or ask again later.',
  });
}
