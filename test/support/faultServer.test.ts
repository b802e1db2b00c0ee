import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from './faultServer.js';
import {
  cutBytes,
  cutEvents,
  dropEvent,
  duplicateEvent,
  halfFrame,
  mutateEvent,
  permuteEvents,
  withholdEnd,
} from './faultServerEvents.js';
import { delay, envelope, hang, header, loseAnswer, page, redirect, refuse, status } from './faultServerFaults.js';

const EVENTS = [
  'data: {"type":"response.started"}\n\n',
  'data: {"type":"part.delta"}\n\n',
  ': hb\n\n',
  'data: {"type":"response.done"}\n\n',
  'data: [DONE]\n\n',
];
const encoder = new TextEncoder();

/** A stream, or 1,000 bytes where those are asked for, or a stream that the test writes. */
let open: { write(text: string): void; close(): void; readonly isCancelled: () => boolean };
let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer(async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/bytes') return new Response('x'.repeat(Number(searchParams.get('count') ?? 1000)));
    if (pathname === '/echo') return new Response(await request.text());
    const headers = { 'content-type': 'text/event-stream' };
    if (pathname !== '/open') return new Response(EVENTS.join(''), { headers });
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (given) => void (controller = given),
      cancel: () => void (isCancelled = true),
    });
    open = {
      write: (text) => controller.enqueue(encoder.encode(text)),
      close: () => controller.close(),
      isCancelled: () => isCancelled,
    };
    return new Response(body, { headers });
  });
});
afterEach(() => server.close());

const get = (path = '/events', init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);
/** Node reads an RST that comes right behind data as an end, which is one too early. */
const BROKEN = /^(ECONNRESET|UND_ERR_SOCKET)$/;
const always = (): boolean => true;

/** Everything that arrives, and the system's word for what broke it off; `end` where nothing did. */
async function readOut(response: Response): Promise<{ text: string; ending: unknown }> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body!) text += decoder.decode(chunk, { stream: true });
    return { text, ending: 'end' };
  } catch (error) {
    return { text, ending: codeOf(error) };
  }
}

function codeOf(error: unknown): unknown {
  const { cause } = error as { cause?: { code?: unknown } };
  return cause?.code ?? String(error);
}

async function timed<T>(action: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const begun = performance.now();
  const value = await action();
  return { value, ms: performance.now() - begun };
}

describe('without faults', () => {
  it('passes everything on, and keeps a record of it', async () => {
    expect(await (await get()).text()).toBe(EVENTS.join(''));
    const body = JSON.stringify({ message: { messageId: 'm1' } });
    expect(await (await get('/echo?a=1', { method: 'POST', body })).text()).toBe(body);
    expect(server.arrived.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /events', 'POST /echo?a=1']);
    expect(server.messageIds()).toEqual(['m1']);
  });

  it('passes on more than it holds at a time', async () => {
    expect(await (await get('/bytes?count=3000000')).text()).toHaveLength(3_000_000);
  });

  it('passes on each piece as it comes, and tells the handler when the client leaves', async () => {
    const leaving = new AbortController();
    const response = await get('/open', { signal: leaving.signal });
    const reader = response.body!.getReader();
    for (const word of ['one', 'two']) {
      open.write(word);
      expect(new TextDecoder().decode((await reader.read()).value)).toBe(word);
    }
    leaving.abort();
    await expect.poll(() => open.isCancelled()).toBe(true);
  });
});

describe('a network with the toxic', () => {
  it('latency is late', async () => {
    expect((await timed(() => get('/bytes'))).ms).toBeLessThan(150);
    await server.use({ type: 'latency', ms: 200 });
    expect((await timed(() => get('/bytes'))).ms).toBeGreaterThanOrEqual(195);
  });

  it('latency upstream makes the request late, not the answer', async () => {
    await server.use({ type: 'latency', ms: 200, stream: 'upstream' });
    const pending = timed(() => get('/bytes'));
    expect(server.arrived).toEqual([]);
    expect((await pending).ms).toBeGreaterThanOrEqual(195);
  });

  it('down refuses connections, ends those that are open, and is over when it is taken away', async () => {
    const response = await get('/open');
    const reading = readOut(response);
    await server.use({ type: 'down' });
    expect(await reading).toMatchObject({ text: '', ending: 'ECONNRESET' });
    expect(await get().catch(codeOf)).toBe('ECONNREFUSED');
    await server.use();
    expect((await get()).status).toBe(200);
  });

  it('bandwidth lets so many bytes a second through, also of an answer that has begun', async () => {
    const response = await get('/open');
    await server.use({ type: 'bandwidth', bytesPerSecond: 4000 });
    open.write('x'.repeat(1000));
    open.close();
    const { value, ms } = await timed(() => readOut(response));
    expect(value.text).toHaveLength(1000);
    expect(ms).toBeGreaterThanOrEqual(240);
  });

  it('slow_close delivers everything, and the end so much later', async () => {
    await server.use({ type: 'slow_close', ms: 200 });
    server.inject(always, header({ connection: 'close' }));
    const response = await get();
    const { value, ms } = await timed(() => readOut(response));
    expect(value).toEqual({ text: EVENTS.join(''), ending: 'end' });
    expect(ms).toBeGreaterThanOrEqual(150);
  });

  it('timeout lets nothing through and then closes', async () => {
    const response = await get('/open');
    await server.use({ type: 'timeout', ms: 100 });
    open.write('lost');
    expect(await readOut(response)).toMatchObject({ text: '', ending: 'UND_ERR_SOCKET' });
  });

  it('timeout of 0 holds everything back until it is taken away', async () => {
    const response = await get('/open');
    await server.use({ type: 'timeout', ms: 0 });
    open.write('late');
    const reader = response.body!.getReader();
    const reading = reader.read();
    const first = await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))]);
    expect(first).toBe('nothing');
    await server.use();
    expect(new TextDecoder().decode((await reading).value)).toBe('late');
    await reader.cancel();
  });

  it('reset_peer resets the connection', async () => {
    const response = await get('/open');
    await server.use({ type: 'reset_peer', ms: 0 });
    open.write('lost');
    expect(await readOut(response)).toMatchObject({ text: '', ending: 'ECONNRESET' });
  });

  it('slicer sends everything in small pieces', async () => {
    const response = await get('/open');
    await server.use({ type: 'slicer', bytes: 7, ms: 2 });
    open.write('x'.repeat(100));
    open.close();
    let pieces = 0;
    let length = 0;
    for await (const chunk of response.body!) {
      pieces += 1;
      length += (chunk as Uint8Array).length;
    }
    expect(length).toBe(100);
    expect(pieces).toBeGreaterThan(5);
  });

  it('limit_data closes after so many bytes', async () => {
    const response = await get('/open');
    await server.use({ type: 'limit_data', bytes: 400 }, { type: 'slicer', bytes: 50, ms: 0 });
    open.write('x'.repeat(1000));
    const { text, ending } = await readOut(response);
    expect(text.length).toBeGreaterThan(300);
    expect(text.length).toBeLessThan(400); // of the 400 some frame the chunk
    expect(ending).toBe('UND_ERR_SOCKET');
  });
});

describe('a server that', () => {
  it.each([
    ['answers with an error', status(503, { 'retry-after': '7' }), 503, 'Bad gateway'],
    ['answers with our envelope', envelope(429, 'rate_limited', 'no'), 429, '"processed":"no"'],
    ['shows a page', page, 200, 'Please log in'],
  ])('%s does so in the place of the handler', async (_, fault, code, words) => {
    server.inject(always, fault);
    const response = await get('/echo', { method: 'POST', body: '{"message":{"messageId":"m1"}}' });
    expect(response.status).toBe(code);
    expect(await response.text()).toContain(words);
    expect(server.messageIds()).toEqual([]);
  });

  it('changes a header leaves the rest as it is', async () => {
    server.inject(always, header({ 'content-type': null, 'x-added': 'yes' }));
    const response = await get();
    expect(response.headers.get('content-type')).toBeNull();
    expect(response.headers.get('x-added')).toBe('yes');
    expect(await response.text()).toBe(EVENTS.join(''));
  });

  it('redirects sends the client elsewhere', async () => {
    server.inject(always, redirect('/bytes'));
    expect((await get()).redirected).toBe(true);
    server.inject(always, redirect('/bytes'));
    expect(await get('/events', { redirect: 'error' }).catch(String)).toContain('TypeError');
  });

  it.each([
    ['refuses has seen nothing', refuse, 0],
    ['loses its answer has seen the message', loseAnswer, 1],
  ])('%s', async (_, fault, count) => {
    server.inject(always, fault);
    const body = '{"message":{"messageId":"m1"}}';
    expect(await get('/echo', { method: 'POST', body }).catch(codeOf)).toMatch(BROKEN);
    expect(server.messageIds()).toHaveLength(count);
  });

  it('delays is late, and hangs is silent', async () => {
    server.inject(always, delay(150));
    expect((await timed(() => get())).ms).toBeGreaterThanOrEqual(145);
    server.inject(always, hang);
    const silence = get('/events', { signal: AbortSignal.timeout(100) });
    expect(await silence.catch((error: Error) => error.name)).toBe('TimeoutError');
    expect(server.arrived).toHaveLength(2);
  });

  it('goes wrong as often as was said, then no more', async () => {
    server.inject((request) => request.method === 'POST', status(500), 2);
    const codes: number[] = [];
    for (const method of ['GET', 'POST', 'POST', 'POST']) codes.push((await get('/echo', { method })).status);
    expect(codes).toEqual([200, 500, 500, 200]);
  });
});

describe('a stream that is', () => {
  const [first, second, comment, end, sentinel] = EVENTS as [string, string, string, string, string];
  it.each([
    ['cut cleanly after bytes', cutBytes(10, 'clean'), first.slice(0, 10), 'end'],
    ['cut cleanly after events', cutEvents(2, 'clean'), first + second, 'end'],
    ['cut in half a frame', halfFrame(1), first + second.slice(0, Math.ceil(second.length / 2)), 'end'],
    ['without an end', withholdEnd, first + second + comment, 'end'],
    ['without an event', dropEvent(1), first + comment + end + sentinel, 'end'],
    ['with an event twice', duplicateEvent(1), first + second + second + comment + end + sentinel, 'end'],
    ['in another order', permuteEvents([2, 0, 1]), comment + end + first + second + sentinel, 'end'],
    ['changed', mutateEvent(0, () => 'data: {\n\n'), `data: {\n\n${second}${comment}${end}${sentinel}`, 'end'],
  ])('%s', async (_, fault, text, ending) => {
    server.inject(always, fault);
    expect(await readOut(await get())).toEqual({ text, ending });
  });

  it('reset in the middle breaks off as such', async () => {
    server.inject(always, cutEvents(2, 'reset'));
    const { text, ending } = await readOut(await get());
    expect(first + second).toContain(text);
    expect(ending).toMatch(BROKEN);
  });

  it('cut in half a frame tells nothing of it: no length, no chunks', async () => {
    server.inject(always, halfFrame(1));
    const { headers } = await get();
    expect([headers.get('content-length'), headers.get('transfer-encoding')]).toEqual([null, null]);
  });

  it('faulty still lets go of the handler when the client leaves', async () => {
    server.inject(always, withholdEnd);
    const leaving = new AbortController();
    const response = await get('/open', { signal: leaving.signal });
    open.write(first);
    await response.body!.getReader().read();
    leaving.abort();
    await expect.poll(() => open.isCancelled()).toBe(true);
  });
});
