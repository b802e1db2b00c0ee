import type { Profile } from './profile.js';
import type { RequestBody } from './requestBody.js';
import { isActive, type PendingCall, type Task } from './task.js';
import { codedError, type WireError } from './wireError.js';

/**
 * Whether `message` may follow `task`: `null`, or the error to answer with. Statuses are assumptions (PROTOCOL.md 7.4).
 *
 * @param task `undefined` for the first message of a conversation.
 */
export function checkContinuation(
  task: Task | undefined,
  message: RequestBody['message'],
  profile: Profile,
): WireError | null {
  if (task === undefined) return message.role === 'tool' ? noPendingCalls : null;
  if (isActive(task.run)) return codedError(409, 'task_active', 'Task is active and cannot be continued');
  if (task.run.state === 'failed') {
    return codedError(400, 'task_failed', 'Task is in an error state and cannot be continued');
  }
  if (task.isContinued && profile.oldTask === 'conflict') {
    return codedError(409, 'task_continued', 'Task was already continued; use the task id of the newest answer');
  }
  return message.role === 'tool' ? checkToolResults(task.run.pending, message) : checkUserMessage(task.run.pending);
}

// Live, the provider refuses such a turn with 400 (PROTOCOL.md 7.5).
function checkUserMessage(pending: readonly PendingCall[]): WireError | null {
  if (pending.length === 0) return null;
  const ids = pending.map((call) => call.toolCallId).join(', ');
  return codedError(
    400,
    'tool_calls_pending',
    `An assistant message with 'tool_calls' must be followed by tool messages; tool_call_ids did not have response messages: ${ids}`,
  );
}

function checkToolResults(pending: readonly PendingCall[], message: RequestBody['message']): WireError | null {
  if (pending.length === 0) return noPendingCalls;
  const expected = new Set(pending.map((call) => call.toolCallId));
  for (const part of message.parts) {
    if (part.kind !== 'tool_result') continue;
    if (!expected.delete(part.tool_call_id)) {
      return codedError(400, 'invalid_tool_result', `Unknown or repeated tool_call_id: ${part.tool_call_id}`);
    }
  }
  if (expected.size === 0) return null;
  return codedError(400, 'tool_results_missing', `Tool results are missing for: ${[...expected].join(', ')}`);
}

const noPendingCalls = codedError(400, 'no_pending_tool_calls', 'No tool call of this task waits for a result');
