import { describe, expect, it } from 'vitest';
import { MESSAGE, readError, setUp } from './fakeUpstream.js';

const LISTED = 'https://www.example.com';

describe('pages that are not listed', () => {
  it.each([
    'null',
    'https://example.com',
    'https://evil.www.example.com',
    'https://www.example.com.evil.test',
    'https://www.example.com.',
    'https://www.example.comx',
    'https://xwww.example.com',
    'https://www.example.org',
    'http://www.example.com',
    'https://www.example.com:443',
    'https://www.example.com:8443',
    'https://www.example.com/',
    'https://www.example.com/path',
    'https://WWW.example.com',
    'HTTPS://www.example.com',
    'https://www.example.com@evil.test',
    'https://evil.test#https://www.example.com',
    'https://evil.test?https://www.example.com',
    'https://www.example.com, https://evil.test',
    'https://evil.test https://www.example.com',
    'https:www.example.com',
    '//www.example.com',
    'www.example.com',
    'file://',
    'chrome-extension://abcdefgh',
    'https://www%2eexample.com',
    'https://www.ex%D0%B0mple.com',
    'https://xn--www-example.com',
    'https://127.0.0.1',
    '*',
    'https://*.example.com',
  ])('are refused: %s', async (origin) => {
    const { post, upstream } = setUp();
    const response = await post({ message: MESSAGE }, { origin, 'sec-fetch-site': 'cross-site' });
    expect([response.status, (await readError(response)).code]).toEqual([403, 'origin_not_allowed']);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
    expect(upstream.hits).toEqual([]);
  });

  it('get no preflight either', async () => {
    const { proxy } = setUp();
    const response = await proxy.fetch(
      new Request('https://proxy.example/v2/agents/support/responses', {
        method: 'OPTIONS',
        headers: { origin: 'https://evil.test', 'access-control-request-method': 'POST' },
      }),
    );
    expect(response.status).toBe(403);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('are refused without an Origin too, when the browser says cross-site', async () => {
    const { get, upstream } = setUp();
    const response = await get('/v2/agents/support/responses/TASK01', { 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(403);
    expect(upstream.hits).toEqual([]);
  });

  it('tell the operator which origin to add', async () => {
    const { post, log } = setUp();
    await post({ message: MESSAGE }, { origin: 'https://shop.example.com' });
    expect(log[0]).toMatchObject({ level: 'warn', code: 'origin_not_allowed' });
    expect(log[0]!.hint).toContain('"https://shop.example.com"');
  });
});

describe('pages that may', () => {
  it('call from a listed origin, which is echoed alone and without credentials', async () => {
    const { post } = setUp({ origins: ['https://example.com', LISTED] });
    const response = await post({ message: MESSAGE }, { origin: LISTED, 'sec-fetch-site': 'cross-site' });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED);
    expect(response.headers.get('access-control-expose-headers')).toBe('retry-after, x-request-id, agent-chat-proxy');
    expect(response.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('preflight with the headers that our clients use', async () => {
    const { proxy } = setUp();
    const response = await proxy.fetch(
      new Request('https://proxy.example/v2/agents/support/responses', {
        method: 'OPTIONS',
        headers: { origin: LISTED },
      }),
    );
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': LISTED,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id',
    });
  });

  it.each([
    ['the same origin', { origin: 'https://proxy.example' }],
    [
      'the same origin behind a reverse proxy that ends TLS',
      { origin: 'https://public.example', 'sec-fetch-site': 'same-origin' },
    ],
    ['no Origin: a server or a command line', {}],
    ['no Origin: a same-origin GET', { 'sec-fetch-site': 'same-origin' }],
  ])('call from %s', async (_case, headers: Record<string, string>) => {
    const { post } = setUp({ origins: [] });
    const response = await post({ message: MESSAGE }, headers);
    expect(response.status).toBe(200);
    expect(response.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('posts that a form of any site could make', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonx',
    'application/vnd.api+json',
    '',
  ])('are refused: content-type %j', async (type) => {
    const { post, upstream } = setUp();
    const response = await post({ message: MESSAGE }, { 'content-type': type });
    expect([response.status, (await readError(response)).code]).toEqual([415, 'unsupported_media_type']);
    expect(upstream.hits).toEqual([]);
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json ;charset=utf-8'])(
    'are not confused with %s',
    async (type) => {
      const { post } = setUp();
      expect((await post({ message: MESSAGE }, { 'content-type': type })).status).toBe(200);
    },
  );
});
