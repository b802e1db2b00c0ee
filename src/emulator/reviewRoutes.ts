import type { Hono } from 'hono';
import { readJson } from './readJson.js';
import type { Task } from './task.js';
import { codedError, toErrorResponse } from './wireError.js';

/**
 * `POST /__emulator/tasks/{task_id}/reviews/{tool_call_id}` with `{ review: 'approved' | 'rejected', reason? }`: a person's decision. An addition of the emulator's: the Agents
 * API has no route for it (PROTOCOL.md 8.3).
 */
export function addReviewRoutes(app: Hono, tasks: ReadonlyMap<string, Task>): void {
  app.post('/__emulator/tasks/:taskId/reviews/:toolCallId', async (context) => {
    const json = await readJson(context.req.raw);
    const review = 'value' in json && isRecord(json.value) ? json.value['review'] : undefined;
    if (review !== 'approved' && review !== 'rejected') {
      return toErrorResponse(codedError(400, 'invalid_request_body', 'review has to be "approved" or "rejected"'));
    }
    const reviews = tasks.get(context.req.param('taskId'))?.run.reviews;
    const outcome = reviews?.decide(context.req.param('toolCallId'), review) ?? 'unknown';
    if (outcome === 'unknown') return toErrorResponse(codedError(404, 'not_found', 'No such review is waiting'));
    if (outcome === 'conflict') return toErrorResponse(codedError(409, 'conflict', 'Decided otherwise already'));
    return Response.json({ review });
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
