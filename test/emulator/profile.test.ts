import { describe, expect, it } from 'vitest';
import {
  callTool,
  createEmulator,
  fail,
  say,
  callClientTool,
  type Emulator,
  type Profile,
} from '../../src/emulator/index.js';
import { readEvents, readText } from './readEvents.js';
import { ask, request } from './request.js';

const agents = {
  talk: () => [say('One.'), callTool({ name: 'look', result: 1 }), say('Zwei: ü.')],
  ask: () => [say('One moment.'), callClientTool({ name: 'get_cart' })],
  broken: () => [fail({ error: 'No', code: 503 })],
};

function emulate(profile: Partial<Profile>): Emulator {
  return createEmulator({ agents, profile, clock: { now: () => 1_000_000, sleep: async () => undefined } });
}

async function json(profile: Partial<Profile>, agent = 'talk', more = {}): Promise<unknown> {
  return (await ask(emulate(profile), agent, 'Hi', more)).json();
}

async function stream(profile: Partial<Profile>): Promise<string> {
  return (await readText(await ask(emulate(profile), 'talk', 'Hi', { stream: true }))).text;
}

describe('the profile of JSON answers', () => {
  it('a2a: a task with its messages', async () => {
    expect(await json({ answer: 'a2a' })).toMatchObject({
      kind: 'task',
      status: { state: 'completed', message: { kind: 'message', parts: [{ text: 'Zwei: ü.' }] } },
      messages: [{ role: 'user' }, { role: 'agent' }, { role: 'tool' }, { role: 'agent' }],
    });
    expect(await json({ answer: 'a2a' }, 'ask')).toMatchObject({ status: { state: 'input-required' } });
    expect(await json({ answer: 'a2a' }, 'broken')).toMatchObject({
      status: { state: 'failed', message: { parts: [{ kind: 'error', error: 'No', code: 503 }] } },
    });
  });

  it('hybrid: a task with output that names no role', async () => {
    const body = await json({ answer: 'hybrid', toolMessages: false });
    expect(body).toMatchObject({ kind: 'task', status: { state: 'completed' } });
    expect(body).toHaveProperty('output', [
      {
        parts: [
          { kind: 'text', text: 'One.' },
          { kind: 'text', text: 'Zwei: ü.' },
        ],
      },
    ]);
  });

  it('submitted: a task that has to be polled, though nobody asked for the background', async () => {
    const emulator = emulate({ answer: 'submitted' });
    const body = (await (await ask(emulator, 'talk', 'Hi')).json()) as { id: string };
    expect(body).toMatchObject({ kind: 'task', status: { state: 'submitted' } });
    const polled: unknown = await (await request(emulator, 'GET', `/v2/agents/talk/responses/${body.id}`)).json();
    expect(polled).toMatchObject({ status: 'completed' });
  });

  it('background: the SDK shape, or a submitted A2A task', async () => {
    expect(await json({}, 'talk', { background: true })).toMatchObject({
      output: [],
      task_id: expect.any(String) as string,
    });
    expect(await json({ background: 'a2a' }, 'talk', { background: true })).toMatchObject({
      status: { state: 'submitted' },
    });
  });

  it('toolMessages: one agent message without what the server did, but with the calls that wait', async () => {
    expect(await json({ toolMessages: false })).toHaveProperty('output.length', 1);
    expect(await json({ toolMessages: false }, 'ask')).toMatchObject({
      output: [{ parts: [{ kind: 'text' }, { kind: 'tool_call', tool_name: 'get_cart' }] }],
    });
  });

  it('usage: told, null or absent', async () => {
    expect(await json({})).toHaveProperty('usage.total_tokens');
    expect(await json({ usage: 'null' })).toHaveProperty('usage', null);
    expect(await json({ usage: 'absent' })).not.toHaveProperty('usage');
    for (const usage of ['null', 'absent'] as const) expect(await stream({ usage })).not.toContain('usage');
  });
});

describe('the profile of streams', () => {
  it('stream: JSON in place of events', async () => {
    const response = await ask(emulate({ stream: 'json' }), 'talk', 'Hi', { stream: true });
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toMatchObject({ finish_reason: 'stop' });
  });

  it('done: without the last block', async () => {
    const { end, events } = await readEvents(await ask(emulate({ done: false }), 'talk', 'Hi', { stream: true }));
    expect(end).toBe('eof');
    expect(events.at(-1)?.type).toBe('response.done');
  });

  it('crlf, comments, unknown events and wrapping change the framing, not the events', async () => {
    const plain = await stream({});
    expect(await stream({ crlf: true })).toBe(plain.replaceAll('\n', '\r\n'));
    expect((await stream({ comments: true })).replaceAll(': keep-alive\n\n', '')).toBe(plain);
    expect((await stream({ comments: true })).split(': keep-alive').length).toBeGreaterThan(5);
    expect((await stream({ unknownEvents: true })).replace(/data: \{"type":"emulator.unknown".*\n\n/g, '')).toBe(plain);
    expect(await stream({ wrapped: true })).toBe(plain.replace(/^data: (\{.*\})$/gm, 'data: {"data":$1}'));
  });

  it('chunkBytes: cuts anywhere, also inside a character', async () => {
    const response = await ask(emulate({ chunkBytes: 1 }), 'talk', 'Hi', { stream: true });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) chunks.push(chunk);
    expect(new Set(chunks.map((chunk) => chunk.length))).toEqual(new Set([1]));
    expect(new TextDecoder().decode(Uint8Array.from(chunks.flatMap((chunk) => [...chunk])))).toBe(await stream({}));
  });
});
