import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type Served } from '../../src/cli/serve.js';
import { setUp } from './fakeUpstream.js';

const AGENTS = [
  '..',
  '.',
  '../..',
  '%2e%2e',
  '%2e%2e%2f',
  '%2E%2E%2F%2E%2E',
  '%252e%252e%252f',
  '..%2f..%2fdeployments%2finvoke',
  'a/../../deployments/invoke',
  'support%2f..%2fother_agent',
  'support/../other_agent',
  'support%2fresponses',
  'support%5c..%5cother_agent',
  'support\\..\\other_agent',
  'support%00',
  '%00support',
  'support%0d%0aHost:%20evil.test',
  'support%20',
  '%20support',
  'support%09',
  'support;x=1',
  'support%3b',
  'support%3fstream=true',
  'support%23',
  'support@1.0.0',
  'support%40evil.test',
  'SUPPORT',
  'Support',
  'supp%C3%B6rt',
  'ｓｕｐｐｏｒｔ',
  'support%EF%BC%8F',
  'su%CC%88pport',
  'support%E2%80%8B',
  '%FF%FE',
  '%C0%AE%C0%AE%C0%AF',
  'support%',
  'support%zz',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'support_agent',
  'https:%2f%2fevil.test%2f',
  '%2f%2fevil.test',
  'support.',
  '.support',
  '*',
  ':agent',
  'support'.repeat(500),
];

const TASKS = [
  '..',
  '.',
  '%2e%2e',
  '.%2e',
  '..%2f..',
  '%2e%2e%2f%2e%2e%2fother_agent',
  'a%2fb',
  'a%5cb',
  'a%00',
  'a%0d%0aX-Evil:%201',
  'a%3fb',
  'a%23b',
  'a%20b',
  'a%25b',
  'a%252fb',
  '%E2%80%AE',
  'ä',
  '.hidden',
  '-dash',
  'a@b',
  'a;b',
  'a,b',
  'a&b=c',
  'a'.repeat(1025),
];

const requests: readonly (readonly [string, string])[] = [
  ...AGENTS.flatMap((agent): (readonly [string, string])[] => [
    ['POST', `/v2/agents/${agent}/responses`],
    ['GET', `/v2/agents/${agent}/responses/TASK01`],
    ['GET', `/agents/${agent}`],
  ]),
  ...TASKS.map((task): readonly [string, string] => ['GET', `/v2/agents/support/responses/${task}`]),
  ['GET', '//evil.test/v2/agents/support/responses/TASK01'],
  ['POST', '/v2//agents/support/responses'],
  ['POST', '/v2/agents//responses'],
  ['POST', '/V2/agents/support/responses'],
  ['GET', '/v2/agents/support/responses/'],
];

describe('paths that are not a configured agent and a plausible task', () => {
  it.each(requests)('never reach the API: %s %s', async (method, path) => {
    const { proxy, upstream } = setUp();
    const response = await proxy.fetch(
      new Request(`https://proxy.example${path}`, {
        method,
        ...(method === 'POST' && {
          headers: { 'content-type': 'application/json' },
          body: '{"message":{"role":"user","parts":[{"kind":"text","text":"Hi"}]}}',
        }),
      }),
    );
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { processed: 'no' } });
    expect(upstream.hits).toEqual([]);
  });
});

describe('the same paths as raw bytes on a socket, where no client tidies them first', () => {
  const { proxy, upstream } = setUp();
  let served: Served;
  beforeAll(async () => {
    served = await serve({ fetch: proxy.fetch, port: 0, hostname: '127.0.0.1' });
  });
  afterAll(() => served.close());

  it('never reach the API', async () => {
    for (const [method, path] of requests) {
      const status = await rawRequest(Number(new URL(served.url).port), method, path);
      expect([400, 404], `${method} ${path}`).toContain(status);
    }
    expect(upstream.hits).toEqual([]);
    // The control: the harness does see a request that is let through.
    expect(await rawRequest(Number(new URL(served.url).port), 'GET', '/v2/agents/support/responses/TASK01')).toBe(200);
    expect(upstream.hits).toHaveLength(1);
  });
});

function rawRequest(port: number, method: string, path: string): Promise<number> {
  const body = '{"message":{"role":"user","parts":[{"kind":"text","text":"Hi"}]}}';
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n` +
          (method === 'POST' ? `Content-Length: ${body.length}\r\n\r\n${body}` : '\r\n'),
      );
    });
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('end', () => resolve(Number(text.split(' ')[1])));
    socket.on('error', reject);
  });
}
