import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchHandler } from './faultServerFaults.js';
import { reset } from './faultServerReset.js';

export interface FaultyHttp {
  readonly port: number;
  /** Ports of clients whose connection was reset. */
  readonly resets: Set<number>;
  close(): Promise<void>;
}

/**
 * Serves a fetch handler over HTTP/1.1 and passes its failures on as what they are on a wire: a handler that rejects, or a body that fails, is a reset connection.
 * A `connection: close` header makes the body end with the connection, without chunks or a length.
 */
export async function serveFaulty(handler: FetchHandler): Promise<FaultyHttp> {
  const resets = new Set<number>();
  const server: Server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => {
      resets.add(incoming.socket.remotePort ?? 0);
      reset(incoming.socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    resets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(handler: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const leaving = new AbortController();
  const closed = new Promise<void>((resolve) => outgoing.once('close', resolve));
  void closed.then(() => leaving.abort());
  const response = await handler(await toRequest(incoming, leaving.signal));
  response.headers.forEach((value, name) => outgoing.appendHeader(name, value));
  // A browser repeats a request by itself when a connection that it had used before is reset: every request gets one of its own.
  // (An event stream needs its chunks, without which a reset looks like an end.)
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) outgoing.shouldKeepAlive = false;
  if (response.headers.get('connection') === 'close') outgoing.removeHeader('transfer-encoding');
  outgoing.writeHead(response.status);
  outgoing.flushHeaders();
  const reader = response.body?.getReader();
  leaving.signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
  for (let step = await reader?.read(); step && !step.done; step = await reader?.read()) {
    if (outgoing.write(step.value)) continue;
    await Promise.race([closed, new Promise<void>((resolve) => outgoing.once('drain', resolve))]);
  }
  outgoing.end();
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = 'GET', url = '/', headers } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    ),
    signal,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  });
}
