import { Hono, type Context } from 'hono';
import { createAgentCards } from './agentCard.js';
import { checkOrigin, PREFLIGHT_HEADERS, toCorsHeaders } from './checkOrigin.js';
import { createExchange, type Exchange } from './exchange.js';
import { ProxyError, toErrorEnvelope } from './proxyError.js';
import type { AgentProxyOptions } from './proxyOptions.js';
import type { ProxyAgent } from './resolveAgents.js';
import { resolveOptions, type ProxySettings } from './resolveOptions.js';
import { pollTask, sendMessage } from './sendMessage.js';
import { isTaskId } from './taskId.js';
import { PROXY_VERSION } from './version.js';

/** Names and values of the headers of one request, in bytes. What Node allows, for platforms that allow more. */
const MAX_HEADER_BYTES = 16_384;

/** A running proxy: a function from requests to responses, for Node, Next, Workers, Deno and Bun. */
export interface AgentProxy {
  /** Never rejects: whatever goes wrong is a response with our error envelope. */
  fetch(request: Request): Promise<Response>;
}

interface Env {
  Bindings: { exchange: Exchange };
}

/**
 * Creates the proxy that stands between browsers and the Agents API and keeps the API key. Routes, under `basePath`:
 * `POST /v2/agents/{agent}/responses`, `GET /v2/agents/{agent}/responses/{task_id}`, `GET /agents/{agent}` and `GET /healthz`.
 *
 * @throws ProxyConfigurationError where an option is missing or malformed.
 */
export function createAgentProxy(options: AgentProxyOptions): AgentProxy {
  const settings = resolveOptions(options);
  const app = createRoutes(settings);
  let epoch: string | undefined;

  return {
    async fetch(request) {
      // Not at creation: workers have no random numbers before the first request.
      epoch ??= crypto.randomUUID().slice(0, 13);
      const exchange = createExchange(request, settings);
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
        // `features` names what later clients may rely on; so far there is nothing beyond the plain API.
        'agent-chat-proxy': `${PROXY_VERSION}; epoch=${epoch}; features=`,
      };
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return finish(response, exchange);
    },
  };
}

function createRoutes(settings: ProxySettings): Hono<Env> {
  const loadCard = createAgentCards(settings);
  const findAgent = (context: Context<Env>, route: string): ProxyAgent => {
    context.env.exchange.note({ route });
    const agent = settings.agents.get(context.req.param('agent') ?? '');
    if (agent === undefined) throw new ProxyError('agent_not_found');
    context.env.exchange.note({ agent: agent.name });
    return agent;
  };

  const app = new Hono<Env>().basePath(settings.basePath);
  app.get('/healthz', (context) => {
    context.env.exchange.note({ route: '/healthz' });
    return context.json({ status: 'ok' });
  });
  app.get('/agents/:agent', async (context) =>
    context.json(await loadCard(findAgent(context, '/agents/{agent}'), context.env.exchange)),
  );
  app.post('/v2/agents/:agent/responses', (context) => {
    const agent = findAgent(context, '/v2/agents/{agent}/responses');
    return sendMessage(context.req.raw, agent, settings, context.env.exchange);
  });
  app.get('/v2/agents/:agent/responses/:task_id', (context) => {
    const agent = findAgent(context, '/v2/agents/{agent}/responses/{task_id}');
    const taskId = context.req.param('task_id');
    if (!isTaskId(taskId)) throw new ProxyError('task_not_found', { field: 'task_id' });
    return pollTask(taskId, agent, settings, context.env.exchange);
  });
  app.notFound(() => {
    const mount =
      settings.basePath === ''
        ? 'The proxy expects its routes at the root of the host (basePath is empty)'
        : `The proxy expects its routes under "${settings.basePath}" (basePath)`;
    throw new ProxyError('not_found', {
      note: `${mount}, such as ${settings.basePath}/v2/agents/{agent}/responses. Mount it there, or set basePath.`,
    });
  });
  // Errors become responses in one place only, where the headers are set as well.
  app.onError((error) => {
    throw error;
  });
  return app;
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
