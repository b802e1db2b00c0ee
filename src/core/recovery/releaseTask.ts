import type { AgentEvent, PendingToolCall } from '../agentEvent.js';
import { atMost } from '../atMost.js';
import { MAX_TOOL_ROUNDS, NO_RESULT, toolResult } from '../toolResults.js';
import type { SendRequest } from '../transport.js';
import type { RecoveryContext } from './createRecovery.js';

interface Ending {
  readonly taskId: string;
  readonly isDead: boolean;
  readonly pending: readonly PendingToolCall[];
}

/** An answer that nobody reads is waited for no longer than one that is polled for. */
const LONGEST_MS = 600_000;

/**
 * Waits until a task that was left running takes messages again, and declines what it asks for meanwhile: nobody looks at that answer any more.
 *
 * @param turn - what every turn carries, without its message and task.
 * @returns the task to continue, or `null` where it can only be left. Never throws: what cannot be found out is for the server to say, in its answer to the next turn.
 */
export async function releaseTask(
  { transport, clock, createId, dispatch }: RecoveryContext,
  turn: Omit<SendRequest, 'taskId' | 'message'>,
  activeTaskId: string,
): Promise<string | null> {
  const { agentKey, signal } = turn;
  let ending: Ending;
  try {
    ending = await readEnding(transport.follow({ agentKey, taskId: activeTaskId, signal }), activeTaskId, dispatch);
  } catch {
    return activeTaskId;
  }

  async function decline(until: AbortSignal): Promise<string | null> {
    for (let round = 0; ending.pending.length > 0; round += 1) {
      if (round === MAX_TOOL_ROUNDS || until.aborted) return null;
      const { taskId } = ending;
      const parts = ending.pending.map((call) => toolResult(call.toolCallId, NO_RESULT));
      const message = { messageId: createId(), role: 'tool' as const, parts };
      ending = await readEnding(transport.send({ ...turn, taskId, message, signal: until }), taskId, dispatch);
    }
    return ending.isDead ? null : ending.taskId;
  }

  try {
    // The page waits for it, and it may never be answered.
    return await atMost(clock, LONGEST_MS, signal, decline, () => new Error('The task was not released in time.'));
  } catch {
    return null; // its calls cannot be answered, so it would refuse every message (PROTOCOL.md 7.5)
  }
}

async function readEnding(
  events: AsyncIterable<AgentEvent>,
  taskId: string,
  onEvent: (event: AgentEvent) => void,
): Promise<Ending> {
  let ending: Ending = { taskId, isDead: false, pending: [] };
  for await (const event of events) {
    if (event.type === 'connection.changed') onEvent(event);
    else if (event.type === 'response.started') ending = { ...ending, taskId: event.taskId ?? ending.taskId };
    else if (event.type === 'response.done') ending = { ...ending, pending: event.pendingToolCalls };
    else if (event.type === 'response.failed') ending = { ...ending, isDead: true };
    else if (event.type === 'response.synced') {
      const { taskId = null, state, pendingToolCalls } = event.response;
      const isDead = state === 'failed' || state === 'canceled';
      ending = { taskId: taskId ?? ending.taskId, isDead, pending: isDead ? [] : pendingToolCalls };
    }
  }
  return ending;
}
