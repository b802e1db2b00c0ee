import { describe, expect, it } from 'vitest';
import { createEmulator, say, type Emulator } from '../../src/emulator/index.js';
import { ask, request } from './request.js';

const manifest = {
  key: 'helper',
  role: 'Assistant',
  description: 'Helps',
  instructions: 'Help',
  path: 'Default/agents',
  model: 'openai/gpt-4o',
  settings: {},
};

interface Page {
  readonly data: readonly { readonly _id: string; readonly key: string }[];
  readonly has_more: boolean;
}

async function list(emulator: Emulator, query = ''): Promise<Page> {
  const response = await request(emulator, 'GET', `/v2/agents${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

const keys = (page: Page): string[] => page.data.map((agent) => agent.key);

describe('agents', () => {
  it('are listed newest first, all of them unless a limit is given', async () => {
    const emulator = createEmulator();
    await request(emulator, 'POST', '/v2/agents', manifest);
    const all = await list(emulator);
    expect(keys(all)).toEqual([
      ...['helper', 'guide', 'markdown', 'review', 'client-tool', 'fails-midway', 'slow', 'drops'],
    ]);
    expect(all.has_more).toBe(false);
    expect(await list(emulator, '/')).toEqual(all);
    expect(keys(await list(emulator, '?limit=2'))).toEqual(['helper', 'guide']);
  });

  it('are paged both ways by id', async () => {
    const emulator = createEmulator();
    const first = await list(emulator, '?limit=2');
    expect(first.has_more).toBe(true);
    const second = await list(emulator, `?limit=2&starting_after=${first.data[1]?._id}`);
    expect(keys(second)).toEqual(['review', 'client-tool']);
    const last = await list(emulator, `?limit=3&starting_after=${second.data[1]?._id}`);
    expect(last).toMatchObject({
      data: [{ key: 'fails-midway' }, { key: 'slow' }, { key: 'drops' }],
      has_more: false,
    });
    const back = await list(emulator, `?limit=2&ending_before=${last.data[0]?._id}`);
    expect(keys(back)).toEqual(['review', 'client-tool']);
    expect(back.has_more).toBe(true);
  });

  it.each(['?limit=0', '?limit=201', '?limit=x', '?starting_after=unknown'])('are not listed for %s', async (query) => {
    expect((await request(createEmulator(), 'GET', `/v2/agents${query}`)).status).toBe(400);
  });

  it('are found by key, by key and version, and by id', async () => {
    const emulator = createEmulator();
    const [guide] = (await list(emulator)).data;
    for (const key of ['guide', 'guide@1.2.3', guide?._id]) {
      expect(await (await request(emulator, 'GET', `/v2/agents/${key}`)).json()).toMatchObject({ key: 'guide' });
      expect((await ask(emulator, String(key), 'Hello')).status).toBe(200);
    }
    const missing = await request(emulator, 'GET', '/v2/agents/nobody');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toEqual({ message: 'Agent not found' });
  });

  it('are created with defaults, once per key, and can be talked to', async () => {
    const emulator = createEmulator();
    const created = await request(emulator, 'POST', '/v2/agents', { ...manifest, display_name: 'Helper' });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({
      key: 'helper',
      model: { id: 'openai/gpt-4o' },
      settings: { max_iterations: 100, max_execution_time: 600, tool_approval_required: 'respect_tool' },
    });
    expect((await request(emulator, 'POST', '/v2/agents', manifest)).status).toBe(409);
    expect(await (await ask(emulator, 'helper', 'echo this')).text()).toMatch(/Helper.*echo this/s);
  });

  it.each([
    ['without a key', { ...manifest, key: undefined }],
    ['with a bad key', { ...manifest, key: '1 agent' }],
    ['with a word of the API as key', { ...manifest, key: 'responses' }],
    ['without instructions', { ...manifest, instructions: undefined }],
    ['with too many iterations', { ...manifest, settings: { max_iterations: 101 } }],
    ['with a number for a model', { ...manifest, model: 4 }],
  ])('are not created %s', async (_, body) => {
    const response = await request(createEmulator(), 'POST', '/v2/agents', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_request_body' });
  });

  it('of the options come with their manifest and replace built-in ones of the same key', async () => {
    const scenario = (): [ReturnType<typeof say>] => [say('Mine')];
    const emulator = createEmulator({
      agents: { guide: { scenario, manifest: { display_name: 'My guide' } }, other: scenario },
    });
    expect(await (await ask(emulator, 'guide', 'Hi')).text()).toContain('Mine');
    expect(emulator.agents().find((agent) => agent.key === 'guide')?.displayName).toBe('My guide');
    expect(emulator.agents()[0]?.key).toBe('other');
  });
});

describe('the door', () => {
  const send = (headers: Record<string, string>, method = 'GET', path = '/v2/agents'): Promise<Response> =>
    createEmulator({ apiKey: 'secret' }).fetch(new Request(`http://emulator.test${path}`, { method, headers }));

  it('opens for its own key only', async () => {
    expect((await send({ authorization: 'Bearer secret' })).status).toBe(200);
    const wrong: Record<string, string>[] = [{}, { authorization: 'Bearer other' }, { authorization: 'secret' }];
    for (const headers of wrong) {
      const response = await send(headers);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: expect.any(String) as string } });
    }
  });

  it('lets pages of this machine in, also to ask first', async () => {
    const preflight = await send(
      {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,idempotency-key,last-event-id',
      },
      'OPTIONS',
      '/v2/agents/guide/responses',
    );
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    for (const name of ['authorization', 'content-type', 'idempotency-key', 'last-event-id']) {
      expect(preflight.headers.get('access-control-allow-headers')).toContain(name);
    }
    const refused = await send({ origin: 'http://127.0.0.1:3000' });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
    for (const origin of ['https://example.com', 'http://localhost.example.com']) {
      expect((await send({ origin })).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('tells what there is where nothing is', async () => {
    const response = await send({ authorization: 'Bearer secret' }, 'GET', '/v3/router/responses');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('POST /v2/agents/{key}/responses') as string,
    });
  });
});
