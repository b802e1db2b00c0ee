import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createEmulator,
  disconnect,
  fail,
  reason,
  refuse,
  callTool,
  handOff,
  callClientTool,
  say,
  wait,
} from '../../src/emulator/index.js';
import { createInstantClock } from './instantClock.js';
import { deltaText, readEvents, readText } from './readEvents.js';
import { ask, request } from './request.js';

const long =
  'Enough words in this sentence to be cut into several deltas, each of them a few words long. Ünïcödé 🎉 too.';

describe('a stream', () => {
  it('starts once, ends once, and says [DONE]', async () => {
    const emulator = createEmulator({ agents: { talk: () => [reason('Hm'), say('Hi')] } });
    const response = await ask(emulator, 'talk', 'Hi', { stream: true });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const { events, end } = await readEvents(response);
    expect(events.map((event) => event.type)).toEqual([
      'response.started',
      'part.delta',
      'part.done',
      'part.delta',
      'part.done',
      'response.done',
    ]);
    expect(end).toBe('done');
  });

  it('has deltas that add up to the done part, under an id that begins with the kind', async () => {
    const { events } = await readEvents(
      await ask(createEmulator({ agents: { talk: () => [say(long)] } }), 'talk', 'Hi', { stream: true }),
    );
    const deltas = events.filter((event) => event.type === 'part.delta');
    expect(deltas.length).toBeGreaterThan(4);
    expect(deltaText(events)).toBe(long);
    const done = events.find((event) => event.type === 'part.done');
    expect(done?.data).toEqual({ partId: deltas[0]?.data['partId'], part: { kind: 'text', text: long } });
    expect(done?.data['partId']).toMatch(/^text_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('puts what is said in a row into one part, and begins another after a tool', async () => {
    const agents = { talk: () => [say('a '), wait(5), say('b'), callTool({ name: 'look', result: 1 }), say('c')] };
    const { events } = await readEvents(await ask(createEmulator({ agents }), 'talk', 'Hi', { stream: true }));
    const parts = events.filter((event) => event.type === 'part.done').map((event) => event.data['part']);
    expect(parts).toEqual([
      { kind: 'text', text: 'a b' },
      { kind: 'text', text: 'c' },
    ]);
  });

  it('asks another agent by a tool', async () => {
    const agents = {
      talk: () => [handOff({ agent: 'gardener', input: 'Which soil?', answer: 'Loose.' }), say('Loose.')],
    };
    const { events } = await readEvents(await ask(createEmulator({ agents }), 'talk', 'Hi', { stream: true }));
    expect(events.find((event) => event.type === 'tool.started')?.data).toMatchObject({
      toolName: 'call_sub_agent',
      arguments: { agent_key: 'gardener', input: 'Which soil?' },
    });
    expect(events.find((event) => event.type === 'tool.done')?.data).toMatchObject({ result: 'Loose.' });
  });

  it('tells the same as the JSON answer', async () => {
    const agents = {
      talk: () => [say('One.'), callTool({ name: 'look', arguments: { q: 1 }, error: 'No' }), say('Two.')],
    };
    const sync = (await (await ask(createEmulator({ agents }), 'talk', 'Hi')).json()) as { output: unknown[] };
    expect(sync.output).toMatchObject([
      { role: 'agent', parts: [{ text: 'One.' }, { kind: 'tool_call', tool_name: 'look', arguments: { q: 1 } }] },
      { role: 'tool', parts: [{ kind: 'tool_result', result: { error: 'No' } }] },
      { role: 'agent', parts: [{ text: 'Two.' }] },
    ]);
    const { events } = await readEvents(await ask(createEmulator({ agents }), 'talk', 'Hi', { stream: true }));
    expect(events.find((event) => event.type === 'tool.failed')?.data).toMatchObject({ error: 'No' });
    expect(deltaText(events)).toBe('One.Two.');
  });

  it('ends with the calls that the page has to answer', async () => {
    const agents = { talk: () => [callClientTool({ name: 'get_cart', arguments: { user: 'u1' } })] };
    const { events } = await readEvents(await ask(createEmulator({ agents }), 'talk', 'Hi', { stream: true }));
    expect(events.map((event) => event.type)).toEqual(['response.started', 'response.done']);
    expect(events[1]?.data).toMatchObject({
      finishReason: 'function_call',
      pendingToolCalls: [{ type: 'function', function: { name: 'get_cart', arguments: '{"user":"u1"}' } }],
    });
  });

  it('ends with response.failed, the text before it kept open', async () => {
    const agents = { talk: () => [say('Half'), fail({ error: 'Overloaded', code: 503 })] };
    const { events, end } = await readEvents(await ask(createEmulator({ agents }), 'talk', 'Hi', { stream: true }));
    expect(events.map((event) => event.type)).toEqual(['response.started', 'part.delta', 'response.failed']);
    expect(events.at(-1)?.data).toEqual({ error: 'Overloaded', code: 503 });
    expect(end).toBe('done');
  });

  it('is not begun where the agent refuses', async () => {
    const agents = { busy: () => [refuse({ status: 429, headers: { 'retry-after': '2' } })] };
    const response = await ask(createEmulator({ agents }), 'busy', 'Hi', { stream: true });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('2');
    expect(await response.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
  });

  it.each([
    [false, 'broken'],
    [true, 'eof'],
  ])('that disconnects (clean: %s) is %s, while the task completes and can be polled', async (clean, end) => {
    const agents = { talk: () => [say('Before. '), disconnect({ clean }), say('After.')] };
    const emulator = createEmulator({ agents, clock: createInstantClock() });
    const streamed = await readEvents(await ask(emulator, 'talk', 'Hi', { stream: true }));
    expect(streamed.end).toBe(end);
    expect(deltaText(streamed.events)).toBe('Before. ');
    const taskId = String(streamed.events[0]?.data['taskId']);
    const polled: unknown = await (await request(emulator, 'GET', `/v2/agents/talk/responses/${taskId}`)).json();
    expect(polled).toMatchObject({ status: 'completed', output: [{ parts: [{ text: 'Before. After.' }] }] });
  });

  it('breaks the body of a sync answer as well', async () => {
    const emulator = createEmulator({ agents: { talk: () => [say('Before. '), disconnect(), say('After.')] } });
    expect(await readText(await ask(emulator, 'talk', 'Hi'))).toEqual({ text: '', isBroken: true });
  });
});

describe('time', () => {
  beforeEach(() => vi.useFakeTimers({ now: 0 }));
  afterEach(() => vi.useRealTimers());

  it('passes between deltas as the latency says, and the task id can be polled before the first', async () => {
    const emulator = createEmulator({
      latency: { first: 100, delta: [10, 10], tool: 50 },
      agents: { talk: () => [say(long)] },
    });
    const response = await ask(emulator, 'talk', 'Hi', { stream: true });
    const reader = response.body?.getReader();
    const first = new TextDecoder().decode((await reader?.read())?.value);
    const { data } = JSON.parse(first.slice('data: '.length)) as { data: { taskId: string } };
    const poll = async (): Promise<unknown> =>
      (
        (await (await request(emulator, 'GET', `/v2/agents/talk/responses/${data.taskId}`)).json()) as {
          status: string;
        }
      ).status;
    expect(await poll()).toBe('in_progress');
    await vi.advanceTimersByTimeAsync(100);
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('part.delta');
    expect(await poll()).toBe('in_progress');
    await vi.advanceTimersByTimeAsync(1000);
    expect(await poll()).toBe('completed');
  });

  it('goes on for a run whose client has left, and leaves no timer behind', async () => {
    const emulator = createEmulator({ agents: { talk: () => [say('One '), wait(500), say('two.')] } });
    const response = await ask(emulator, 'talk', 'Hi', { stream: true });
    const reader = response.body?.getReader();
    const started = new TextDecoder().decode((await reader?.read())?.value);
    const { data } = JSON.parse(started.slice('data: '.length)) as { data: { taskId: string } };
    await reader?.cancel();
    await vi.advanceTimersByTimeAsync(500);
    const polled: unknown = await (await request(emulator, 'GET', `/v2/agents/talk/responses/${data.taskId}`)).json();
    expect(polled).toMatchObject({ status: 'completed', output: [{ parts: [{ text: 'One two.' }] }] });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops for every run when the emulator is closed', async () => {
    const emulator = createEmulator({ agents: { talk: () => [say('One '), wait(60_000), say('two.')] } });
    const response = await ask(emulator, 'talk', 'Hi', { stream: true });
    emulator.close();
    const { events } = await readEvents(response);
    expect(events.at(-1)).toMatchObject({ type: 'response.failed', data: { error: 'The emulator was closed.' } });
    expect(vi.getTimerCount()).toBe(0);
    expect((await ask(emulator, 'talk', 'Hi')).status).toBe(503);
  });
});

describe('the same seed', () => {
  const play = async (seed: number): Promise<string> => {
    const emulator = createEmulator({ seed, clock: createInstantClock(), latency: 'realistic' });
    const texts: string[] = [];
    for (const agent of ['guide', 'markdown', 'client-tool', 'fails-midway', 'slow', 'drops']) {
      texts.push((await readText(await ask(emulator, agent, 'Hello, two of you', { stream: true }))).text);
      texts.push((await readText(await ask(emulator, agent, 'Hello'))).text);
    }
    texts.push(await (await request(emulator, 'GET', '/v2/agents')).text());
    return texts.join('\n');
  };

  it('makes the same bytes, and another makes others', async () => {
    const bytes = await play(7);
    expect(await play(7)).toBe(bytes);
    expect(await play(8)).not.toBe(bytes);
  });

  it('makes the same bytes of one run, whatever runs beside it', async () => {
    const agents = { talk: () => [say(long)] };
    const taskOf = async (withNeighbour: boolean): Promise<string> => {
      const emulator = createEmulator({ agents, clock: { now: () => 5, sleep: async () => undefined }, latency: 1 });
      const first = ask(emulator, 'talk', 'Hi', { stream: true });
      if (withNeighbour) await ask(emulator, 'talk', 'Hi', { stream: true });
      return (await first).text();
    };
    expect(await taskOf(true)).toBe(await taskOf(false));
  });
});
