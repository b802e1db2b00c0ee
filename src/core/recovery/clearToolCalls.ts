import { answerOf, selectOpenToolCalls } from '../conversationState.js';
import type { AgentChatError, AgentChatErrorCode } from '../errors.js';
import type { TurnOutcome } from '../readTurn.js';
import { MAX_TOOL_ROUNDS, NO_RESULT, owedToolResults, type ToolResults } from '../toolResults.js';
import type { RecoveryContext } from './createRecovery.js';

/** Answers the tool calls that the visitor went past. @returns what keeps the task from taking the next message, or `null`. */
export async function clearToolCalls(
  { getState, dispatch }: Pick<RecoveryContext, 'getState' | 'dispatch'>,
  sendResults: (results: ToolResults) => Promise<TurnOutcome>,
): Promise<AgentChatError | null> {
  for (let round = 0; round < MAX_TOOL_ROUNDS; round += 1) {
    for (const { toolCallId } of selectOpenToolCalls(getState())) {
      dispatch({ type: 'tool.answered', toolCallId, result: NO_RESULT });
    }
    const owed = owedToolResults(getState());
    if (!owed) return null;
    const outcome = await sendResults(owed);
    if (outcome.kind === 'aborted') return null;
    if (outcome.kind === 'ended') dispatch({ type: 'run.settled' });
    else if (answerOf(getState())?.status === 'working') dispatch({ type: 'run.failed', error: outcome.error });
    else if (REFUSED_FOR_GOOD.has(outcome.error.code)) break;
    else return outcome.error;
  }
  // Its calls cannot be answered, so the task would refuse every message (PROTOCOL.md 7.5).
  dispatch({ type: 'task.changed', taskId: null });
  return null;
}

const REFUSED_FOR_GOOD: ReadonlySet<AgentChatErrorCode> = new Set(['invalid_request', 'task_not_found']);
