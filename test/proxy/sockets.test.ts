import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { serve } from '../../src/cli/serve.js';
import { createAgentProxy, type ProxyLimits, type ProxyLogEntry } from '../../src/proxy/index.js';
import { DONE, frame, KEY, MESSAGE, readError } from './fakeUpstream.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A real API server, a real proxy in front of it, and what goes over the wire between them. */
async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Partial<ProxyLimits> = {},
) {
  const calls: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    calls.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log: ProxyLogEntry[] = [];
  const loggers: (() => void)[] = [];
  const proxy = createAgentProxy({
    apiKey: KEY,
    upstream,
    agents: { support: 'support_agent' },
    origins: [],
    limits,
    logger: (entry) => {
      log.push(entry);
      for (const notify of loggers.splice(0)) notify();
    },
  });
  const served = await serve({ fetch: proxy.fetch, port: 0, hostname: '127.0.0.1' });
  const closeUpstream = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  closers.push(served.close, closeUpstream);
  return {
    calls,
    log,
    logged: () => (log.length > 0 ? Promise.resolve() : new Promise<void>((resolve) => loggers.push(resolve))),
    closeUpstream,
    url: `${served.url}/v2/agents/support/responses`,
    post: (body: unknown, init: RequestInit = {}) =>
      fetch(`${served.url}/v2/agents/support/responses`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', ...init.headers },
      }),
  };
}

describe('over real sockets', () => {
  it('the first chunk is with the client before the API has written the second', async () => {
    const written: string[] = [];
    let next!: () => void;
    const { post } = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const words = ['one', 'two', 'three'];
      next = () => {
        const word = words.shift();
        if (word === undefined) return void response.end();
        written.push(word);
        response.write(frame({ word }));
      };
      next();
    });
    const response = await post({ message: MESSAGE, stream: true });
    const reader = response.body!.getReader();
    for (const word of ['one', 'two', 'three']) {
      const { value } = await reader.read();
      expect(new TextDecoder().decode(value).replace(/^id: .*\n/, '')).toBe(frame({ word }));
      expect(written.at(-1)).toBe(word);
      next();
    }
    expect((await reader.read()).done).toBe(true);
  });

  it.each(['before the answer', 'in the middle of it'])(
    'a client that leaves %s frees the API, where there is no grace',
    async (when) => {
      let onClosed!: () => void;
      const closed = new Promise<void>((resolve) => (onClosed = resolve));
      let onCalled!: () => void;
      const called = new Promise<void>((resolve) => (onCalled = resolve));
      const handle = (_request: IncomingMessage, response: ServerResponse) => {
        response.on('close', onClosed);
        if (when !== 'before the answer') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(frame({ type: 'response.started' }));
        }
        onCalled();
      };
      const { post, logged, log } = await listen(handle, { graceMs: 0 });
      const abort = new AbortController();
      const pending = post({ message: MESSAGE, stream: true }, { signal: abort.signal });
      await called;
      if (when !== 'before the answer') await (await pending).body!.getReader().read();
      const outcome = pending.catch((error: unknown) => error);
      abort.abort();
      await Promise.all([closed, logged(), outcome]);
      expect(log[0]).toMatchObject({ code: 'client_closed', level: 'info' });
    },
  );

  it('the API sees the key, and nothing of the browser’s', async () => {
    const { post, calls } = await listen((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b' });
      response.end(JSON.stringify(DONE));
    });
    const response = await post(
      { message: MESSAGE },
      { headers: { cookie: 'session=secret', 'x-forwarded-for': '10.0.0.1' } },
    );
    expect(await response.json()).toEqual(DONE);
    expect(calls[0]!.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(calls[0]!.headers).not.toHaveProperty('cookie');
    expect(calls[0]!.headers).not.toHaveProperty('x-forwarded-for');
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('a redirect is not followed', async () => {
    const { post, calls } = await listen((_request, response) => {
      response.writeHead(307, { location: '/v2/elsewhere' });
      response.end();
    });
    expect((await post({ message: MESSAGE })).status).toBe(502);
    expect(calls).toHaveLength(1);
  });

  it('an API that is down is told as such: nothing was processed', async () => {
    const { post, closeUpstream } = await listen(() => undefined);
    await closeUpstream();
    const error = await readError(await post({ message: MESSAGE }));
    expect(error).toMatchObject({ code: 'upstream_unreachable', processed: 'no' });
  });

  it('an API that hangs up after reading is told as such: who knows', async () => {
    const { post } = await listen((request) => void request.resume().on('end', () => request.socket.destroy()));
    const error = await readError(await post({ message: MESSAGE }));
    expect(error).toMatchObject({ code: 'upstream_unreachable', processed: 'unknown' });
  });

  it('a body without a length is stopped at the limit, long before its end', async () => {
    const { url, calls } = await listen((_request, response) => response.end());
    const answer = await new Promise<{ status: number | undefined; sent: number }>((resolve, reject) => {
      const client = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
      const chunk = Buffer.alloc(1_048_576, ' ');
      let sent = 0;
      let isAnswered = false;
      const write = () => {
        if (isAnswered || sent >= 200) return;
        sent += 1;
        if (client.write(chunk)) setImmediate(write);
        else client.once('drain', write);
      };
      client.on('response', (response) => {
        isAnswered = true;
        resolve({ status: response.statusCode, sent });
        client.destroy();
      });
      client.on('error', (error) => (isAnswered ? undefined : reject(error)));
      write();
    });
    expect(answer.status).toBe(413);
    expect(answer.sent).toBeLessThan(50);
    expect(calls).toEqual([]);
  });
});
