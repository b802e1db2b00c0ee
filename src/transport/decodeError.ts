import { AgentChatError, type AgentChatErrorCode } from '../core/errors.js';
import { parseJson } from './parseJson.js';
import { anything, firstText, object, optional, read } from './wireSchema.js';

// Lenient in every field: one that has an unexpected type must not cost the words in another.
const ErrorSchema = object({
  error: anything,
  message: anything,
  code: anything,
  data: anything,
  request_id: anything,
  processed: anything,
});

/** What an error body says, whichever of its seven shapes it has (PROTOCOL.md 1.2). */
export interface ErrorBody {
  readonly message: string | null;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly processed: 'no' | 'unknown' | null;
}

export function decodeErrorBody(body: string): ErrorBody {
  const outer = read(ErrorSchema, parseJson(body));
  const inner = read(ErrorSchema, outer?.error);
  const processed = inner?.processed;
  return {
    message: firstText(inner?.message, outer?.error, outer?.message, read(ErrorSchema, outer?.data)?.error),
    code: firstText(inner?.code, outer?.code),
    requestId: firstText(inner?.request_id),
    processed: processed === 'no' || processed === 'unknown' ? processed : null,
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
  /** Milliseconds; `undefined` where nothing was said. */
  readonly retryAfterMs: number | undefined;
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
    message: `${request.method} ${request.url} answered ${request.status || 'with a redirect'}${reason ? `: ${reason}` : ''}. ${advice(request, code)}`,
    ...optional('requestId', requestId),
    ...optional('processed', body.processed),
    ...optional('retryAfterMs', request.retryAfterMs),
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
      if (isRedirect(status)) return 'forbidden';
      return status >= 500 ? 'server_error' : 'invalid_request';
  }
}

/** What is left below 400 of answers that are no success. A browser does not tell which redirect it was, or where to: it says 0. */
function isRedirect(status: number): boolean {
  return status < 400;
}

function advice({ status, contentType }: FailedRequest, code: AgentChatErrorCode): string {
  if (isRedirect(status)) {
    return 'A redirect is not followed, because the token would go along: set `url` to the final address. Where it leads to a sign-in page, sign the visitor in first, or use `getToken`.';
  }
  if (contentType.includes('html')) {
    return 'That is a web page, not an agent: check that `url` is where the proxy is mounted, and that POST requests below it reach the proxy.';
  }
  return ADVICE[code] ?? 'Whether the agent saw the message is not known: look at the log of the proxy.';
}

const ADVICE: Readonly<Partial<Record<AgentChatErrorCode, string>>> = {
  unauthorized: 'The request was not authorised: check the API key of the proxy, or what `getToken` returns.',
  forbidden: 'The request was refused: check the allowed origins of the proxy.',
  agent_not_found:
    'The agent is not known there: check `agent` against the agents of the proxy, and the path in `url`.',
  task_not_found: 'Its task is gone or belongs to somebody else, so the conversation cannot go on: start a new one.',
  task_active: 'The previous answer still runs: wait until it is done.',
  too_large: 'The message is larger than the proxy allows: send less, or raise its limits.',
  rate_limited: 'Too many requests: wait, or raise the limits of the proxy.',
  invalid_request: 'The message was not processed: compare it with the fields that the proxy lets through.',
};
