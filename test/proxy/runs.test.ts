import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DONE, frame, json, MESSAGE, MESSAGE_ID, readError, setUp, sse } from './fakeUpstream.js';

const TASK_ID = '01K6D8QESESZ6SAXQPJPFQXPFT';
const TASK = `/v2/agents/support/responses/${TASK_ID}`;
const KEY = { 'idempotency-key': MESSAGE_ID };
const STARTED = frame({ type: 'response.started', data: { taskId: TASK_ID } });
const END = frame({ type: 'response.done', data: { finishReason: 'stop' } });
const delta = (text: string) => frame({ type: 'part.delta', data: { partId: 'p', delta: { kind: 'text', text } } });
const send = { message: MESSAGE, stream: true };

type Proxy = ReturnType<typeof setUp>;
const receiptOf = async ({ get }: Proxy) => (await get(`/receipts/${MESSAGE_ID}`)).json() as Promise<unknown>;
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A client that reads until it is told to stop. */
function read(response: Response) {
  const reader = response.body!.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const over = (async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      text += decoder.decode(chunk.value, { stream: true });
    }
  })().catch(() => undefined);
  return {
    text: () => text,
    over,
    leave: () => reader.cancel(),
    lastId: () => /.*^id: (\S+)$/ms.exec(text)?.[1] ?? '',
  };
}

async function startStream(options: Parameters<typeof setUp>[0] = {}) {
  const upstream = sse();
  const proxy = setUp(options, () => upstream.response);
  const first = read(await proxy.post(send, KEY));
  return { ...proxy, api: upstream, first };
}

describe('a message that comes twice', () => {
  it('reaches the API once: a hundred at a time are given one answer', async () => {
    const api = sse();
    const { post, upstream } = setUp({}, () => api.response);
    const clients = (await Promise.all(Array.from({ length: 100 }, () => post(send, KEY)))).map(read);
    for (const text of [STARTED, delta('Hel'), delta('lo'), END]) api.write(text);
    api.end();
    await Promise.all(clients.map(({ over }) => over));
    expect(upstream.hits).toHaveLength(1);
    expect(new Set(clients.map(({ text }) => text())).size).toBe(1);
    expect(clients[0]!.text().replace(/^id: .*\n/gm, '')).toBe(STARTED + delta('Hel') + delta('lo') + END);
  });

  it('is given the answer from its beginning, also where that is over', async () => {
    const { post, upstream, api, first } = await startStream();
    api.write(STARTED + END);
    api.end();
    await first.over;
    const second = read(await post(send, KEY));
    await second.over;
    expect(second.text()).toBe(first.text());
    expect(upstream.hits).toHaveLength(1);
  });

  it('is given the same JSON', async () => {
    const { post, upstream } = setUp();
    const texts = [];
    for (let time = 0; time < 2; time += 1) texts.push(await (await post({ message: MESSAGE }, KEY)).json());
    expect(texts).toEqual([DONE, DONE]);
    expect(upstream.hits).toHaveLength(1);
  });

  it('is refused where it says something else', async () => {
    const { post, upstream } = setUp();
    await post({ message: MESSAGE }, KEY);
    const other = await post({ message: { ...MESSAGE, parts: [{ kind: 'text', text: 'Other' }] } }, KEY);
    expect(other.status).toBe(422);
    expect(await readError(other)).toMatchObject({ code: 'idempotency_mismatch', processed: 'no' });
    expect(upstream.hits).toHaveLength(1);
  });

  it('is two messages where it has no key, and is noted where it has', async () => {
    const { post, upstream, log } = setUp();
    for (const headers of [{}, {}, KEY, KEY]) await post({ message: MESSAGE }, headers);
    expect(upstream.hits).toHaveLength(3);
    expect(log.map(({ isDuplicate }) => isDuplicate ?? false)).toEqual([false, false, false, true]);
  });

  it('is sent anew where the first was certainly not processed', async () => {
    let calls = 0;
    const proxy = setUp({}, () => {
      calls += 1;
      return calls === 1 ? json({ message: 'Busy' }, { status: 429 }) : json(DONE);
    });
    expect((await proxy.post({ message: MESSAGE }, KEY)).status).toBe(429);
    expect(await receiptOf(proxy)).toMatchObject({ status: 'unknown' });
    expect((await proxy.post({ message: MESSAGE }, KEY)).status).toBe(200);
  });

  it('is not where nobody knows: the failure is told again', async () => {
    const proxy = setUp({}, () => json({ message: 'Oh' }, { status: 500 }));
    for (let time = 0; time < 2; time += 1) {
      expect(await readError(await proxy.post({ message: MESSAGE }, KEY))).toMatchObject({ processed: 'unknown' });
    }
    expect(proxy.upstream.hits).toHaveLength(1);
    expect(await receiptOf(proxy)).toEqual({ status: 'received', settled: true });
  });
});

describe('a receipt', () => {
  it('follows the message: unknown, received, with its task, settled', async () => {
    let answer!: (response: Response) => void;
    const api = sse();
    const proxy = setUp({}, () => new Promise((resolve) => (answer = resolve)));
    expect(await receiptOf(proxy)).toEqual({ status: 'unknown', retained_s: expect.any(Number) as number });
    const posting = proxy.post(send, KEY);
    await vi.waitFor(() => expect(proxy.upstream.hits).toHaveLength(1));
    expect(await receiptOf(proxy)).toEqual({ status: 'received', settled: false });
    answer(api.response);
    const client = read(await posting);
    api.write(STARTED);
    await vi.waitFor(async () =>
      expect(await receiptOf(proxy)).toEqual({ status: 'received', task_id: TASK_ID, settled: false }),
    );
    api.write(END);
    api.end();
    await client.over;
    expect(await receiptOf(proxy)).toEqual({ status: 'received', task_id: TASK_ID, settled: true });
  });

  it("counts the memory's age in parts of a second, or a message soon after a start would be uncertain for nothing", async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      const proxy = setUp();
      vi.advanceTimersByTime(1_900);
      expect(await receiptOf(proxy)).toEqual({ status: 'unknown', retained_s: 1.9 });
    } finally {
      vi.useRealTimers();
    }
  });

  it('names the task of a JSON answer, by either name', async () => {
    for (const body of [DONE, { id: TASK_ID, kind: 'task', status: { state: 'submitted' } }]) {
      const proxy = setUp({}, () => json(body));
      await proxy.post({ message: MESSAGE }, KEY);
      expect(await receiptOf(proxy)).toMatchObject({ status: 'received', task_id: TASK_ID });
    }
  });

  it('of a message that the proxy itself refused is none', async () => {
    const proxy = setUp();
    await proxy.post({ message: MESSAGE, what: 1 }, KEY);
    expect(await receiptOf(proxy)).toMatchObject({ status: 'unknown' });
  });
});

describe('a replay', () => {
  it('goes on behind the last event, and on as it comes', async () => {
    const { get, api, first } = await startStream();
    api.write(STARTED + delta('1'));
    await vi.waitFor(() => expect(first.text()).toContain('"1"'));
    const place = first.lastId();
    await first.leave();
    api.write(delta('2'));
    const second = read(await get(`${TASK}/events`, { 'last-event-id': place }));
    api.write(delta('3') + END);
    api.end();
    await second.over;
    expect(second.text().replace(/^id: .*\n/gm, '')).toBe(delta('2') + delta('3') + END);
  });

  it('misses nothing and repeats nothing, cut at a thousand places', async () => {
    const frames = [STARTED, ...Array.from({ length: 98 }, (_, index) => delta(`word ${index} é`)), END];
    const { get, api, first } = await startStream();
    api.write(frames.join(''));
    api.end();
    await first.over;
    const whole = first.text();
    const bytes = new TextEncoder().encode(whole);
    let seed = 7;
    for (let cut = 0; cut < 1_000; cut += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      // What a client has understood when the line is cut here: whole frames only.
      const seen = new TextDecoder().decode(bytes.slice(0, seed % (bytes.length + 1)));
      const understood = /^[^]*\n\n/.exec(seen)?.[0] ?? '';
      const lastId = /.*^id: (\S+)$/ms.exec(understood)?.[1];
      const rest = await get(`${TASK}/events`, lastId === undefined ? {} : { 'last-event-id': lastId });
      if (understood === whole) expect(rest.status).toBe(410);
      else expect(understood + (await rest.text()), `cut ${cut}`).toBe(whole);
    }
  });

  it.each([
    ['of a task that nobody knows', `${TASK.slice(0, -1)}X/events`, ''],
    ['from a place in another answer', `${TASK}/events`, '0123456789abcdef.1'],
    ['from no place at all', `${TASK}/events`, 'first'],
    ['behind the end', `${TASK}/events`, 'OWN.99'],
  ])('%s is gone', async (_, path, place) => {
    const { get, api, first } = await startStream();
    api.write(STARTED + END);
    api.end();
    await first.over;
    const [runId] = first.lastId().split('.');
    const response = await get(path, place === '' ? {} : { 'last-event-id': place.replace('OWN', runId!) });
    expect(response.status).toBe(410);
    expect(await readError(response)).toMatchObject({ code: 'replay_gone', processed: 'unknown' });
  });

  it('of more than is kept is gone, and the task can be polled', async () => {
    const { get, api, first } = await startStream({ limits: { replayBytes: 2_000 } });
    api.write(STARTED);
    await vi.waitFor(() => expect(first.lastId()).not.toBe(''));
    const place = first.lastId();
    await first.leave();
    for (let index = 0; index < 50; index += 1) api.write(delta('x'.repeat(200)));
    await settle();
    expect((await get(`${TASK}/events`, { 'last-event-id': place })).status).toBe(410);
  });
});

describe('an answer that nobody reads', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  it('is read on for half a minute, then given up', async () => {
    const { api, first } = await startStream();
    api.write(STARTED);
    await settle();
    await first.leave();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(api.isCancelled()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(api.isCancelled()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is kept alive by whoever comes back', async () => {
    const { api, first, get } = await startStream();
    api.write(STARTED);
    await settle();
    await first.leave();
    await vi.advanceTimersByTimeAsync(20_000);
    const second = read(await get(`${TASK}/events`));
    await vi.advanceTimersByTimeAsync(100_000);
    expect(api.isCancelled()).toBe(false);
    api.write(END);
    api.end();
    await second.over;
    expect(second.text()).toContain('response.done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps its process, where the platform lets it', async () => {
    const api = sse();
    const { proxy } = setUp({}, () => api.response);
    const kept: Promise<unknown>[] = [];
    const request = new Request('https://proxy.example/v2/agents/support/responses', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(send),
    });
    const client = read(await proxy.fetch(request, { waitUntil: (promise) => void kept.push(promise) }));
    let isOver = false;
    void Promise.all(kept).then(() => (isOver = true));
    expect(kept).toHaveLength(1);
    api.write(STARTED);
    await settle();
    await client.leave();
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(30_000);
    await settle();
    expect(isOver).toBe(true);
  });

  it('is told to be alive every fifteen seconds', async () => {
    const { api, first } = await startStream();
    api.write(STARTED);
    await settle();
    await vi.advanceTimersByTimeAsync(46_000);
    expect(first.text().match(/^: hb$/gm)).toHaveLength(3);
    await first.leave();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('stopping', () => {
  it('ends the call to the API at once, and says so to everybody who reads', async () => {
    const { proxy, api, first, upstream } = await startStream();
    api.write(STARTED);
    await vi.waitFor(() => expect(first.text()).toContain(TASK_ID));
    const cancel = () => proxy.fetch(new Request(`https://proxy.example${TASK}/cancel`, { method: 'POST' }));
    expect(await (await cancel()).json()).toEqual({ cancelled: false, upstream: 'stopped-reading' });
    await first.over;
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
    expect(first.text()).toContain('"code":"stopped"');
    expect(await (await cancel()).json()).toEqual({ cancelled: false, upstream: 'not-reading' });
  });

  it('of a task that nobody reads here changes nothing', async () => {
    const { proxy, upstream } = setUp();
    const response = await proxy.fetch(new Request(`https://proxy.example${TASK}/cancel`, { method: 'POST' }));
    expect(await response.json()).toEqual({ cancelled: false, upstream: 'not-reading' });
    expect(upstream.hits).toEqual([]);
  });
});

describe('a process that lives for one request', () => {
  it('reads no longer than its client, numbers nothing and remembers nothing', async () => {
    const api = sse();
    const { post, get, upstream } = setUp({ process: 'per-request' }, () => api.response);
    const first = read(await post(send, KEY));
    api.write(STARTED);
    await vi.waitFor(() => expect(first.text()).toBe(STARTED));
    await first.leave();
    expect(api.isCancelled()).toBe(true);
    expect((await get(`/receipts/${MESSAGE_ID}`)).status).toBe(404);
    expect((await get(`${TASK}/events`)).status).toBe(404);
    await post({ message: MESSAGE }, KEY);
    expect(upstream.hits).toHaveLength(2);
  });
});
