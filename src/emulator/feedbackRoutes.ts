import type { Hono } from 'hono';
import { readJson } from './readJson.js';
import type { Task } from './task.js';
import { codedError, plainError, toErrorResponse } from './wireError.js';

const PRODUCTS = new Set(['agents', 'deployments', 'router', 'traces', 'otel', 'ai-chat']);

/** `POST /v2/feedback` (PROTOCOL.md 12.4): what somebody thinks of a turn, named by its trace. Echoed, and not kept. */
export function addFeedbackRoutes(app: Hono, tasks: ReadonlyMap<string, Task>): void {
  app.post('/v2/feedback', async (context) => {
    const json = await readJson(context.req.raw);
    const body = 'value' in json && isRecord(json.value) ? json.value : {};
    const { property, value, trace_id: traceId, product = 'deployments' } = body;
    const isValue =
      typeof value === 'string' ||
      typeof value === 'number' ||
      (Array.isArray(value) && value.every((each) => typeof each === 'string'));
    if (typeof property !== 'string' || typeof traceId !== 'string' || !isValue) {
      return toErrorResponse(codedError(400, 'invalid_request_body', 'property, value and trace_id are required'));
    }
    if (typeof product !== 'string' || !PRODUCTS.has(product)) {
      return toErrorResponse(codedError(400, 'invalid_request_body', 'product is not one of the known products'));
    }
    if (property === 'rating' && !['good', 'bad'].includes(String(Array.isArray(value) ? value[0] : value))) {
      return toErrorResponse(codedError(400, 'invalid_request_body', 'rating has to be ["good"] or ["bad"]'));
    }
    const isKnown = [...tasks.values()].some((task) => task.run.traceId === traceId);
    if (!isKnown) return toErrorResponse(plainError(404, 'Trace not found'));
    return Response.json(body);
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
