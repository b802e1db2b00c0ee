import * as v from 'valibot';
import {
  AgentChatError,
  type AgentChatErrorCode,
  type AgentChatErrorOptions,
  type AgentChatErrorSource,
} from '../core/errors.js';
import { wordOf, type FieldsOf } from './recordKind.js';

const code = wordOf<AgentChatErrorCode>({
  network: true,
  timeout: true,
  stream_dropped: true,
  protocol: true,
  invalid_request: true,
  empty_message: true,
  unauthorized: true,
  forbidden: true,
  agent_not_found: true,
  task_not_found: true,
  task_active: true,
  too_large: true,
  rate_limited: true,
  server_error: true,
  response_failed: true,
  config: true,
});

const fields = {
  code,
  message: v.string(),
  userMessage: v.string(),
  retryable: v.boolean(),
  source: wordOf<AgentChatErrorSource>({ network: true, proxy: true, agent: true, tool: true, config: true }),
  processed: v.picklist(['no', 'unknown']),
  status: v.exactOptional(v.number()),
  retryAfterMs: v.exactOptional(v.number()),
  requestId: v.exactOptional(v.string()),
  traceId: v.exactOptional(v.string()),
} satisfies FieldsOf<Omit<AgentChatErrorOptions, 'cause'>>;

export const errorSchema = v.nullable(
  v.pipe(
    v.object(fields),
    v.transform((error) => new AgentChatError(error)),
  ),
);

/** An error as plain data. What caused it is not kept: it can be anything. */
export function encodeError(error: AgentChatError | null): unknown {
  return error && { ...error, message: error.message };
}
