import { EventStream } from '@orq-ai/node/lib/event-streams.js';
import { describe, expect, it } from 'vitest';
import {
  attach,
  callClientTool,
  callTool,
  createEmulator,
  data,
  fail,
  finish,
  reason,
  say,
  type Emulator,
  type EmulatorOptions,
} from '../../src/emulator/index.js';
import { createOrqClient } from '../support/orqClient.js';
import { sdkProblems } from '../support/sdkSchemas.js';
import { createInstantClock } from './instantClock.js';
import { readEvents } from './readEvents.js';
import { ask, request } from './request.js';

const everyStep: NonNullable<EmulatorOptions['agents']> = {
  everything: (turn) =>
    turn.toolResults.length > 0
      ? [say('Thank you.'), finish('length')]
      : [
          reason('Let me see.'),
          say('First this.'),
          callTool({ name: 'look_up', arguments: { some_key: { nested_key: 1 } }, result: { answer_text: 'x' } }),
          callTool({ name: 'look_up', error: 'Not there' }),
          attach({ uri: 'https://example.com/a.png', mimeType: 'image/png', name: 'a.png' }),
          attach({ bytes: 'JVBERi0xLjQK', mimeType: 'application/pdf' }),
          data({ score_value: 0.93 }, { source_name: 'grader' }),
          say('Then that.'),
          callClientTool({ name: 'get_cart', arguments: { user_id: 'u1' } }),
          callClientTool({ name: 'get_user' }),
        ],
  fails: () => [say('Half'), fail({ error: 'Provider overloaded', code: 503 })],
};

function emulate(options: EmulatorOptions = {}): Emulator {
  return createEmulator({ clock: createInstantClock(), agents: everyStep, ...options });
}

const agentKeys = ['guide', 'markdown', 'client-tool', 'fails-midway', 'slow', 'drops', 'everything', 'fails'];
const questions = ['Hello!', 'What is this?', 'What about two elephants in Kenya?'];

describe.each(agentKeys)('every body and event of %s', (agent) => {
  it.each(questions)('is read whole by the official SDK: %s', async (question) => {
    const emulator = emulate();
    const streamed = await readEvents(await ask(emulator, agent, question, { stream: true }));
    expect(streamed.events.length).toBeGreaterThan(2);
    for (const event of streamed.events) expect(sdkProblems('streamEvent', event)).toEqual([]);

    const background: unknown = await (await ask(emulator, agent, question, { background: true })).json();
    expect(sdkProblems('createResponse', background)).toEqual([]);
    const { task_id: taskId } = background as { task_id: string };
    await expect.poll(() => poll(emulator, agent, taskId)).not.toMatchObject({ status: 'in_progress' });
    expect(sdkProblems('getResponse', await poll(emulator, agent, taskId))).toEqual([]);

    const sync = await ask(emulator, agent, question);
    if (sync.ok && agent !== 'drops') expect(sdkProblems('createResponse', await sync.json())).toEqual([]);
    else expect(['fails-midway', 'fails', 'drops']).toContain(agent);
  });
});

async function poll(emulator: Emulator, agent: string, taskId: string): Promise<unknown> {
  return (await request(emulator, 'GET', `/v2/agents/${agent}/responses/${taskId}`)).json();
}

describe('bodies in other profiles and states', () => {
  it('reads a poll of a task that is still at work', async () => {
    const emulator = createEmulator({ clock: { now: () => 1, sleep: () => new Promise(() => undefined) } });
    const { task_id: taskId } = (await (await ask(emulator, 'slow', 'Hi', { background: true })).json()) as {
      task_id: string;
    };
    const body = await poll(emulator, 'slow', taskId);
    expect(body).toMatchObject({ status: 'in_progress', output: [] });
    expect(sdkProblems('getResponse', body)).toEqual([]);
  });

  it.each(agentKeys.filter((key) => key !== 'drops'))('reads the A2A task of %s', async (agent) => {
    const emulator = emulate({ profile: { answer: 'a2a', background: 'a2a' } });
    const sync: unknown = await (await ask(emulator, agent, 'What is this?')).json();
    expect(sdkProblems('a2aTask', sync)).toEqual([]);
    const background: unknown = await (await ask(emulator, agent, 'What is this?', { background: true })).json();
    expect(background).toMatchObject({ status: { state: 'submitted' } });
    expect(sdkProblems('a2aTask', background)).toEqual([]);
  });

  it.each(['null', 'absent'] as const)('reads answers with usage %s', async (usage) => {
    const emulator = emulate({ profile: { usage } });
    expect(sdkProblems('createResponse', await (await ask(emulator, 'everything', 'Hi')).json())).toEqual([]);
    const { events } = await readEvents(await ask(emulator, 'everything', 'Hi', { stream: true }));
    for (const event of events) expect(sdkProblems('streamEvent', event)).toEqual([]);
  });

  it('reads manifests and lists of every agent', async () => {
    const emulator = emulate();
    const list = (await (await request(emulator, 'GET', '/v2/agents')).json()) as { data: { key: string }[] };
    expect(list.data).toHaveLength(agentKeys.length + 1); // and `review`, which waits for a person: see reviews.test.ts
    expect(sdkProblems('agentList', list)).toEqual([]);
    for (const { key } of list.data) {
      const manifest: unknown = await (await request(emulator, 'GET', `/v2/agents/${key}`)).json();
      expect(sdkProblems('retrievedAgent', manifest)).toEqual([]);
    }
  });
});

describe('the official SDK as a client', () => {
  it('creates a JSON response and continues it', async () => {
    const orq = createOrqClient(emulate());
    const first = await orq.agents.responses.create(textRequest('What is this?'), 'guide');
    if (first instanceof EventStream) throw new Error('expected JSON');
    expect(first.finishReason).toBe('stop');
    const second = await orq.agents.responses.create({ ...textRequest('Thanks!'), taskId: first.taskId }, 'guide');
    if (second instanceof EventStream) throw new Error('expected JSON');
    expect(second.taskId).not.toBe(first.taskId);
    expect(second.output[0]?.role).toBe('agent');
  });

  it('streams a response', async () => {
    const orq = createOrqClient(emulate());
    const stream = await orq.agents.responses.create({ ...textRequest('Hello'), stream: true }, 'markdown');
    if (!(stream instanceof EventStream)) throw new Error('expected a stream');
    const types: (string | undefined)[] = [];
    for await (const event of stream) types.push(event.data?.type);
    expect(types[0]).toBe('response.started');
    expect(types).toContain('tool.done');
    expect(types.at(-1)).toBe('response.done');
  });

  it('starts a response in the background and gets it', async () => {
    const orq = createOrqClient(emulate());
    const started = await orq.agents.responses.create({ ...textRequest('Hello'), background: true }, 'slow');
    if (started instanceof EventStream) throw new Error('expected JSON');
    expect(started.output).toEqual([]);
    const get = () => orq.agents.responses.get({ agentKey: 'slow', taskId: started.taskId });
    await expect.poll(async () => (await get()).status).toBe('completed');
    expect((await get()).output[0]?.parts[0]).toMatchObject({ kind: 'text' });
  });

  it('answers client tools', async () => {
    const orq = createOrqClient(emulate());
    const asked = await orq.agents.responses.create(textRequest('Both, please: two'), 'client-tool');
    if (asked instanceof EventStream) throw new Error('expected JSON');
    expect(asked.pendingToolCalls).toHaveLength(2);
    const parts = (asked.pendingToolCalls ?? []).map((call) => ({
      kind: 'tool_result' as const,
      toolCallId: call.id,
      result: { title: 'Shop', time: '12:30' },
    }));
    const answered = await orq.agents.responses.create(
      { taskId: asked.taskId, message: { role: 'tool', parts } },
      'client-tool',
    );
    if (answered instanceof EventStream) throw new Error('expected JSON');
    expect(JSON.stringify(answered.output)).toContain('Shop');
  });

  it('creates, lists and retrieves agents', async () => {
    const orq = createOrqClient(emulate());
    const created = await orq.agents.create({
      key: 'helper',
      displayName: 'Helper',
      role: 'Assistant',
      description: 'Helps',
      instructions: 'Help',
      path: 'Default/agents',
      model: { id: 'openai/gpt-4o', parameters: { temperature: 0.5 } },
      settings: { maxIterations: 3, tools: [{ type: 'current_date' }] },
      teamOfAgents: [{ key: 'guide', role: 'Reader' }],
    });
    expect(created.model.id).toBe('openai/gpt-4o');
    const page = await orq.agents.list(1);
    expect(page).toMatchObject({ hasMore: true, data: [{ key: 'helper' }] });
    const retrieved = await orq.agents.retrieve('helper');
    expect(retrieved).toMatchObject({ id: created.id, displayName: 'Helper' });
    expect(sdkProblems('createdAgent', await rawManifest())).toEqual([]);
  });

  it('tells the key apart, unknown agents and unknown tasks', async () => {
    const emulator = emulate();
    const stranger = createOrqClient({ fetch: emulator.fetch, apiKey: 'another-key' });
    await expect(stranger.agents.list()).rejects.toMatchObject({ statusCode: 401 });
    const orq = createOrqClient(emulator);
    await expect(orq.agents.retrieve('nobody')).rejects.toMatchObject({ statusCode: 404, message: 'Agent not found' });
    await expect(orq.agents.responses.get({ agentKey: 'guide', taskId: 'none' })).rejects.toMatchObject({
      statusCode: 404,
    });
    await expect(orq.agents.responses.create(textRequest('Hi'), 'nobody')).rejects.toMatchObject({ statusCode: 404 });
  });
});

async function rawManifest(): Promise<unknown> {
  const response = await request(emulate(), 'POST', '/v2/agents', {
    key: 'helper',
    display_name: 'Helper',
    role: 'Assistant',
    description: 'Helps',
    instructions: 'Help',
    path: 'Default/agents',
    model: { id: 'openai/gpt-4o', parameters: { temperature: 0.5 }, retry: { count: 2, on_codes: [429] } },
    fallback_models: ['openai/gpt-4o-mini'],
    settings: { max_iterations: 3, tools: [{ type: 'function', key: 'get_cart', requires_approval: true }] },
    team_of_agents: [{ key: 'guide', role: 'Reader' }],
    knowledge_bases: [{ knowledge_id: 'kb' }],
    memory_stores: ['store'],
    variables: { some_name: 1 },
  });
  expect(response.status).toBe(201);
  return response.json();
}

function textRequest(text: string) {
  return { message: { role: 'user' as const, parts: [{ kind: 'text' as const, text }] } };
}
