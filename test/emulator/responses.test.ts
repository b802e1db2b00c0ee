import { describe, expect, it } from 'vitest';
import {
  callClientTool,
  createEmulator,
  fail,
  say,
  wait,
  type Emulator,
  type Scenario,
  type Turn,
} from '../../src/emulator/index.js';
import { createInstantClock } from './instantClock.js';
import { ask, request, userMessage } from './request.js';

const tools: Scenario = (turn) =>
  turn.toolResults.length > 0
    ? [say(JSON.stringify(turn.toolResults))]
    : [callClientTool({ name: 'a' }), callClientTool({ name: 'b', arguments: { n: 1 } })];

/** An emulator whose `talk` agent remembers the turns it was given. */
function createTalk(options: Parameters<typeof createEmulator>[0] = {}): { emulator: Emulator; turns: Turn[] } {
  const turns: Turn[] = [];
  const talk: Scenario = (turn) => {
    turns.push(turn);
    return [say(`You said ${turn.text}.`)];
  };
  const agents = { talk, tools, broken: () => [fail({ error: 'No', code: 503 })], never: () => [wait(1000)] };
  return { emulator: createEmulator({ clock: createInstantClock(), agents, ...options }), turns };
}

interface Answer {
  readonly task_id: string;
  readonly pending_tool_calls?: readonly { readonly id: string }[];
  readonly output: readonly { readonly parts: readonly Record<string, unknown>[] }[];
}

async function answer(response: Response): Promise<Answer> {
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

function post(emulator: Emulator, agent: string, body: unknown): Promise<Response> {
  return request(emulator, 'POST', `/v2/agents/${agent}/responses`, body);
}

const stuckClock = { now: () => 1, sleep: () => new Promise<void>(() => undefined) };

describe('continuing a task', () => {
  it('gives a new task id each time and remembers everything said', async () => {
    const { emulator, turns } = createTalk();
    const first = await answer(await ask(emulator, 'talk', 'one'));
    const second = await answer(await ask(emulator, 'talk', 'two', { task_id: first.task_id }));
    expect(second.task_id).not.toBe(first.task_id);
    await ask(emulator, 'talk', 'three', { task_id: second.task_id });
    expect(turns.map((turn) => turn.index)).toEqual([0, 1, 2]);
    expect(turns[2]?.history.map((message) => message.role)).toEqual(['user', 'agent', 'user', 'agent']);
  });

  it('keeps the task id and polls the newest answer where the profile says so', async () => {
    const { emulator } = createTalk({ profile: { taskId: 'same' } });
    const first = await answer(await ask(emulator, 'talk', 'one'));
    const second = await answer(await ask(emulator, 'talk', 'two', { task_id: first.task_id }));
    expect(second.task_id).toBe(first.task_id);
    const polled = await answer(await request(emulator, 'GET', `/v2/agents/talk/responses/${first.task_id}`));
    expect(JSON.stringify(polled.output)).toContain('You said two.');
  });

  it('branches from an old task id, or answers 409 where the profile says so', async () => {
    for (const [oldTask, status] of [
      ['branch', 200],
      ['conflict', 409],
    ] as const) {
      const { emulator } = createTalk({ profile: { oldTask } });
      const first = await answer(await ask(emulator, 'talk', 'one'));
      await ask(emulator, 'talk', 'two', { task_id: first.task_id });
      expect((await ask(emulator, 'talk', 'again', { task_id: first.task_id })).status).toBe(status);
    }
  });

  it('answers 404 for an unknown task and for the task of another agent', async () => {
    const { emulator } = createTalk();
    const { task_id } = await answer(await ask(emulator, 'talk', 'one'));
    expect((await ask(emulator, 'talk', 'two', { task_id: 'unknown' })).status).toBe(404);
    expect((await ask(emulator, 'tools', 'two', { task_id })).status).toBe(404);
    expect((await request(emulator, 'GET', `/v2/agents/tools/responses/${task_id}`)).status).toBe(404);
  });

  it('answers 409 while the agent is at work', async () => {
    const { emulator } = createTalk({ clock: stuckClock });
    const { task_id } = await answer(await ask(emulator, 'never', 'one', { background: true }));
    const response = await ask(emulator, 'never', 'two', { task_id });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({ code: 'task_active', message: 'Task is active and cannot be continued' });
  });

  it('answers 400 after a failure', async () => {
    const { emulator } = createTalk();
    const { task_id } = await answer(await ask(emulator, 'broken', 'one', { background: true }));
    await expect
      .poll(async (): Promise<unknown> =>
        (await request(emulator, 'GET', `/v2/agents/broken/responses/${task_id}`)).json(),
      )
      .toMatchObject({ status: 'failed', error: 'No', output: [] });
    expect((await ask(emulator, 'broken', 'two', { task_id })).status).toBe(400);
  });
});

describe('client tools', () => {
  async function askTools(options: Parameters<typeof createEmulator>[0] = {}) {
    const { emulator } = createTalk(options);
    const asked = await answer(await ask(emulator, 'tools', 'go'));
    const ids = (asked.pending_tool_calls ?? []).map((call) => call.id);
    const send = (...parts: { tool_call_id: string; result?: unknown }[]): Promise<Response> =>
      post(emulator, 'tools', {
        task_id: asked.task_id,
        message: { role: 'tool', parts: parts.map((part) => ({ kind: 'tool_result', ...part })) },
      });
    return { emulator, asked, ids, send };
  }

  it('waits for several at once, as input-required', async () => {
    const { asked, emulator } = await askTools();
    expect(asked).toMatchObject({
      finish_reason: 'function_call',
      pending_tool_calls: [
        { type: 'function', function: { name: 'a', arguments: '{}' } },
        { type: 'function', function: { name: 'b', arguments: '{"n":1}' } },
      ],
    });
    const polled = await request(emulator, 'GET', `/v2/agents/tools/responses/${asked.task_id}`);
    expect(await polled.json()).toMatchObject({ status: 'completed', finish_reason: 'function_call' });
  });

  it('passes the results on in the order of the calls', async () => {
    const { ids, send } = await askTools();
    const [a = '', b = ''] = ids;
    const done = await answer(await send({ tool_call_id: b, result: 2 }, { tool_call_id: a, result: { x: 1 } }));
    expect(done).toMatchObject({ finish_reason: 'stop' });
    expect(JSON.parse(String(done.output[0]?.parts[0]?.['text']))).toEqual([
      { toolCallId: a, name: 'a', arguments: {}, result: { x: 1 } },
      { toolCallId: b, name: 'b', arguments: { n: 1 }, result: 2 },
    ]);
  });

  it('refuses missing, unknown and repeated results, and stays answerable', async () => {
    const { ids, send } = await askTools();
    const [a = '', b = ''] = ids;
    expect((await send({ tool_call_id: a })).status).toBe(400);
    expect((await send({ tool_call_id: a }, { tool_call_id: b }, { tool_call_id: 'call_x' })).status).toBe(400);
    expect((await send({ tool_call_id: a }, { tool_call_id: a })).status).toBe(400);
    expect((await send({ tool_call_id: a }, { tool_call_id: b })).status).toBe(200);
  });

  it('refuses a user message while calls wait, and results while none does', async () => {
    const { emulator, asked } = await askTools();
    expect((await ask(emulator, 'tools', 'hello?', { task_id: asked.task_id })).status).toBe(400);
    const { task_id } = await answer(await ask(emulator, 'talk', 'one'));
    const parts = [{ kind: 'tool_result', tool_call_id: 'call_x', result: 1 }];
    expect((await post(emulator, 'talk', { task_id, message: { role: 'tool', parts } })).status).toBe(400);
    expect((await post(emulator, 'talk', { message: { role: 'tool', parts } })).status).toBe(400);
  });

  it('takes the ids of the parts where those of the pending calls differ', async () => {
    const { asked, ids, send } = await askTools({ profile: { toolCallIds: 'different' } });
    const partIds = asked.output[0]?.parts.map((part) => String(part['tool_call_id'])) ?? [];
    expect(partIds).not.toEqual(ids);
    expect((await send(...ids.map((id) => ({ tool_call_id: id })))).status).toBe(400);
    expect((await send(...partIds.map((id) => ({ tool_call_id: id })))).status).toBe(200);
  });
});

describe('the request body', () => {
  const text = { kind: 'text', text: 'Hi' };
  it.each([
    ['that is empty', ''],
    ['that is no JSON', '{"message":'],
    ['without a message', {}],
    ['without parts', { message: { role: 'user', parts: [] } }],
    ['with an unknown role', { message: { role: 'assistant', parts: [text] } }],
    ['with an unknown kind', { message: { role: 'user', parts: [{ kind: 'image' }] } }],
    ['with a part that has no text', { message: { role: 'user', parts: [{ kind: 'text' }] } }],
    ['with text from a tool', { message: { role: 'tool', parts: [text] } }],
    [
      'with a data: URL for bytes',
      { message: { role: 'user', parts: [{ kind: 'file', file: { bytes: 'data:image/png;base64,AAAA' } }] } },
    ],
    [
      'with bytes and uri',
      { message: { role: 'user', parts: [{ kind: 'file', file: { bytes: 'AAAA', uri: 'https://example.com' } }] } },
    ],
    ['with an empty e-mail', { message: userMessage('Hi'), identity: { id: 'u', email: '' } }],
    ['with stream and background', { message: userMessage('Hi'), stream: true, background: true }],
    ['with an unknown engine', { message: userMessage('Hi'), engine: 'liquid' }],
  ])('%s is answered with 400 and a reason', async (_, body) => {
    const response = await post(createTalk().emulator, 'talk', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid_request_body',
      message: expect.any(String) as string,
    });
  });

  it('may have keys that the API does not list', async () => {
    const body = { message: userMessage('Hi'), agent_key: 'talk', configuration: { blocking: true } };
    expect((await post(createTalk().emulator, 'talk', body)).status).toBe(200);
  });

  it('reaches the scenario: who asks, from where, and with which templates', async () => {
    const { emulator, turns } = createTalk();
    await ask(emulator, 'talk', 'I am {{ name }}, not {{other}}', {
      variables: { name: 'Jane' },
      contact: { id: 'old' },
      identity: { id: 'new', display_name: 'Jane' },
      thread: { id: 'thread_1' },
      memory: { entity_id: 'customer_1' },
      metadata: { page: '/pricing' },
    });
    expect(turns[0]).toMatchObject({
      text: 'I am Jane, not {{other}}',
      identity: { id: 'new' },
      thread: { id: 'thread_1' },
      memory: { entityId: 'customer_1' },
      metadata: { page: '/pricing' },
      message: { parts: [{ kind: 'text', text: 'I am {{ name }}, not {{other}}' }] },
    });
  });

  it("keeps the client's message id", async () => {
    const { emulator, turns } = createTalk();
    await post(emulator, 'talk', { message: { messageId: '01K6D8QFQ4N1WQ0P8C2T4M6R8A', ...userMessage('Hi') } });
    expect(turns[0]?.message.messageId).toBe('01K6D8QFQ4N1WQ0P8C2T4M6R8A');
  });
});

describe('a run that fails', () => {
  it('answers a sync request with the HTTP status of the failure', async () => {
    const response = await ask(createTalk().emulator, 'broken', 'Hi');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ error: { code: 'provider_overloaded', message: 'No' } });
  });

  it('is failed with 500 where the scenario throws', async () => {
    const agents = {
      thrower: () => {
        throw new Error('Broken scenario');
      },
      *late() {
        yield say('So far so good');
        throw new Error('Broken scenario');
      },
    };
    const emulator = createEmulator({ agents });
    for (const key of Object.keys(agents)) {
      const response = await ask(emulator, key, 'Hi');
      expect(response.status).toBe(500);
      expect(await response.text()).toContain('Broken scenario');
    }
  });
});
