import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { PROXY_VERSION } from '../../src/proxy/version.js';
import { DONE, frame, json, MESSAGE, readError, setUp, sse } from './fakeUpstream.js';

const PATH = '/v2/agents/support/responses';

describe('routes', () => {
  it('sends a message to the agent behind the public name', async () => {
    const { post, upstream } = setUp();
    const response = await post({ message: MESSAGE });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(DONE);
    expect(upstream.hits).toHaveLength(1);
    expect(upstream.hits[0]).toMatchObject({
      url: 'https://api.orq.ai/v2/agents/support_agent/responses',
      method: 'POST',
      redirect: 'manual',
      body: { message: MESSAGE },
    });
  });

  it('polls a task of the agent behind the public name', async () => {
    const { get, upstream } = setUp();
    const response = await get(`${PATH}/01K6D8QESESZ6SAXQPJPFQXPFT?verbose=1`);
    expect(await response.json()).toEqual(DONE);
    expect(upstream.hits[0]).toMatchObject({
      url: 'https://api.orq.ai/v2/agents/support_agent/responses/01K6D8QESESZ6SAXQPJPFQXPFT',
      method: 'GET',
      body: undefined,
    });
  });

  it('encodes a version suffix of the agent key once', async () => {
    const { post, upstream } = setUp({ agents: { support: 'support_agent@1.2.3' } });
    await post({ message: MESSAGE });
    expect(decodeURIComponent(new URL(upstream.hits[0]!.url).pathname)).toBe(
      '/v2/agents/support_agent@1.2.3/responses',
    );
  });

  it.each(['https://orq.test', 'https://orq.test/', 'https://orq.test/v2', 'https://orq.test/v2/'])(
    'reaches the same address with the upstream %s',
    async (base) => {
      const { post, upstream } = setUp({ upstream: base });
      await post({ message: MESSAGE });
      expect(upstream.hits[0]!.url).toBe('https://orq.test/v2/agents/support_agent/responses');
    },
  );

  it('keeps a path in front of the API', async () => {
    const { post, upstream } = setUp({ upstream: 'http://gateway.test:8080/orq/v2/' });
    await post({ message: MESSAGE });
    expect(upstream.hits[0]!.url).toBe('http://gateway.test:8080/orq/v2/agents/support_agent/responses');
  });

  it('answers under its base path only, and says so elsewhere', async () => {
    const { post, get, upstream } = setUp({ basePath: '/api/agent-chat/' });
    expect((await post({ message: MESSAGE }, {}, `/api/agent-chat${PATH}`)).status).toBe(200);
    expect((await get('/api/agent-chat/healthz')).status).toBe(200);
    const lost = await post({ message: MESSAGE }, { origin: 'https://www.example.com' }, PATH);
    const error = await readError(lost);
    expect(lost.status).toBe(404);
    expect(error).toMatchObject({ code: 'not_found', processed: 'no' });
    expect(error.message).toContain('"/api/agent-chat"');
    // Else the page could not read the hint.
    expect(lost.headers.get('access-control-allow-origin')).toBe('https://www.example.com');
    expect(upstream.hits).toHaveLength(1);
  });

  it.each([
    ['GET', PATH],
    ['PUT', PATH],
    ['DELETE', `${PATH}/01K6D8QESESZ6SAXQPJPFQXPFT`],
    ['POST', '/healthz'],
    ['GET', '/v2/agents/support'],
    ['GET', '/v2/agents'],
    ['POST', '/session'],
    ['GET', '/receipts/01K6D8QFQ4N1WQ0P8C2T4M6R8A'],
    ['POST', `${PATH}/01K6D8QESESZ6SAXQPJPFQXPFT/cancel`],
    ['GET', `${PATH}/01K6D8QESESZ6SAXQPJPFQXPFT/events`],
  ])('has no route %s %s, where the process lives for one request', async (method, path) => {
    const { proxy, upstream } = setUp({ process: 'per-request' });
    const response = await proxy.fetch(new Request(`https://proxy.example${path}`, { method }));
    expect([response.status, (await readError(response)).code]).toEqual([404, 'not_found']);
    expect(upstream.hits).toEqual([]);
  });

  it('tells that it is alive without asking the API', async () => {
    const { get, upstream } = setUp();
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(upstream.hits).toEqual([]);
  });

  it('refuses an agent it does not know without asking the API', async () => {
    const { post, get, upstream } = setUp();
    for (const response of [
      await post({ message: MESSAGE }, {}, '/v2/agents/support_agent/responses'),
      await get('/v2/agents/other/responses/01K6D8QESESZ6SAXQPJPFQXPFT'),
      await get('/agents/constructor'),
    ]) {
      expect([response.status, (await readError(response)).code]).toEqual([404, 'agent_not_found']);
    }
    expect(upstream.hits).toEqual([]);
  });

  it('finds a public name that is not plain ASCII', async () => {
    const { post, upstream } = setUp({ agents: { 'hulp-én-advies': 'support_agent' } });
    expect((await post({ message: MESSAGE }, {}, '/v2/agents/hulp-%C3%A9n-advies/responses')).status).toBe(200);
    expect(upstream.hits).toHaveLength(1);
  });
});

describe('headers', () => {
  const COMMON = [
    'agent-chat-proxy',
    'cache-control',
    'content-type',
    'referrer-policy',
    'vary',
    'x-content-type-options',
    'x-request-id',
  ];
  const CORS = ['access-control-allow-origin', 'access-control-expose-headers'];
  const dirty = {
    'set-cookie': 'a=b',
    server: 'nginx',
    'x-powered-by': 'x',
    'x-ratelimit-limit': '5',
    'retry-after': '7',
  };
  const names = (response: Response) => [...response.headers.keys()].sort();

  it('gives the client these and no others: JSON', async () => {
    const { post } = setUp({}, () => json(DONE, { headers: dirty }));
    const response = await post({ message: MESSAGE });
    expect(names(response)).toEqual(COMMON);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'referrer-policy': 'no-referrer',
      vary: 'Origin',
      'x-content-type-options': 'nosniff',
    });
  });

  it('gives the client these and no others: stream, from a listed origin', async () => {
    const { post } = setUp(
      {},
      () =>
        new Response(frame({ type: 'response.done' }), { headers: { ...dirty, 'content-type': 'text/event-stream' } }),
    );
    const response = await post({ message: MESSAGE, stream: true }, { origin: 'https://www.example.com' });
    expect(names(response)).toEqual([...COMMON, ...CORS, 'x-accel-buffering'].sort());
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('x-accel-buffering')).toBe('no');
    await response.text();
  });

  it('gives the client these and no others: error', async () => {
    const { post } = setUp({}, () => json({ message: 'slow down' }, { status: 429, headers: dirty }));
    const response = await post({ message: MESSAGE }, { origin: 'https://www.example.com' });
    expect(names(response)).toEqual([...COMMON, ...CORS, 'retry-after'].sort());
    expect(response.headers.get('retry-after')).toBe('7');
  });

  it('gives the API these and no others', async () => {
    const { post, get, upstream } = setUp();
    const own = {
      cookie: 'session=secret',
      authorization: 'Bearer visitor',
      'x-forwarded-for': '10.0.0.1',
      'idempotency-key': MESSAGE.messageId,
      'user-agent': 'Mozilla',
      referer: 'https://www.example.com/private',
      'last-event-id': '4',
    };
    await post({ message: MESSAGE }, own);
    await get(`${PATH}/01K6D8QESESZ6SAXQPJPFQXPFT`, own);
    const [posted, polled] = upstream.hits;
    expect(Object.keys(posted!.headers).sort()).toEqual([
      'accept',
      'authorization',
      'content-type',
      'user-agent',
      'x-request-id',
    ]);
    expect(Object.keys(polled!.headers).sort()).toEqual(['accept', 'authorization', 'user-agent', 'x-request-id']);
    expect(posted!.headers.authorization).toBe('Bearer sk-canary-7f3a9c51d2e84b60');
    expect(posted!.headers['user-agent']).toBe(`agent-chat-widget-proxy/${PROXY_VERSION}`);
  });

  it.each<[string, Parameters<typeof setUp>[0], string]>([
    ['on a server', {}, 'cancel,receipts,replay,heartbeats,feedback'],
    ['with reviews', { reviews: '/reviews/{tool_call_id}' }, 'cancel,receipts,replay,reviews,heartbeats,feedback'],
    ['without grace', { limits: { graceMs: 0 } }, 'cancel,receipts,heartbeats,feedback'],
    ['where the process lives for one request', { process: 'per-request' }, 'heartbeats,feedback'],
  ])('offers %s what it can keep', async (_, options, features) => {
    const { get } = setUp(options);
    expect((await get('/healthz')).headers.get('agent-chat-proxy')).toContain(`; features=${features}`);
  });

  it('names its version and one epoch per proxy', async () => {
    const first = setUp();
    const second = setUp();
    const read = async ({ get }: typeof first) => (await get('/healthz')).headers.get('agent-chat-proxy');
    expect(PROXY_VERSION).toBe(packageJson.version);
    expect(await read(first)).toMatch(/^\d+\.\d+\.\d+; epoch=[0-9a-f-]{13}; features=/);
    expect(await read(first)).toBe(await read(first));
    expect(await read(first)).not.toBe(await read(second));
  });

  it('uses one request id in the response, towards the API, in the envelope and in the log', async () => {
    const { post, upstream, log } = setUp({}, () => json({ message: 'no' }, { status: 500 }));
    const response = await post({ message: MESSAGE }, { 'x-request-id': 'chosen-by-client' });
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect([
      upstream.hits[0]!.headers['x-request-id'],
      (await readError(response)).request_id,
      log[0]!.requestId,
    ]).toEqual([id, id, id]);
  });

  it('refuses headers above 16 KiB', async () => {
    const { post, upstream } = setUp();
    const response = await post({ message: MESSAGE }, { 'x-padding': 'x'.repeat(16_384) });
    expect([response.status, (await readError(response)).code]).toEqual([431, 'headers_too_large']);
    expect(upstream.hits).toEqual([]);
  });
});

describe('the log', () => {
  it('has one entry per request, without bodies, task ids or queries', async () => {
    const { post, get, log } = setUp();
    await post({
      message: { ...MESSAGE, parts: [{ kind: 'text', text: 'my-secret-words' }] },
      identity: { id: 'jane' },
      memory: { entity_id: 'm' },
    });
    await get(`${PATH}/TASK01?token=query-secret`);
    await get('/nowhere');
    expect(log).toHaveLength(3);
    expect(log[0]).toMatchObject({
      level: 'info',
      method: 'POST',
      route: '/v2/agents/{agent}/responses',
      agent: 'support',
      status: 200,
      upstreamStatus: 200,
      droppedFields: ['identity', 'memory'],
    });
    expect(log[2]).toMatchObject({ level: 'warn', route: 'none', status: 404, code: 'not_found' });
    expect(JSON.stringify(log)).not.toMatch(/my-secret-words|jane|TASK01|query-secret/);
  });

  it('writes the entry of a stream when it ends, with its bytes', async () => {
    const stream = sse();
    const { post, log } = setUp({}, () => stream.response);
    const response = await post({ message: MESSAGE, stream: true });
    expect(log).toEqual([]);
    stream.write(frame({ type: 'response.done' }));
    stream.end();
    const text = await response.text();
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ status: 200, bytesOut: text.length, level: 'info' });
  });

  it('does not take the answer with it when it throws', async () => {
    const { post } = setUp({
      logger: () => {
        throw new Error('disk full');
      },
    });
    expect((await post({ message: MESSAGE })).status).toBe(200);
  });
});
