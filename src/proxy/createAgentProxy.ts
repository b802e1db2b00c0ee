import { checkOrigin, PREFLIGHT_HEADERS, toCorsHeaders } from './checkOrigin.js';
import { createRoutes } from './createRoutes.js';
import { createRuns } from './createRuns.js';
import { createExchange, type Exchange, type PlatformContext } from './exchange.js';
import { ProxyError, toErrorEnvelope } from './proxyError.js';
import type { AgentProxyOptions } from './proxyOptions.js';
import { resolveOptions } from './resolveOptions.js';
import { toProxyHeader } from './toProxyHeader.js';

/** Names and values of the headers of one request, in bytes. What Node allows, for platforms that allow more. */
const MAX_HEADER_BYTES = 16_384;

/** A running proxy: a function from requests to responses, for Node, Next, Workers, Deno and Bun. */
export interface AgentProxy {
  /**
   * Never rejects: whatever goes wrong is a response with our error envelope.
   *
   * @param platform pass the platform's `waitUntil` where there is one: it keeps the process while an answer is read for a client that may come back.
   */
  fetch(request: Request, platform?: PlatformContext): Promise<Response>;
}

/**
 * Creates the proxy that stands between browsers and the Agents API and keeps the API key. Routes, under `basePath`:
 * `POST /v2/agents/{agent}/responses`, `GET /v2/agents/{agent}/responses/{task_id}`, `GET /agents/{agent}`, `POST /feedback` and `GET /healthz`. With a long-lived process also
 * `GET …/{task_id}/events`, `POST …/{task_id}/cancel` and `GET /receipts/{key}`; with `reviews` also `POST …/{task_id}/reviews/{tool_call_id}`. What there is, the header
 * `agent-chat-proxy` says.
 *
 * @throws ProxyConfigurationError where an option is missing or malformed.
 */
export function createAgentProxy(options: AgentProxyOptions): AgentProxy {
  const settings = resolveOptions(options);
  const runs = createRuns(settings);
  const app = createRoutes(settings, runs);

  return {
    async fetch(request, platform) {
      const exchange = createExchange(request, settings, platform);
      let origin: string | null = null;
      let response: Response;
      try {
        origin = checkOrigin(request, settings);
        checkHeaderSize(request);
        response =
          request.method === 'OPTIONS'
            ? new Response(null, { status: 204, headers: PREFLIGHT_HEADERS })
            : await app.fetch(request, { exchange });
      } catch (thrown) {
        response = toErrorResponse(exchange.fail(thrown), exchange.requestId);
      }
      const headers = {
        ...toCorsHeaders(origin),
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-request-id': exchange.requestId,
        'agent-chat-proxy': toProxyHeader(settings, await runs.store.epoch()),
      };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return finish(response, exchange);
    },
  };
}

function checkHeaderSize(request: Request): void {
  let bytes = 0;
  for (const [name, value] of request.headers) bytes += name.length + value.length;
  if (bytes > MAX_HEADER_BYTES) throw new ProxyError('headers_too_large');
}

function toErrorResponse(error: ProxyError, requestId: string): Response {
  const { retryAfter } = error.details;
  return new Response(toErrorEnvelope(error, requestId), {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
  });
}

/** Logs now, or leaves it to the stream, which ends later. */
function finish(response: Response, exchange: Exchange): Response {
  exchange.note({ status: response.status });
  if (response.headers.get('content-type') !== 'text/event-stream') exchange.finish();
  return response;
}
