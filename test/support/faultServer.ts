import { setTimeout as wait } from 'node:timers/promises';
import type { Fault, FetchHandler } from './faultServerFaults.js';
import { serveFaulty } from './faultServerHttp.js';
import { startToxicProxy, type ToxicProxy } from './faultServerTcp.js';

/** A request that reached the handler behind the faults. */
export interface ArrivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Headers;
  /** The body as JSON; `undefined` where there is none. */
  readonly body: unknown;
  /** The message that it carries: the truth about what was sent how often. `null` for anything but a message. */
  readonly messageId: string | null;
}

export interface Faults {
  readonly handle: FetchHandler;
  /** What arrived behind the faults, oldest first. */
  readonly arrived: readonly ArrivedRequest[];
  /** The ids of the messages that arrived, as often as they did. */
  messageIds(): readonly string[];
  /** Lets the next requests of this kind go wrong, `times` of them; the fault that was set first comes first. */
  inject(matches: (request: Request) => boolean, fault: Fault, times?: number): void;
  /** Faults that were set are forgotten. */
  clear(): void;
}

/** Faults of HTTP and of its event streams in front of a handler. Without a socket: fake time and a real server see the same ones. */
export function createFaults(handler: FetchHandler, sleep: (ms: number) => Promise<void> = (ms) => wait(ms)): Faults {
  const arrived: ArrivedRequest[] = [];
  let rules: { matches: (request: Request) => boolean; fault: Fault; left: number }[] = [];

  async function arrive(request: Request): Promise<Response> {
    const text = await request.clone().text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const { pathname, search } = new URL(request.url);
    arrived.push({
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body,
      messageId: request.headers.get('idempotency-key') ?? messageIdOf(body),
    });
    return handler(request);
  }

  return {
    arrived,
    messageIds: () => arrived.flatMap(({ messageId }) => messageId ?? []),
    inject: (matches, fault, times = 1) => void rules.push({ matches, fault, left: times }),
    clear: () => void (rules = []),
    handle: async (request) => {
      const rule = rules.find(({ matches, left }) => left > 0 && matches(request));
      if (!rule) return arrive(request);
      rule.left -= 1;
      return rule.fault(request, arrive, sleep);
    },
  };
}

function messageIdOf(body: unknown): string | null {
  const id = (body as { message?: { messageId?: unknown } } | undefined)?.message?.messageId;
  return typeof id === 'string' ? id : null;
}

export interface FaultServer extends Faults, Pick<ToxicProxy, 'use' | 'close'> {
  /** Without a slash at the end. */
  readonly url: string;
}

/** A handler behind a network that fails as told: toxics of TCP in front, then faults of HTTP. */
export async function startFaultServer(handler: FetchHandler): Promise<FaultServer> {
  const faults = createFaults(handler);
  const http = await serveFaulty(faults.handle);
  const tcp = await startToxicProxy(http.port, http.resets);
  return {
    ...faults,
    url: `http://127.0.0.1:${tcp.port}`,
    use: tcp.use,
    close: async () => {
      await tcp.close();
      await http.close();
    },
  };
}
