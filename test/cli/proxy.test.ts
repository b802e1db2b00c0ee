import { describe, expect, it } from 'vitest';
import { runProxy } from '../../src/cli/proxy.js';
import { serve, type ServeOptions, type Served } from '../../src/cli/serve.js';
import { UsageError } from '../../src/cli/usageError.js';

const KEY = 'sk-canary-7f3a9c51d2e84b60';
const VALID = {
  ORQ_API_KEY: KEY,
  AGENT_CHAT_AGENTS: 'support=my_agent_key,sales=other_key',
  AGENT_CHAT_ORIGINS: 'https://www.example.com, https://example.com',
};

async function run(argv: string[], variables: Record<string, string | undefined> = VALID) {
  const printed: string[] = [];
  const logged: string[] = [];
  const served: ServeOptions[] = [];
  let failure: unknown;
  await runProxy(argv, {
    variables,
    print: (line) => printed.push(line),
    log: (line) => logged.push(line),
    closeOnSignal: () => undefined,
    serve: async (options): Promise<Served> => {
      served.push(options);
      return { url: `http://${options.hostname}:${options.port}`, close: async () => undefined };
    },
  }).catch((error: unknown) => (failure = error));
  const output = [...printed, ...logged, failure instanceof Error ? failure.message : ''].join('\n');
  expect(output).not.toContain(KEY);
  return { printed: printed.join('\n'), logged, served, failure, output };
}

describe('agent-chat-widget proxy', () => {
  it('serves the proxy where it says', async () => {
    const { served, printed } = await run([]);
    expect(served[0]).toMatchObject({ port: 8787, hostname: '127.0.0.1' });
    expect(printed).toContain('url="http://127.0.0.1:8787/api/agent-chat"');
    const health = await served[0]!.fetch(new Request('http://127.0.0.1:8787/api/agent-chat/healthz'));
    expect(health.status).toBe(200);
  });

  it('takes port, host and path from flags, and the port from PORT otherwise', async () => {
    expect((await run([], { ...VALID, PORT: '9000' })).served[0]).toMatchObject({ port: 9000 });
    const { served, printed } = await run(['--port', '9001', '--host', '0.0.0.0', '--base-path', '/chat/'], {
      ...VALID,
      PORT: '9000',
    });
    expect(served[0]).toMatchObject({ port: 9001, hostname: '0.0.0.0' });
    expect(printed).toContain('url="http://0.0.0.0:9001/chat"');
    expect((await served[0]!.fetch(new Request('http://localhost/chat/healthz'))).status).toBe(200);
  });

  it('knows the agents and the origins of its variables', async () => {
    const { served, logged } = await run([], { ...VALID, ORQ_BASE_URL: 'http://127.0.0.1:9/' });
    const status = async (agent: string, origin: string) => {
      const url = `http://localhost/api/agent-chat/v2/agents/${agent}/responses`;
      const init = { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body: '{}' };
      return (await served[0]!.fetch(new Request(url, init))).status;
    };
    expect(await status('support', 'https://example.com')).toBe(400);
    expect(await status('sales', 'https://www.example.com')).toBe(400);
    expect(await status('my_agent_key', 'https://example.com')).toBe(404);
    expect(await status('support', 'https://evil.test')).toBe(403);
    expect(logged.map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([400, 400, 404, 403]);
  });

  it.each([
    ['my_agent_key', 'my_agent_key'],
    ['my_agent_key@1.2.0', 'my_agent_key'],
  ])('takes a bare key as its own public name: %s', async (agents, name) => {
    const { served } = await run([], { ...VALID, AGENT_CHAT_AGENTS: agents });
    const url = `http://localhost/api/agent-chat/v2/agents/${name}/responses`;
    expect((await served[0]!.fetch(new Request(url, { method: 'POST' }))).status).toBe(415);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['ORQ_API_KEY', { ORQ_API_KEY: undefined }],
    ['ORQ_API_KEY', { ORQ_API_KEY: ' ' }],
    ['ORQ_API_KEY', { ORQ_API_KEY: 'undefined' }],
    ['ORQ_API_KEY', { ORQ_API_KEY: `Bearer ${KEY}` }],
    ['ORQ_BASE_URL', { ORQ_BASE_URL: 'api.orq.ai' }],
    ['AGENT_CHAT_AGENTS', { AGENT_CHAT_AGENTS: undefined }],
    ['AGENT_CHAT_AGENTS', { AGENT_CHAT_AGENTS: ',' }],
    ['AGENT_CHAT_AGENTS', { AGENT_CHAT_AGENTS: 'a=b,a=c' }],
    ['AGENT_CHAT_AGENTS', { AGENT_CHAT_AGENTS: 'support=' }],
    ['AGENT_CHAT_AGENTS', { AGENT_CHAT_AGENTS: 'a/b=c' }],
    ['AGENT_CHAT_ORIGINS', { AGENT_CHAT_ORIGINS: undefined }],
    ['AGENT_CHAT_ORIGINS', { AGENT_CHAT_ORIGINS: '*' }],
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
  ])('names the variable and shows a right one: %s %j', async (name, change) => {
    const { failure, served, output } = await run([], { ...VALID, ...change });
    // The command line ends with exit code 2 for these.
    expect(failure).toBeInstanceOf(UsageError);
    expect(output).toContain(name);
    expect(output).toMatch(/Example: (\w+=|--)\S+/);
    expect(served).toEqual([]);
  });

  it('explains itself', async () => {
    expect((await run(['--help'], {})).printed).toContain('AGENT_CHAT_ORIGINS');
    expect((await run(['--prot', '1'])).failure).toBeInstanceOf(UsageError);
  });

  it('listens on a real socket', async () => {
    let served!: Served;
    const printed: string[] = [];
    await runProxy(['--port', '0'], {
      variables: VALID,
      print: (line) => printed.push(line),
      log: () => undefined,
      closeOnSignal: (server) => (served = server),
      serve,
    });
    try {
      const address = /url="([^"]+)"/.exec(printed.join('\n'))![1]!;
      const response = await fetch(`${address}/healthz`);
      expect(await response.json()).toEqual({ status: 'ok' });
      expect(response.headers.get('agent-chat-proxy')).toContain('epoch=');
    } finally {
      await served.close();
    }
  });
});
