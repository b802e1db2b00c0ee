import * as v from 'valibot';
import { AgentChatError, type AgentChatErrorCode } from '../core/errors.js';
import { parseJson } from './decodePart.js';

// Lenient in every field: one that has an unexpected type must not cost the words in another.
const text = v.fallback(v.optional(v.nullable(v.string())), null);
const ErrorObjectSchema = v.object({ message: text, code: v.optional(v.unknown()), request_id: text, processed: text });
const ErrorBodySchema = v.object({
  error: v.fallback(v.optional(v.union([v.string(), ErrorObjectSchema])), undefined),
  message: text,
  code: v.optional(v.unknown()),
  data: v.fallback(v.optional(v.object({ error: text })), undefined),
});

/** What an error body says, whichever of its seven shapes it has (PROTOCOL.md 1.2). */
export interface ErrorBody {
  readonly message: string | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly processed: 'no' | 'unknown' | null;
}

const NOTHING: ErrorBody = { message: null, code: null, requestId: null, processed: null };

export function decodeErrorBody(body: string): ErrorBody {
  const parsed = v.safeParse(ErrorBodySchema, parseJson(body));
  if (!parsed.success) return NOTHING;
  const { error, message, code, data } = parsed.output;
  const inner = typeof error === 'object' ? error : undefined;
  return {
    message: firstText(inner?.message, error, message, data?.error),
    code: firstText(inner?.code, code),
    requestId: inner?.request_id ?? null,
    processed: inner?.processed === 'no' || inner?.processed === 'unknown' ? inner.processed : null,
  };
}

export interface FailedRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** The words beside the status: what is said where the body says nothing. */
  readonly statusText: string;
  readonly contentType: string;
  readonly body: string;
  readonly requestId: string | null;
  /** Whether the request named a task: then a 404 is the task's. */
  readonly hasTask: boolean;
}

/** An HTTP answer that is no answer of an agent, as the one error that everything above knows. */
export function decodeError(request: FailedRequest): AgentChatError {
  const body = decodeErrorBody(request.body);
  const code = codeOf(request, body.code);
  const requestId = body.requestId ?? request.requestId;
  const reason = body.message ?? request.statusText;
  return new AgentChatError({
    code,
    status: request.status,
    message: `${request.method} ${request.url} answered ${request.status}${reason ? `: ${reason}` : ''}. ${advice(request, code)}`,
    ...(requestId ? { requestId } : {}),
    ...(body.processed ? { processed: body.processed } : {}),
  });
}

function codeOf({ status, hasTask }: FailedRequest, wireCode: string | null): AgentChatErrorCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return hasTask && wireCode !== 'agent_not_found' ? 'task_not_found' : 'agent_not_found';
    case 408:
    case 504:
      return 'timeout';
    case 409:
      return 'task_active';
    case 413:
      return 'too_large';
    case 429:
      return 'rate_limited';
    default:
      return status >= 500 ? 'server_error' : status >= 400 ? 'invalid_request' : 'protocol';
  }
}

function advice({ contentType, status }: FailedRequest, code: AgentChatErrorCode): string {
  if (contentType.includes('html')) {
    return 'That is a web page, not an agent: check that `url` is where the proxy is mounted, and that the server routes POST requests below it to the proxy.';
  }
  switch (code) {
    case 'unauthorized':
      return 'Nobody answered because the request was not authorised: check the API key of the proxy, or what `getToken` returns.';
    case 'forbidden':
      return 'The request was refused: check the allowed origins and agents of the proxy.';
    case 'agent_not_found':
      return 'The agent is not known there: check `agent` against the agents that the proxy lists, and the path in `url`.';
    case 'task_not_found':
      return 'The conversation cannot be continued, because its task is gone or belongs to somebody else: start a new conversation.';
    case 'task_active':
      return 'The previous answer still runs, so the task takes no new message: wait until it is done.';
    case 'too_large':
      return 'The message is larger than the proxy allows: send less, or raise its limits.';
    case 'rate_limited':
      return 'Too many requests were made: wait, or raise the limits of the proxy.';
    case 'invalid_request':
      return 'The message was not accepted, so it was not processed: compare it with the fields that the proxy lets through.';
    default:
      return status >= 500
        ? 'Whether the agent saw the message is not known: look at the log of the proxy.'
        : 'This is not an answer that the Agents API gives: check `url`.';
  }
}

function firstText(...values: readonly unknown[]): string | null {
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
}
