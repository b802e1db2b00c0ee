import { createAgentProxy, type AgentProxyOptions, type ProxyLogEntry } from '../../src/proxy/index.js';

/** The key that must never come back out. */
export const KEY = 'sk-canary-7f3a9c51d2e84b60';

export interface UpstreamHit {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly signal: AbortSignal;
  readonly redirect: string | undefined;
}

type Reply = (hit: UpstreamHit) => Response | Promise<Response>;

/** An Agents API that answers as told and remembers who called. */
export function fakeUpstream(reply: Reply = () => json(DONE)) {
  const hits: UpstreamHit[] = [];
  return {
    hits,
    fetch: async (url: string, init: RequestInit) => {
      const hit: UpstreamHit = {
        url,
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        signal: init.signal ?? new AbortController().signal,
        redirect: init.redirect,
      };
      hits.push(hit);
      return reply(hit);
    },
  };
}

/** A complete answer in the API's own JSON (PROTOCOL.md 4.3). */
export const DONE = {
  _id: '01K6D8RXXP4M1D7A8S9T0V2W3Y',
  task_id: '01K6D8QESESZ6SAXQPJPFQXPFT',
  output: [{ role: 'agent', messageId: '01K6D8R0F2Y0W3B8S6C3T2V1QX', parts: [{ kind: 'text', text: 'Hello' }] }],
  created_at: '2026-02-03T10:12:00.000Z',
  model: 'openai/gpt-4o',
  finish_reason: 'stop',
};

export const MESSAGE_ID = '01K6D8QFQ4N1WQ0P8C2T4M6R8A';
export const MESSAGE = { messageId: MESSAGE_ID, role: 'user', parts: [{ kind: 'text', text: 'Hi' }] };

export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
}

/** An SSE answer that is written by hand. */
export function sse() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(started) {
      controller = started;
    },
    cancel() {
      cancelled = true;
    },
  });
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
    write: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
    end: () => controller.close(),
    breakOff: (error: unknown) => controller.error(error),
    isCancelled: () => cancelled,
  };
}

export function frame(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

/** A proxy in front of a fake API, with one agent and everything it logs. */
export function setUp(options: Partial<AgentProxyOptions> = {}, reply?: Reply) {
  const upstream = fakeUpstream(reply);
  const log: ProxyLogEntry[] = [];
  const proxy = createAgentProxy({
    apiKey: KEY,
    agents: { support: 'support_agent' },
    origins: ['https://www.example.com'],
    fetch: upstream.fetch,
    logger: (entry) => log.push(entry),
    ...options,
  });
  return {
    upstream,
    log,
    proxy,
    post: (
      body: unknown,
      headers: Record<string, string> = {},
      path = '/v2/agents/support/responses',
      signal?: AbortSignal,
    ) =>
      proxy.fetch(
        new Request(`https://proxy.example${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
          ...(signal === undefined ? {} : { signal }),
        }),
      ),
    get: (path: string, headers: Record<string, string> = {}) =>
      proxy.fetch(new Request(`https://proxy.example${path}`, { headers })),
  };
}

export interface Envelope {
  readonly code: string;
  readonly message: string;
  readonly request_id: string;
  readonly processed: string;
}

/** The error inside a response; fails where there is none. */
export async function readError(response: Response): Promise<Envelope> {
  const body = (await response.json()) as { error: Envelope };
  return body.error;
}
