import type { Refusal } from './step.js';

/** An HTTP error that the emulator answers with. */
export interface WireError {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Shape E1, `{ message }`: agents. Source: PROTOCOL.md section 1.2. */
export function plainError(status: number, message: string): WireError {
  return { status, body: { message } };
}

/** Shape E2, `{ code, message }`: responses. Source: PROTOCOL.md section 1.2. */
export function codedError(status: number, code: string, message: string): WireError {
  return { status, body: { code, message } };
}

/** Shape E3, `{ error: { code, message } }`: keys and provider failures. Source: PROTOCOL.md section 1.2. */
export function nestedError(status: number, code: string, message: string): WireError {
  return { status, body: { error: { code, message } } };
}

/** The error behind a scenario's `refuse`. */
export function refusedError(refusal: Refusal): WireError {
  const fallback = nestedError(
    refusal.status,
    statusCode(refusal.status),
    `The emulated agent refused with ${refusal.status}.`,
  );
  return { status: refusal.status, body: refusal.body ?? fallback.body, headers: refusal.headers ?? {} };
}

/** The API's word for an HTTP status. */
export function statusCode(status: number): string {
  return STATUS_CODES[status] ?? (status >= 500 ? 'internal_error' : 'invalid_request_body');
}

/** The error as an HTTP response. */
export function toErrorResponse(error: WireError): Response {
  return Response.json(error.body, { status: error.status, headers: { ...error.headers } });
}

const STATUS_CODES: Readonly<Record<number, string>> = {
  400: 'invalid_request_body',
  401: 'invalid_api_key',
  402: 'quota_exceeded',
  403: 'insufficient_scope',
  404: 'not_found',
  408: 'request_timeout',
  429: 'rate_limit_exceeded',
  500: 'internal_error',
  501: 'not_implemented',
  502: 'provider_error',
  503: 'provider_overloaded',
  504: 'provider_timeout',
};
