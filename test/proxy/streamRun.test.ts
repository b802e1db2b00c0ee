import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { frame, MESSAGE, setUp, sse } from './fakeUpstream.js';

const decoder = new TextDecoder();
/** What a stream is without the numbers of its frames. */
const withoutIds = (text: string) => text.replace(/^id: [0-9a-f]{16}\.\d+\n/gm, '');

async function openStream(options: Parameters<typeof setUp>[0] = {}, signal?: AbortSignal) {
  const stream = sse();
  const set = setUp(options, () => stream.response);
  const response = await set.post({ message: MESSAGE, stream: true }, {}, undefined, signal);
  expect(response.status).toBe(200);
  const reader = response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  return {
    ...set,
    stream,
    reader,
    read: async () => {
      const { done, value } = await reader.read();
      return done ? null : decoder.decode(value);
    },
  };
}

describe('a stream', () => {
  it('passes each chunk on before the next one exists', async () => {
    const { stream, read } = await openStream();
    for (const word of ['one', 'two', 'three']) {
      const text = frame({ type: 'part.delta', data: { delta: { kind: 'text', text: word } } });
      stream.write(text);
      expect(withoutIds((await read())!)).toBe(text);
    }
    stream.end();
    expect(await read()).toBeNull();
  });

  it('passes frames on whole, and what is left at the end as it came', async () => {
    const { stream, read } = await openStream();
    stream.write('data: {"a":');
    stream.write('1}\n\ndata: 2');
    expect(withoutIds((await read())!)).toBe('data: {"a":1}\n\n');
    stream.end();
    expect(withoutIds((await read())!)).toBe('data: 2');
    expect(await read()).toBeNull();
  });

  it('asks the API for nothing that the client has not asked for', async () => {
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls += 1;
          controller.enqueue(new TextEncoder().encode(frame({ n: pulls })));
        },
      },
      { highWaterMark: 0 },
    );
    const { post } = setUp(
      { limits: { graceMs: 0 } },
      () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    );
    const reader = (await post({ message: MESSAGE, stream: true })).body!.getReader();
    await reader.read();
    await reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulls).toBe(2);
    await reader.cancel();
  });

  it('ends the call to the API when its reader cancels, where there is no grace', async () => {
    const { stream, reader, upstream, log } = await openStream({ limits: { graceMs: 0 } });
    stream.write(frame({ type: 'response.started' }));
    await reader.read();
    await reader.cancel();
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
    expect(stream.isCancelled()).toBe(true);
    expect(log).toEqual([expect.objectContaining({ level: 'info', code: 'client_closed', status: 200 })]);
  });

  it('ends the call to the API when the request is aborted, where there is no grace', async () => {
    const abort = new AbortController();
    const { stream, reader, upstream, log } = await openStream({ limits: { graceMs: 0 } }, abort.signal);
    const pending = reader.read();
    abort.abort();
    await expect(pending).rejects.toThrow();
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
    expect(stream.isCancelled()).toBe(true);
    expect(log).toEqual([expect.objectContaining({ level: 'info', code: 'client_closed' })]);
  });

  it('ends the call to the API when the client leaves before the answer has begun, where there is no grace', async () => {
    const abort = new AbortController();
    let onCall!: () => void;
    const called = new Promise<void>((resolve) => (onCall = resolve));
    const { post, upstream, log } = setUp({ limits: { graceMs: 0 } }, () => {
      onCall();
      return new Promise(() => undefined);
    });
    const pending = post({ message: MESSAGE, stream: true }, {}, undefined, abort.signal);
    await called;
    abort.abort();
    expect((await pending).status).toBe(499);
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
    expect(log[0]).toMatchObject({ level: 'info', code: 'client_closed' });
  });

  it('closes an answer that comes although the client has left', async () => {
    const abort = new AbortController();
    const late = sse();
    let answer!: (response: Response) => void;
    let onCall!: () => void;
    const called = new Promise<void>((resolve) => (onCall = resolve));
    const { post } = setUp({ limits: { graceMs: 0 } }, () => {
      onCall();
      return new Promise((resolve) => (answer = resolve));
    });
    const pending = post({ message: MESSAGE, stream: true }, {}, undefined, abort.signal);
    await called;
    abort.abort();
    await pending;
    answer(late.response);
    await new Promise((resolve) => setImmediate(resolve));
    expect(late.isCancelled()).toBe(true);
  });

  it('calls nobody for a client that has left already', async () => {
    const { post, upstream } = setUp();
    await post({ message: MESSAGE }, {}, undefined, AbortSignal.abort());
    expect(upstream.hits).toEqual([]);
  });
});

describe('a stream that breaks off', () => {
  it('between two frames is told in our envelope', async () => {
    const { stream, read, log } = await openStream();
    stream.write(frame({ type: 'response.started' }));
    await read();
    stream.breakOff(new Error('socket hang up at internal-7.orq.local'));
    const told = await read();
    expect(told).toMatch(
      /^event: error\ndata: \{"error":\{"code":"upstream_unreachable",.*"processed":"unknown"\}\}\n\n$/,
    );
    expect(told).not.toContain('internal-7');
    expect(await read()).toBeNull();
    expect(log[0]).toMatchObject({ level: 'error', status: 200, code: 'upstream_unreachable' });
    expect(log[0]!.upstreamMessage).toContain('internal-7');
  });

  it('before its first frame is told too', async () => {
    const { stream, read } = await openStream();
    stream.breakOff(new Error('socket hang up'));
    expect(await read()).toContain('event: error');
  });

  it('inside a frame is told as well, and the fragment is kept back', async () => {
    const { stream, read, log } = await openStream();
    stream.write('data: {"type":"part.del');
    stream.breakOff(new Error('socket hang up'));
    expect(await read()).toMatch(/^event: error\n/);
    expect(await read()).toBeNull();
    expect(log[0]).toMatchObject({ code: 'upstream_unreachable' });
  });

  it('may use any line end of SSE', async () => {
    for (const end of ['\r\n\r\n', '\r\r']) {
      const { stream, read } = await openStream();
      stream.write(`data: 1${end}`);
      await read();
      stream.breakOff(new Error('gone'));
      expect(await read()).toContain('event: error');
    }
  });
});

describe('a stream that falls silent', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is given up after the idle limit, which each chunk renews', async () => {
    const { stream, read, upstream } = await openStream({ limits: { idleTimeoutMs: 2_000 } });
    for (let n = 0; n < 3; n += 1) {
      const pending = read();
      await vi.advanceTimersByTimeAsync(1_999);
      stream.write(frame({ n }));
      expect(withoutIds((await pending)!)).toBe(frame({ n }));
    }
    const pending = read();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await pending).toContain('"code":"upstream_timeout"');
    expect(upstream.hits[0]!.signal.aborted).toBe(true);
  });

  it('is not given up because the client is slow', async () => {
    const { stream, read, upstream } = await openStream({ limits: { idleTimeoutMs: 2_000 } });
    stream.write(frame({ n: 1 }));
    await read();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(upstream.hits[0]!.signal.aborted).toBe(false);
    stream.end();
    expect(await read()).toBeNull();
  });

  it('is given up after the total limit, however much it says', async () => {
    const { stream, read } = await openStream({ limits: { totalTimeoutMs: 5_000 } });
    for (let n = 0; n < 4; n += 1) {
      stream.write(frame({ n }));
      await read();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    const pending = read();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await pending).toContain('"code":"upstream_timeout"');
  });
});
