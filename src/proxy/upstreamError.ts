import { toLogText } from './proxyLog.js';
import { ProxyError, type Processed, type ProxyErrorCode, type ProxyErrorDetails } from './proxyError.js';
import type { ProxyAgent } from './resolveAgents.js';

/** What a call to the API was about, as far as its errors depend on it. */
export interface CallSubject {
  readonly agent: ProxyAgent;
  /** The last thing that it names: what a 404 or 409 may mean. */
  readonly subject: 'agent' | 'task' | 'review' | 'trace';
  /** What can be said about the message once the request has left: `no` where there is no message, else `unknown`. */
  readonly processedOnceSent: Processed;
}

/**
 * Turns the API's refusal into ours. Its words go to the log only: they may have host names, stack traces or fragments of the key.
 *
 * An answer with a 4xx status counts as "not processed": the API read the request and turned it down. Any other failure leaves that open.
 */
export function toUpstreamError(response: Response, body: string, subject: CallSubject, apiKey: string): ProxyError {
  const { status } = response;
  const details: ProxyErrorDetails = {
    processed: status >= 400 && status < 500 && status !== 408 ? 'no' : subject.processedOnceSent,
    upstreamStatus: status,
    upstreamMessage: toLogText(extractMessage(body), apiKey),
    ...toRetryAfter(response.headers.get('retry-after')),
  };
  const { code, hint, ...rest } = explain(status, subject);
  return new ProxyError(code, { ...details, ...(hint === undefined ? {} : { hint }), ...rest });
}

function explain(
  status: number,
  { agent, subject }: CallSubject,
): { code: ProxyErrorCode; status?: number; hint?: string } {
  switch (status) {
    case 400:
    case 422:
      return { code: 'invalid_request', status };
    case 401:
    case 403:
      return {
        code: 'upstream_unauthorized',
        hint: `The API refused the proxy's own key with ${status}. No visitor can chat until it accepts one. Check that apiKey (ORQ_API_KEY) is a valid key of the workspace and project that own the agent "${agent.key}", and that upstream (ORQ_BASE_URL) is that workspace's API.`,
      };
    case 404:
      if (subject === 'task') return { code: 'task_not_found' };
      if (subject === 'trace') return { code: 'trace_not_found' };
      return subject === 'review'
        ? { code: 'review_gone' }
        : {
            code: 'agent_not_found',
            hint: `The API has no agent "${agent.key}". The public name "${agent.name}" leads nowhere. Check the agent key (AGENT_CHAT_AGENTS), and that the API key belongs to the agent's project.`,
          };
    case 408:
      return { code: 'upstream_timeout' };
    case 409:
      return { code: subject === 'review' ? 'review_decided' : 'task_active' };
    case 413:
      return { code: 'too_large' };
    case 429:
      return { code: 'rate_limited' };
    default:
      return {
        code: 'upstream_error',
        ...(status >= 300 && status < 400
          ? {
              hint: 'The API answered with a redirect, which is not followed, because the key would go along. Set upstream (ORQ_BASE_URL) to the final address.',
            }
          : {}),
      };
  }
}

/** Seconds, whether the API told seconds or a date; nothing where it told neither. */
function toRetryAfter(value: string | null): { retryAfter?: number } {
  if (value === null) return {};
  if (/^\d{1,6}$/.test(value)) return { retryAfter: Number(value) };
  // A date begins with the day's name; engines take the oddest other things for dates.
  const seconds = /^[A-Za-z]{3}/.test(value) ? Math.ceil((Date.parse(value) - Date.now()) / 1000) : NaN;
  return Number.isFinite(seconds) ? { retryAfter: Math.max(0, Math.min(seconds, 999_999)) } : {};
}

/** Finds the words in any of the API's error shapes (PROTOCOL.md 1.2); a body that is no JSON is its own message. */
function extractMessage(body: string): string {
  try {
    const json: unknown = JSON.parse(body);
    const error = field(json, 'error');
    for (const candidate of [
      field(error, 'message'),
      error,
      field(json, 'message'),
      field(field(json, 'data'), 'error'),
    ]) {
      if (typeof candidate === 'string') return candidate;
    }
  } catch {
    // Told as it is.
  }
  return body;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** System errors that happen before a byte of the request is written: no address, no connection, no trust. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What a failed `fetch`, or a body that broke off, means. Only what certainly happened before sending counts as "not processed". */
export function toNetworkError(cause: unknown, subject: CallSubject, apiKey: string): ProxyError {
  const reason = field(cause, 'cause') ?? cause;
  const code = field(reason, 'code');
  const hasNeverLeft = (typeof code === 'string' && NEVER_LEFT.has(code)) || field(reason, 'syscall') === 'connect';
  const isTimeout = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
  return new ProxyError(isTimeout ? 'upstream_timeout' : 'upstream_unreachable', {
    processed: hasNeverLeft ? 'no' : subject.processedOnceSent,
    upstreamMessage: toLogText(
      reason instanceof Error ? `${typeof code === 'string' ? `${code}: ` : ''}${reason.message}` : String(reason),
      apiKey,
    ),
    ...(hasNeverLeft
      ? {
          hint: 'No connection to the API. Nothing was sent. Check upstream (ORQ_BASE_URL), name resolution, certificates and outgoing connections of this machine.',
        }
      : {}),
    cause,
  });
}
