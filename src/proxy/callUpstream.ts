import { createDeadline, type Deadline } from './deadline.js';
import type { Exchange } from './exchange.js';
import { ProxyError } from './proxyError.js';
import type { ProxySettings } from './resolveOptions.js';
import { toNetworkError, toUpstreamError, type CallSubject } from './upstreamError.js';
import { PROXY_VERSION } from './version.js';

/** How long to wait for the words of an error: the error itself is known already. */
const ERROR_BODY_MS = 5_000;
const ERROR_BODY_BYTES = 16_384;

export interface UpstreamCall extends CallSubject {
  readonly method: 'GET' | 'POST';
  /** Never holds text of the client's that was not checked. */
  readonly url: string;
  readonly body?: string;
  /** Milliseconds until the API must have begun to answer. */
  readonly headersTimeoutMs: number;
}

/** The address of a route of an agent. `path` begins with a slash, or is empty for the agent itself. */
export function toAgentUrl(settings: ProxySettings, agentKey: string, path: string): string {
  return `${settings.apiUrl}/v2/agents/${encodeURIComponent(agentKey)}${path}`;
}

/** A successful answer of the API, its body still to be read. */
export interface UpstreamAnswer {
  /** Media type, lower case, without parameters. */
  readonly contentType: string;
  /**
   * The next chunk as it came from the network; `null` at the end.
   *
   * @param withinMs how long to wait for it. Default: the idle limit.
   * @throws ProxyError where the body breaks off, stalls, or nobody waits for it any more. The call is over then.
   */
  read(withinMs?: number): Promise<Uint8Array | null>;
  /** Ends the call now, for the API too. */
  stop(error: ProxyError): void;
}

/**
 * Calls the API with the key. Sends nothing of the browser's but `call.body`: no cookies, no headers.
 *
 * @param signal ends the call; by default when the client leaves.
 * @throws ProxyError for whatever is no success.
 */
export async function callUpstream(
  settings: ProxySettings,
  exchange: Exchange,
  call: UpstreamCall,
  signal: AbortSignal = exchange.signal,
): Promise<UpstreamAnswer> {
  const timeout = new ProxyError('upstream_timeout', { processed: call.processedOnceSent });
  const deadline = createDeadline(signal, settings.limits.totalTimeoutMs, timeout);
  try {
    const response = await send(settings, exchange, call, deadline);
    exchange.note({ upstreamStatus: response.status });
    const answer = toAnswer(response, settings, call, deadline);
    if (response.ok) return answer;
    const words = await readStart(answer, ERROR_BODY_BYTES);
    throw toUpstreamError(response, words, call, settings.apiKey);
  } catch (error) {
    deadline.release();
    throw error;
  }
}

async function send(
  settings: ProxySettings,
  exchange: Exchange,
  call: UpstreamCall,
  deadline: Deadline,
): Promise<Response> {
  if (deadline.signal.aborted) throw new ProxyError('client_closed');
  const left = untilAborted(deadline.signal);
  if (call.method === 'POST') exchange.hasDispatched = true;
  deadline.expect(call.headersTimeoutMs);
  try {
    const pending = settings.fetch(call.url, {
      method: call.method,
      headers: {
        authorization: `Bearer ${settings.apiKey}`,
        accept: 'application/json, text/event-stream',
        'user-agent': `agent-chat-widget-proxy/${PROXY_VERSION}`,
        'x-request-id': exchange.requestId,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      // Following a redirect would hand the key to wherever it points.
      redirect: 'manual',
      signal: deadline.signal,
    });
    // A fetch that comes back although nobody waits any more must not leave its body open.
    pending.then((late) => (deadline.signal.aborted ? late.body?.cancel() : undefined)).catch(() => undefined);
    return await Promise.race([pending, left]);
  } catch (error) {
    throw deadline.signal.aborted
      ? (deadline.signal.reason as ProxyError)
      : toNetworkError(error, call, settings.apiKey);
  } finally {
    deadline.settle();
  }
}

function toAnswer(response: Response, settings: ProxySettings, call: UpstreamCall, deadline: Deadline): UpstreamAnswer {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  // Cancelling settles a pending read, also with a body that never heard of the signal.
  const cancel = () => void reader?.cancel().catch(() => undefined);
  deadline.signal.addEventListener('abort', cancel, { once: true });
  const failIfStopped = () => {
    if (deadline.signal.aborted) throw deadline.signal.reason as ProxyError;
  };
  return {
    contentType: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '',
    stop(error) {
      deadline.stop(error);
      deadline.release();
    },
    async read(withinMs = settings.limits.idleTimeoutMs) {
      try {
        failIfStopped();
        deadline.expect(withinMs);
        const result = await reader?.read().catch((error: unknown) => {
          failIfStopped();
          throw toNetworkError(error, call, settings.apiKey);
        });
        failIfStopped();
        deadline.settle();
        if (result?.value !== undefined) return result.value;
        deadline.release();
        return null;
      } catch (error) {
        deadline.release();
        throw error;
      }
    },
  };
}

/** The beginning of a body as text; whatever came of it, where it breaks off. */
async function readStart(answer: UpstreamAnswer, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (text.length < maxBytes) {
      const chunk = await answer.read(ERROR_BODY_MS);
      if (chunk === null) return text;
      text += decoder.decode(chunk, { stream: true });
    }
  } catch {
    return text;
  }
  answer.stop(new ProxyError('upstream_error'));
  return text.slice(0, maxBytes);
}

/** Rejects when the signal is aborted. Never unhandled, so that it may be left behind. */
function untilAborted(signal: AbortSignal): Promise<never> {
  const left = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as ProxyError), { once: true });
  });
  left.catch(() => undefined);
  return left;
}
