import { describe, expect, it } from 'vitest';
import { readResponse } from '../../src/transport/readResponse.js';
import { framesOf, streamOf } from '../support/answers.js';
import { collect } from '../support/collect.js';

const started = framesOf([{ type: 'response.started', data: { taskId: 't' } }]);
const word = framesOf([{ type: 'part.delta', data: { partId: 'text_1', delta: { kind: 'text', text: 'Hi' } } }]);
const over = framesOf([{ type: 'response.done', data: { finishReason: 'stop' } }]);
const broken = 'data: {"type":"part.del\n\n';
const sentinel = 'data: [DONE]\n\n';

const read = async (...chunks: string[]) => {
  const { events, error } = await collect(readResponse(streamOf(chunks)));
  return { types: events.map(({ type }) => type), events, code: error?.code ?? null };
};

describe('a streamed answer', () => {
  it.each([
    ['with its end and the sentinel', [started, over, sentinel], ['response.started', 'response.done'], null],
    ['without the sentinel', [started, over], ['response.started', 'response.done'], null],
    ['with events behind its end', [started, over, word], ['response.started', 'response.done'], null],
    [
      'with a failure and nothing before',
      [framesOf([{ type: 'response.failed', data: {} }])],
      ['response.failed'],
      null,
    ],
    ['that stops between events', [started, word], ['response.started', 'part.delta'], 'stream_dropped'],
    ['that stops within its last event', [started, over.slice(0, -1)], ['response.started'], 'stream_dropped'],
    ['without any event', [': hb\n\n'], [], 'stream_dropped'],
    [
      'with one event that cannot be read',
      [started, broken, over],
      ['response.started', 'event.skipped', 'response.done'],
      null,
    ],
  ])('%s', async (_, chunks, types, code) => {
    expect(await read(...chunks)).toMatchObject({ types, code });
  });

  it('is done for an unknown reason where only the sentinel says so', async () => {
    const { events } = await read(started, word, sentinel);
    expect(events.at(-1)).toMatchObject({ type: 'response.done', finishReason: 'unknown', pendingToolCalls: [] });
  });

  it('is not done where the event that would say so may be the one that could not be read', async () => {
    expect(await read(started, word, broken, sentinel)).toMatchObject({ code: 'stream_dropped' });
  });

  it('is complete where it ends in a carriage return, behind which a line feed could still have come', async () => {
    const carriageReturns = `${started}${over}`.replaceAll('\n', '\r');
    expect(await read(carriageReturns)).toMatchObject({ types: ['response.started', 'response.done'], code: null });
    expect(await read(carriageReturns.slice(0, -1))).toMatchObject({
      types: ['response.started'],
      code: 'stream_dropped',
    });
  });

  it('is left at the third event that cannot be read', async () => {
    const { types, code } = await read(started, broken, broken, broken, word, over);
    expect(types).toEqual(['response.started', 'event.skipped', 'event.skipped', 'event.skipped']);
    expect(code).toBe('stream_dropped');
  });

  it('is left at an event over 8 MiB, in one piece or in many, whatever came before it', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const endless = Array.from({ length: 9 }, () => megabyte);
    expect(await read(started, 'data: ', ...endless)).toMatchObject({
      types: ['response.started'],
      code: 'stream_dropped',
    });
    expect(await read(`${started}data: ${endless.join('')}\n\n`)).toMatchObject({
      types: ['response.started'],
      code: 'stream_dropped',
    });
    expect(await read(started, ...endless.map((each) => `data: ${each}\n`))).toMatchObject({ code: 'stream_dropped' });
  });

  it('may be large as long as its events are not', async () => {
    const long = framesOf([
      { type: 'part.delta', data: { partId: 'text_1', delta: { kind: 'text', text: 'x'.repeat(1024 * 1024) } } },
    ]);
    const { types, code } = await read(started, ...Array.from({ length: 10 }, () => long), over);
    expect(types).toHaveLength(12);
    expect(code).toBeNull();
  });

  it('lets go of its body when it is left', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(started)),
      cancel: () => void (isCancelled = true),
    });
    for await (const event of readResponse(body)) {
      expect(event.type).toBe('response.started');
      break;
    }
    expect(isCancelled).toBe(true);
  });
});
