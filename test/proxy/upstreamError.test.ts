import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DONE, json, KEY, MESSAGE, readError, setUp } from './fakeUpstream.js';

const TASK = '01K6D8QESESZ6SAXQPJPFQXPFT';
const LEAK = `Error: at /srv/app/auth.ts:12 host=internal-7.orq.local key=${KEY}\r\nforged log line`;

describe('refusals of the API', () => {
  it.each<[number, boolean, number, string, string, string]>([
    // upstream, with a task, status, code, processed, level
    [400, false, 400, 'invalid_request', 'no', 'warn'],
    [422, true, 422, 'invalid_request', 'no', 'warn'],
    [401, false, 502, 'upstream_unauthorized', 'no', 'error'],
    [403, true, 502, 'upstream_unauthorized', 'no', 'error'],
    [402, false, 502, 'upstream_error', 'no', 'error'],
    [404, false, 404, 'agent_not_found', 'no', 'warn'],
    [404, true, 404, 'task_not_found', 'no', 'warn'],
    [408, false, 504, 'upstream_timeout', 'unknown', 'error'],
    [409, true, 409, 'task_active', 'no', 'warn'],
    [413, false, 413, 'too_large', 'no', 'warn'],
    [429, false, 429, 'rate_limited', 'no', 'warn'],
    [500, false, 502, 'upstream_error', 'unknown', 'error'],
    [503, true, 502, 'upstream_error', 'unknown', 'error'],
    [504, false, 502, 'upstream_error', 'unknown', 'error'],
    [302, false, 502, 'upstream_error', 'unknown', 'error'],
  ])('%i (with a task: %s) becomes %i %s, processed %s', async (upstream, hasTask, status, code, processed, level) => {
    const reply = () =>
      json({ error: { message: LEAK, code: 'x' } }, { status: upstream, headers: { location: 'https://evil.test' } });
    const { post, log } = setUp({}, reply);
    const response = await post({ message: MESSAGE, ...(hasTask && { task_id: TASK }) });
    const raw = await response.clone().text();
    expect(response.status).toBe(status);
    expect(await readError(response)).toMatchObject({ code, processed });
    expect(raw).not.toMatch(/internal-7|auth\.ts|forged|canary|evil/);
    expect(log[0]).toMatchObject({ level, code, status, upstreamStatus: upstream });
    expect(log[0]!.upstreamMessage).toBe(
      'Error: at /srv/app/auth.ts:12 host=internal-7.orq.local key=[key] forged log line',
    );
  });

  it('tell the developer what to do where the key or the agent is wrong', async () => {
    for (const [status, words] of [
      [401, /ORQ_API_KEY.*"support_agent".*ORQ_BASE_URL/],
      [404, /AGENT_CHAT_AGENTS/],
      [307, /redirect.*ORQ_BASE_URL/],
    ] as const) {
      const { post, log } = setUp({}, () => new Response(null, { status }));
      await post({ message: MESSAGE });
      expect(log[0]!.hint).toMatch(words);
    }
  });

  it('count as nothing processed while polling, where there is no message', async () => {
    const { get } = setUp({}, () => json({ code: 'not_found', message: 'Agent response not found' }, { status: 500 }));
    expect(await readError(await get(`/v2/agents/support/responses/${TASK}`))).toMatchObject({
      code: 'upstream_error',
      processed: 'no',
    });
  });

  it.each([
    ['E1', '{"message":"told"}'],
    ['E2', '{"code":"x","message":"told"}'],
    ['E3', '{"error":{"code":"x","message":"told"}}'],
    ['E4', '{"error":{"code":null,"message":"told","param":null,"type":"x"}}'],
    ['E5', '{"id":"1","code":400,"error":"told","source":"x"}'],
    ['E6', '{"error":"told"}'],
    ['E7', '{"code":"x","message":"told","category":"y"}'],
    ['nested', '{"data":{"error":"told"}}'],
    ['no JSON', 'told'],
  ])('have their words logged in any shape: %s', async (_shape, body) => {
    const { post, log } = setUp({}, () => new Response(body, { status: 500 }));
    await post({ message: MESSAGE });
    expect(log[0]!.upstreamMessage).toBe('told');
  });

  it('have their words logged to 500 characters, of however large a body', async () => {
    const { post, log } = setUp({}, () => new Response('x'.repeat(5_000_000), { status: 500 }));
    await post({ message: MESSAGE });
    expect(log[0]!.upstreamMessage).toHaveLength(500);
  });
});

describe('retry-after', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-02-03T10:00:00Z') }));
  afterEach(() => void vi.useRealTimers());
  it.each([
    ['12', '12'],
    ['Tue, 03 Feb 2026 10:00:30 GMT', '30'],
    ['Tue, 03 Feb 2026 09:00:00 GMT', '0'],
    ['soon', null],
    ['-5', null],
    ['1.5e9', null],
    ['99999999999', null],
  ])('%s is passed on as %s', async (value, expected) => {
    const { post } = setUp({}, () => json({}, { status: 429, headers: { 'retry-after': value } }));
    expect((await post({ message: MESSAGE })).headers.get('retry-after')).toBe(expected);
  });
});

describe('answers that are none', () => {
  const html = (status = 200) =>
    new Response(`<html>captive portal ${KEY}</html>`, { status, headers: { 'content-type': 'text/html' } });
  it.each<[string, () => Response]>([
    ['an HTML page', () => html()],
    ['JSON called text', () => new Response(JSON.stringify(DONE), { headers: { 'content-type': 'text/plain' } })],
    ['no content type', () => new Response(new TextEncoder().encode('{}'))],
    ['nothing', () => new Response(null, { status: 204 })],
    [
      'half of its JSON',
      () => new Response('{"task_id":"x","output":[', { headers: { 'content-type': 'application/json' } }),
    ],
    ['an array', () => json([DONE])],
    ['an error with status 200', () => json({ error: { message: LEAK } })],
    ['a message with status 200', () => json({ message: LEAK })],
  ])('become 502: %s', async (_case, reply) => {
    const { post, get, log } = setUp({}, reply);
    const response = await post({ message: MESSAGE });
    const text = await response.clone().text();
    expect(response.status).toBe(502);
    expect(await readError(response)).toMatchObject({ code: 'upstream_error', processed: 'unknown' });
    expect(text).not.toMatch(/captive|canary|internal-7/);
    expect(log[0]).toMatchObject({ level: 'error' });
    expect((await get(`/v2/agents/support/responses/${TASK}`)).status).toBe(502);
  });

  it('become 502 as a stream while polling', async () => {
    const { get } = setUp({}, () => new Response('data: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }));
    expect((await get(`/v2/agents/support/responses/${TASK}`)).status).toBe(502);
  });

  it('do not lose the status of an HTML error page', async () => {
    const { post } = setUp({}, () => html(429));
    expect((await post({ message: MESSAGE })).status).toBe(429);
  });
});

describe('connections that fail', () => {
  const failed = (cause: object) => () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(`no ${KEY}`), cause) }));
  it.each<[string, object, number, string, string]>([
    ['refused', { code: 'ECONNREFUSED', syscall: 'connect' }, 502, 'upstream_unreachable', 'no'],
    ['no such host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }, 502, 'upstream_unreachable', 'no'],
    ['no name server', { code: 'EAI_AGAIN' }, 502, 'upstream_unreachable', 'no'],
    ['connecting takes too long', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 502, 'upstream_unreachable', 'no'],
    ['no route', { code: 'EHOSTUNREACH', syscall: 'connect' }, 502, 'upstream_unreachable', 'no'],
    ['certificate expired', { code: 'CERT_HAS_EXPIRED' }, 502, 'upstream_unreachable', 'no'],
    ['certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 502, 'upstream_unreachable', 'no'],
    ['reset after writing', { code: 'ECONNRESET', syscall: 'read' }, 502, 'upstream_unreachable', 'unknown'],
    ['closed by the other side', { code: 'UND_ERR_SOCKET' }, 502, 'upstream_unreachable', 'unknown'],
    ['route lost after connecting', { code: 'EHOSTUNREACH', syscall: 'read' }, 502, 'upstream_unreachable', 'unknown'],
    ['headers too late', { code: 'UND_ERR_HEADERS_TIMEOUT' }, 504, 'upstream_timeout', 'unknown'],
    ['who knows', {}, 502, 'upstream_unreachable', 'unknown'],
  ])('%s', async (_case, cause, status, code, processed) => {
    const { post, log } = setUp({}, failed(cause));
    const response = await post({ message: MESSAGE });
    expect(response.status).toBe(status);
    expect(await readError(response)).toMatchObject({ code, processed });
    expect(log[0]!.upstreamMessage).toContain('no [key]');
  });

  it('in the middle of JSON become an error instead of half an answer', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"task_id":"x",'));
        controller.error(new Error('socket hang up'));
      },
    });
    const { post } = setUp({}, () => new Response(body, { headers: { 'content-type': 'application/json' } }));
    const response = await post({ message: MESSAGE });
    expect(await readError(response)).toMatchObject({ code: 'upstream_unreachable', processed: 'unknown' });
  });
});

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
  const never = () => new Promise<Response>(() => undefined);
  const limits = { headersTimeoutMs: 1_000, idleTimeoutMs: 2_000, totalTimeoutMs: 10_000 };

  it.each<[string, object, number]>([
    ['stream', { stream: true }, 1_000],
    ['background', { background: true }, 1_000],
    ['synchronous turn, which answers when it is done', {}, 10_000],
  ])('runs out for headers: %s', async (_mode, flags, ms) => {
    const { post, upstream } = setUp({ limits }, never);
    const pending = post({ message: MESSAGE, ...flags });
    let isSettled = false;
    void pending.then(() => (isSettled = true));
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(isSettled).toBe(false);
    expect(upstream.hits[0]!.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const response = await pending;
    expect(response.status).toBe(504);
    expect(await readError(response)).toMatchObject({ code: 'upstream_timeout', processed: 'unknown' });
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
  });

  it('runs out for the rest of a JSON answer', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
    });
    const { get } = setUp({ limits }, () => new Response(body, { headers: { 'content-type': 'application/json' } }));
    const pending = get(`/v2/agents/support/responses/${TASK}`);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await readError(await pending)).toMatchObject({ code: 'upstream_timeout', processed: 'no' });
  });

  it('runs out for the words of an error, whose status is passed on all the same', async () => {
    const { post } = setUp({}, () => new Response(new ReadableStream(), { status: 429 }));
    const pending = post({ message: MESSAGE });
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await pending).status).toBe(429);
  });

  it('runs out for a body that dribbles in', async () => {
    let dribble: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        dribble = setInterval(() => controller.enqueue(new TextEncoder().encode(' ')), 1_000);
      },
      cancel: () => clearInterval(dribble),
    });
    const { proxy, upstream } = setUp();
    const pending = proxy.fetch(
      new Request('https://proxy.example/v2/agents/support/responses', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        // @ts-expect-error Node wants it, the DOM's types do not have it.
        duplex: 'half',
      }),
    );
    await vi.advanceTimersByTimeAsync(120_000);
    const response = await pending;
    expect([response.status, (await readError(response)).code]).toEqual([408, 'body_timeout']);
    expect(upstream.hits).toEqual([]);
  });
});
