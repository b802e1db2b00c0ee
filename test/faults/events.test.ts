import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import { streamAnswer } from '../support/answers.js';
import { collect, sendRequest } from '../support/collect.js';
import { mutateEvent } from '../support/faultServerEvents.js';
import { isTerminalFrame } from '../support/faultServerFrames.js';
import { answer, done, started, text, textDone, unknownPart, type Moment } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import type { ScriptedRun } from './support/scriptedRun.js';
import { setUp } from './support/setUp.js';
import type { Wire } from './support/wire.js';

const WORDS = 'Žluťoučký kůň 🐎 said: "hello\\there"';

/** Lets the agent say these, one after the other, and gives the parts of its answer when it is over. */
async function partsAfter(wire: Wire, moments: readonly Moment[]) {
  const { conversation, backend, clock, transcript, lastAnswer, posts } = setUp(wire, { features: null });
  conversation.send('Hello');
  await clock.settle();
  const [run] = backend.runs;
  for (const moment of moments) run!.write(`data: ${wire.encode(moment, run!.speaker)}\n\n`);
  run!.say(done);
  await clock.advance(100);
  expect(transcript()).toHaveLength(2);
  expect(posts()).toHaveLength(1);
  return lastAnswer();
}

row('F-20', 'V', (wire) => {
  it('any of them, any number of times, at once or later', async () => {
    const events = answer(WORDS).slice(0, -1);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(events.length - 1), fc.nat(20)), { maxLength: 30 }),
        async (repeats) => {
          const said = events.flatMap((event, at) => [
            event,
            ...repeats.flatMap(([index, delay]) =>
              Math.min(index + delay, events.length - 1) === at ? [events[index]!] : [],
            ),
          ]);
          const last = await partsAfter(wire, said);
          expect(last).toMatchObject({ status: 'completed', parts: [{ kind: 'text', text: WORDS, state: 'done' }] });
          expect(last.parts).toHaveLength(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});

row('F-21', 'V', (wire) => {
  it('in any order, the whole parts are what is shown', async () => {
    const events = [
      ...answer('One two three').slice(0, -1),
      text('a ', 'text_2'),
      text('b', 'text_2'),
      textDone('a b', 'text_2'),
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
        const last = await partsAfter(wire, shuffled);
        expect(last.status).toBe('completed');
        const words = last.parts.map((part) => (part.kind === 'text' ? part.text : part.kind));
        expect(words.sort()).toEqual(['One two three', 'a b']);
      }),
      { numRuns: 300 },
    );
  });
});

row('F-22', 'V', (wire) => {
  it('is left out and reported; a part that came whole leaves a placeholder', async () => {
    const heard: AgentEvent['type'][] = [];
    const { conversation, backend, clock, transcript, lastAnswer } = setUp(wire, {
      conversation: { onEvent: (event) => void heard.push(event.type as AgentEvent['type']) },
    });
    conversation.send('Hello');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('Hi '));
    run!.write('data: {"type":"response.rewound","data":{"to":3}}\n\n');
    run!.write('event: nonsense\nretry: 5\nunheard: of\ndata: {"type":"tool.levitated","data":{}}\n\n');
    run!.say(unknownPart('hologram_1'), text('there'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['Hello: sent', '> Hi \n\nthere: completed'.replace('\n\n', '')]);
    expect(lastAnswer().parts).toMatchObject([{ kind: 'text' }, { kind: 'unknown', originalKind: 'hologram' }]);
    expect(heard.filter((type) => type === 'event.skipped')).toHaveLength(2);
  });

  it('fields that nobody knows change nothing', async () => {
    const { conversation, backend, breaks, clock, transcript } = setUp(wire);
    backend.answersWith(says(...answer(WORDS)));
    for (let index = 0; index < 6; index += 1) {
      breaks(
        'send',
        mutateEvent(index, (frame) => frame.replace(/\{(?=")/g, '{"__proto__":{"x":1},"later":[{"a":null}],')),
      );
      conversation.send('Hello');
      await clock.advance(5_000);
      expect(transcript().slice(-2)).toEqual(['Hello: sent', `> ${WORDS}: completed`]);
    }
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

row('F-23', 'V', (wire) => {
  const speaker = { taskId: 'task-1', responseId: 'response-1' };
  const whole = wire.encode(text('there'), speaker);
  const broken = [
    ...Array.from({ length: whole.length - 1 }, (_, length) => whole.slice(0, length + 1)),
    ...Array.from({ length: whole.length }, (_, at) => `${whole.slice(0, at)}\u0001${whole.slice(at + 1)}`).filter(
      isNoJson,
    ),
    ...[
      'null',
      '1',
      '[]',
      '"x"',
      '{}',
      '{"type":7}',
      'undefined',
      'NaN',
      "{'type':'x'}",
      '{"type":"part.delta",}',
      '\u0000',
      '[DONE',
      '<p>',
    ],
  ];

  it('is skipped, and the rest is shown', async () => {
    expect(broken.length).toBeGreaterThanOrEqual(188);
    for (const data of broken) {
      const { conversation, backend, clock, transcript, attempts } = setUp(wire);
      conversation.send('Hello');
      await clock.settle();
      const [run] = backend.runs;
      run!.say(started, text('Hi '));
      run!.write(`data: ${data}\n\n`);
      run!.say(textDone('Hi there'), done);
      await clock.advance(100);
      expect([data, ...transcript()]).toEqual([data, 'Hello: sent', '> Hi there: completed']);
      expect(attempts('poll') + attempts('replay')).toBe(0);
    }
  });

  const spoil = (frame: string): string => frame.replace(/\}\n\n$/, '\n\n');
  it.each<[string, (run: ScriptedRun) => void]>([
    ['three of them', (run) => ['{', '}', '{"type"'].forEach((data) => run.write(`data: ${data}\n\n`))],
    ['the one that ends the answer', () => undefined],
  ])('%s: the answer is fetched as a whole', async (_, spoilMore) => {
    const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire, { features: null });
    breaks('send', async (request, next, sleep) =>
      mutateEvent(2, (frame) => (isTerminalFrame(frame) ? spoil(frame) : frame))(request, next, sleep),
    );
    conversation.send('Hello');
    await clock.settle();
    backend.runs[0]!.say(started, text('Hi '));
    spoilMore(backend.runs[0]!);
    backend.runs[0]!.say(done);
    await clock.advance(5_000);
    expect(transcript()).toEqual(['Hello: sent', '> Hi : completed']);
    expect(attempts('poll')).toBe(1);
    expect(posts()).toHaveLength(1);
  });
});

function isNoJson(data: string): boolean {
  try {
    JSON.parse(data);
    return false;
  } catch {
    return true;
  }
}

row('F-24', 'V', (wire) => {
  const speaker = { taskId: 'task-1', responseId: 'response-1' };
  const lines = [...answer(WORDS).map((moment) => wire.encode(moment, speaker)), wire.sentinel];
  const bytesOf = (end: string, mark: string) =>
    new TextEncoder().encode(mark + lines.map((line) => `: hb${end}${end}data: ${line}${end}${end}`).join(''));
  const streams = ['\n', '\r\n', '\r'].flatMap((end) => [bytesOf(end, ''), bytesOf(end, '\ufeff')]);

  async function read(chunks: readonly Uint8Array[]) {
    const transport = wire.createTransport({ url: '/chat', fetch: async () => streamAnswer(chunks) });
    return collect(transport.send(sendRequest()));
  }

  it('at every single place', async () => {
    const expected = await read([streams[0]!]);
    expect(expected.error).toBeNull();
    for (const bytes of streams) {
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
      }
    }
  });

  it('at many places at once, 20,000 times', async () => {
    const expected = JSON.stringify(await read([streams[0]!]));
    const cutting = fc.tuple(fc.constantFrom(...streams), fc.array(fc.nat(2_000), { maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(cutting, async ([bytes, places]) => {
        const cuts = [0, ...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
        expect(JSON.stringify(await read(chunks))).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
  }, 60_000);
});

row('F-25', 'V', (wire) => {
  it.each([
    ['a line that never ends', 'x'],
    ['lines without end in one event', `data: ${'x'.repeat(1017)}\n`],
  ])('%s', async (_, piece) => {
    const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire, { features: null });
    let read = 0;
    backend.answersWith(says(...answer('Short enough')));
    breaks('send', async (request, next) => {
      await next(request);
      const chunk = new TextEncoder().encode(piece.repeat(65_536 / piece.length));
      const begin = `data: ${wire.encode(started, backend.runs[0]!.speaker)}\n\ndata: `;
      const body = new ReadableStream<Uint8Array>(
        {
          start: (controller) => controller.enqueue(new TextEncoder().encode(begin)),
          pull(controller) {
            read += chunk.length;
            controller.enqueue(chunk);
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    conversation.send('Hello');
    await expect.poll(() => attempts('poll') > 0 || clock.advance(600), { timeout: 20_000 }).toBe(true);
    expect(read).toBeGreaterThan(8_000_000);
    expect(read).toBeLessThan(9_000_000);
    await clock.advance(5_000);
    expect(transcript()).toEqual(['Hello: sent', '> Short enough: completed']);
    expect(posts()).toHaveLength(1);
  });
});
