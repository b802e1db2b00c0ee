import { header, type Fault } from './faultServerFaults.js';
import { framesIn, isData, isTerminalFrame } from './faultServerFrames.js';

/** How a connection ends: with an end that looks like any other, or with an RST. */
export type Ending = 'clean' | 'reset';

/** Ends the body after so many bytes. */
export const cutBytes = (count: number, ending: Ending): Fault =>
  body(async function* (bytes) {
    let left = count;
    for await (const chunk of bytes) {
      if (left > 0) yield chunk.subarray(0, left);
      left -= chunk.length;
      if (left <= 0) return finish(ending);
    }
  });

/** Ends the stream behind its first `count` events. */
export const cutEvents = (count: number, ending: Ending): Fault =>
  events(async function* (frames) {
    let left = count;
    for await (const frame of left > 0 ? frames : []) {
      yield frame;
      if (isData(frame)) left -= 1;
      if (left === 0) break;
    }
    if (left === 0) finish(ending);
  });

/** Ends in the middle of the event behind the first `count`. Without chunks or a length, so that nothing but the missing rest tells of it. */
export const halfFrame = (count: number): Fault => {
  const cut = events(async function* (frames) {
    let seen = 0;
    for await (const frame of frames) {
      const isCut = isData(frame) && seen++ === count;
      yield isCut ? frame.slice(0, Math.ceil(frame.length / 2)) : frame;
      if (isCut) return;
    }
  });
  const close = header({ connection: 'close' });
  return (request, next, sleep) => close(request, (inner) => cut(inner, next, sleep), sleep);
};

/** Sends the first `count` events, and then one line that never ends. `passed` tells how much of it was taken. */
export const endlessLine = (count: number, passed: { bytes: number }): Fault => {
  const cut = cutEvents(count, 'clean');
  return async (request, next, sleep) => {
    const { body: beginning, headers, status } = await cut(request, next, sleep);
    const reader = beginning!.getReader();
    const chunk = new TextEncoder().encode('x'.repeat(65_536));
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const step = await reader.read();
          if (!step.done) return controller.enqueue(step.value);
          controller.enqueue(passed.bytes === 0 ? new TextEncoder().encode('data: ') : chunk);
          passed.bytes += chunk.length;
        },
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { status, headers });
  };
};

/** Nothing comes behind the first `count` events, not even a heartbeat, until the connection is lost for good. */
export const stallEvents = (count: number, lost: () => Promise<void>): Fault =>
  events(async function* (frames) {
    let left = count;
    for await (const frame of left > 0 ? frames : []) {
      yield frame;
      if (isData(frame)) left -= 1;
      if (left === 0) break;
    }
    await lost();
    finish('reset');
  });

/** Leaves out what says that the answer is over, the sentinel included. */
export const withholdEnd: Fault = changeEvents((frame) => (isTerminalFrame(frame) ? [] : [frame]));

export const dropEvent = (index: number): Fault => changeEvents((frame, at) => (at === index ? [] : [frame]));
export const duplicateEvent = (index: number): Fault =>
  changeEvents((frame, at) => (at === index ? [frame, frame] : [frame]));
export const mutateEvent = (index: number, change: (frame: string) => string): Fault =>
  changeEvents((frame, at) => [at === index ? change(frame) : frame]);

/** Sends one event once more, right before the last. */
export const repeatEvent = (index: number): Fault =>
  events(async function* (frames) {
    let [at, held] = [0, ''];
    for await (const frame of frames) {
      if (isData(frame) && at++ === index) held = frame;
      else if (held !== '' && isTerminalFrame(frame)) {
        yield held;
        held = '';
      }
      yield frame;
    }
  });

/** Sends the first events in another order: `[2, 0, 1]` sends the third first. */
export const permuteEvents = (order: readonly number[]): Fault =>
  events(async function* (frames) {
    const held: string[] = [];
    for await (const frame of frames) {
      if (held.length === order.length || !isData(frame)) yield frame;
      else if (held.push(frame) === order.length) yield* order.map((index) => held[index]!);
    }
  });

/** Changes events one by one; `index` counts them from 0, comments do not count. */
export function changeEvents(change: (frame: string, index: number) => readonly string[]): Fault {
  return events(async function* (frames) {
    let index = 0;
    for await (const frame of frames) yield* isData(frame) ? change(frame, index++) : [frame];
  });
}

function events(change: (frames: AsyncIterable<string>) => AsyncIterable<string>): Fault {
  const encoder = new TextEncoder();
  return body(async function* (bytes) {
    for await (const frame of change(framesIn(bytes))) yield encoder.encode(frame);
  });
}

function body(change: (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>): Fault {
  return async (request, next) => {
    const response = await next(request);
    if (!response.body) return response;
    const reader = response.body.getReader();
    const chunks = change(readAll(reader))[Symbol.asyncIterator]();
    const stream = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const step = await chunks.next();
          if (step.done === true) controller.close();
          else controller.enqueue(step.value);
        },
        // Not by way of the generator, which hears of it only with the next chunk.
        cancel: (reason) => reader.cancel(reason),
      },
      { highWaterMark: 0 },
    );
    return new Response(stream, { status: response.status, headers: response.headers });
  };
}

async function* readAll(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel();
  }
}

/** What Chromium says of a body that broke off. */
function finish(ending: Ending): void {
  if (ending === 'reset') throw new TypeError('network error');
}
