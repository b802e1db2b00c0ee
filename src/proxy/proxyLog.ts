import type { ProxyErrorCode } from './proxyError.js';

/** What is known about one request once it has ended. Never has the key, bodies, task ids or query strings. */
export interface ProxyLogEntry {
  /** `error` needs a developer, `warn` is a request that was refused, `info` the rest. */
  readonly level: 'info' | 'warn' | 'error';
  /** Also in the response's `x-request-id` and in the request to the API. */
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern, not the path. */
  readonly route: string;
  /** Public name of the agent, once it is known to be one. */
  readonly agent?: string;
  /** Status that the browser got. A stream that failed later has 200 here and a `code`. */
  readonly status: number;
  readonly code?: ProxyErrorCode;
  /** Which field of the request was refused. */
  readonly field?: string;
  /** Fields that were accepted but not passed on, because only a verified visitor may set them. */
  readonly droppedFields?: readonly string[];
  /** A message that had come before: it was not sent again, but got the answer to the first. */
  readonly isDuplicate?: boolean;
  readonly upstreamStatus?: number;
  /** What the API said about its error: one line, at most 500 characters, the key masked. */
  readonly upstreamMessage?: string;
  /** What to do about it. */
  readonly hint?: string;
  /** Bytes of a stream's body. */
  readonly bytesOut?: number;
  readonly durationMs: number;
}

/** Makes a text fit for one log line: control characters out (no forged lines), the key masked, at most 500 characters. */
export function toLogText(text: string, apiKey: string): string {
  return text
    .replaceAll(apiKey, '[key]')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .slice(0, 500);
}
