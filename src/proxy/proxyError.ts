/** Whether a message may have reached the agent: `no` only where that is certain (TRUST.md P-16). */
export type Processed = 'no' | 'unknown';

const ERRORS = {
  invalid_json: {
    status: 400,
    message: 'The body is not valid JSON. Nothing was sent to the agent. Send one JSON object in UTF-8.',
  },
  invalid_request: {
    status: 400,
    message:
      'The request was not accepted. Nothing was answered. Check the field named here, or the API documentation.',
  },
  unknown_field: {
    status: 400,
    message:
      'The request has a field that this proxy does not accept. Nothing was sent to the agent. Leave the field out.',
  },
  file_refused: {
    status: 400,
    message:
      'This file is not accepted. Nothing was sent to the agent. Attach it as base64 bytes where the agent takes files; addresses are not accepted.',
  },
  origin_not_allowed: {
    status: 403,
    message:
      'This site may not use this chat. Nothing was sent to the agent. The operator can add its origin to the proxy.',
  },
  not_found: { status: 404, message: 'There is no such route here.' },
  agent_not_found: {
    status: 404,
    message:
      'There is no such agent here. Nothing was sent to it. Check the public name that the proxy was configured with.',
  },
  task_not_found: {
    status: 404,
    message: 'There is no such task. The conversation cannot be continued. Start a new one.',
  },
  trace_not_found: {
    status: 404,
    message: 'There is no such answer. The feedback was not taken. Rate an answer of this conversation.',
  },
  review_decided: {
    status: 409,
    message: 'The review was decided otherwise already. This decision was not taken. The agent goes on with the first.',
  },
  replay_gone: {
    status: 410,
    message:
      'This part of the answer is not kept here, or not any more. The agent may be working on it, or done. Poll the task.',
  },
  review_gone: {
    status: 410,
    message: 'No such review is waiting. The decision was not taken. Poll the task to see how it went on.',
  },
  stopped: {
    status: 410,
    message: 'Reading the answer was stopped on request. The agent may go on. Poll the task to see how it ends.',
  },
  body_timeout: {
    status: 408,
    message: 'The body did not arrive in time. Nothing was sent to the agent. Send the request again.',
  },
  task_active: {
    status: 409,
    message: 'The task is still working. The message was not taken. Send it again once the answer is complete.',
  },
  too_large: {
    status: 413,
    message: 'The request is larger than this proxy accepts. Nothing was answered. Send less at once.',
  },
  unsupported_media_type: {
    status: 415,
    message: 'The body is not declared as JSON. Nothing was sent to the agent. Send content-type: application/json.',
  },
  idempotency_mismatch: {
    status: 422,
    message:
      'The idempotency key came with another message before. Nothing was sent to the agent. Give each message an id of its own.',
  },
  rate_limited: {
    status: 429,
    message: 'Too many requests. The message was not taken. Wait as long as retry-after says and send it again.',
  },
  headers_too_large: {
    status: 431,
    message: 'The request headers are too large. Nothing was sent to the agent. Send fewer or smaller headers.',
  },
  client_closed: { status: 499, message: 'The client closed the connection. The answer was given up.' },
  internal_error: { status: 500, message: 'The proxy failed. The operator finds the reason under this request id.' },
  upstream_unauthorized: {
    status: 502,
    message:
      'The proxy is not allowed to use the agent. Nothing was sent to it. The operator finds the reason under this request id.',
  },
  upstream_error: {
    status: 502,
    message: 'The agent service failed. The operator finds the reason under this request id.',
  },
  upstream_unreachable: {
    status: 502,
    message: 'The agent service could not be reached, or the connection to it broke. Try again later.',
  },
  upstream_timeout: {
    status: 504,
    message: 'The agent service took too long. The message may have been received. Poll the task where there is one.',
  },
} as const;

/** What went wrong, as a word that code may branch on. */
export type ProxyErrorCode = keyof typeof ERRORS;

export interface ProxyErrorDetails {
  /** Default `no`: most errors are made before anything left. */
  readonly processed?: Processed;
  /** Default: the code's own. */
  readonly status?: number;
  /** Which field of the request is meant. */
  readonly field?: string;
  /** Seconds to wait. */
  readonly retryAfter?: number;
  /** For the message to the browser: about this deployment, never from the API. */
  readonly note?: string;
  /** For the log only. */
  readonly hint?: string;
  readonly upstreamStatus?: number;
  readonly upstreamMessage?: string;
  readonly cause?: unknown;
}

/** An error that the browser is told of. Its words come from the table above only, so nothing of the API's can leak through it. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  readonly code: ProxyErrorCode;
  readonly status: number;
  readonly processed: Processed;
  readonly details: ProxyErrorDetails;

  constructor(code: ProxyErrorCode, details: ProxyErrorDetails = {}) {
    const { message, status } = ERRORS[code];
    const field = details.field === undefined ? '' : ` Field: ${details.field}.`;
    const note = details.note === undefined ? '' : ` ${details.note}`;
    super(message + field + note, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status ?? status;
    this.processed = details.processed ?? 'no';
    this.details = details;
  }
}

/** The envelope of every error, as JSON text. */
export function toErrorEnvelope(error: ProxyError, requestId: string): string {
  const { code, message, processed } = error;
  return JSON.stringify({ error: { code, message, request_id: requestId, processed } });
}
