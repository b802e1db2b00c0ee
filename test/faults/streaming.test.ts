import { expect, it, vi } from 'vitest';
import {
  cutBytes,
  cutEvents,
  duplicateEvent,
  halfFrame,
  withholdEnd,
  type Ending,
} from '../support/faultServerEvents.js';
import { hang, refuse, type Fault } from '../support/faultServerFaults.js';
import { answer, done, started, text, textDone } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp } from './support/setUp.js';

const WORDS = 'Your parcel leaves us today and is with you on Thursday.';
const EVENTS = answer(WORDS).length;
const ways: [string, readonly string[] | null][] = [
  ['by replay', ['cancel', 'receipts', 'replay', 'heartbeats']],
  ['by polling', ['cancel', 'receipts', 'heartbeats']],
  ['by polling plain Orq', null],
];

/** The request gets lost on its way, and nobody notices. */
const swallow: Fault = () => new Promise<Response>(() => undefined);

row('F-15', 'V', (wire) => {
  const cuts = Array.from({ length: EVENTS - 1 }, (_, index) => index + 1);
  it.each(ways)('behind any event, the answer comes whole %s', async (_, features) => {
    for (const ending of ['reset', 'clean'] as const satisfies Ending[]) {
      for (const cut of cuts) {
        const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire, { features });
        backend.answersWith(says(...answer(WORDS)));
        breaks('send', cutEvents(cut, ending));
        const id = conversation.send('When?');
        await clock.advance(5_000);
        expect({ cut, ending, transcript: transcript() }).toEqual({
          ...{ cut, ending },
          transcript: ['When?: sent', `> ${WORDS}: completed`],
        });
        expect(posts()).toEqual([id]);
        expect(attempts('replay')).toBe(features?.includes('replay') ? 1 : 0);
        expect(clock.pending()).toBe(0);
      }
    }
  });

  it.each(ways)('what arrived stays on the page meanwhile: %s', async (_, features) => {
    const { conversation, backend, breaks, clock, state, transcript } = setUp(wire, { features });
    conversation.send('When?');
    await clock.settle();
    backend.runs[0]!.say(started, text('Your parcel '));
    await clock.advance(100);
    breaks('replay', refuse, 3);
    breaks('poll', refuse, 3);
    backend.runs[0]!.drop('reset');
    await clock.advance(50);
    expect(state()).toMatchObject({ status: 'working', connection: 'reconnecting' });
    expect(transcript()).toEqual(['When?: sent', '> Your parcel : working']);
    backend.runs[0]!.say(text('is late.'), done);
    await clock.advance(20_000);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
  });

  it('a replay that breaks off again and again still loses nothing', async () => {
    const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire);
    backend.answersWith(says(...answer(WORDS)));
    breaks('send', cutEvents(1, 'reset'));
    breaks('replay', cutEvents(1, 'reset'), EVENTS - 2);
    conversation.send('When?');
    await clock.advance(120_000);
    expect(transcript()).toEqual(['When?: sent', `> ${WORDS}: completed`]);
    expect(attempts('replay')).toBe(EVENTS - 1);
    expect(attempts('poll')).toBe(0);
    expect(posts()).toHaveLength(1);
  });

  it('a replay that is not kept any more is replaced by polling', async () => {
    const { conversation, backend, clock, transcript, attempts } = setUp(wire);
    conversation.send('When?');
    await clock.settle();
    backend.runs[0]!.say(started, text('Your '));
    await clock.advance(100);
    backend.restart();
    await clock.advance(3_000);
    backend.runs[0]!.say(text('parcel.'), done);
    await clock.advance(5_000);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel.: completed']);
    expect(attempts('poll')).toBeGreaterThan(0);
  });

  it.each([
    ['in the middle of a frame', halfFrame(3)],
    ['in the middle of a byte sequence', cutBytes(333, 'reset')],
    ['without its end', withholdEnd],
    [
      'after a repeated event',
      async (...call) => cutEvents(4, 'reset')(call[0], (r) => duplicateEvent(2)(r, call[1], call[2]), call[2]),
    ],
  ] as [string, ReturnType<typeof cutBytes>][])('%s', async (_, fault) => {
    const { conversation, backend, breaks, clock, transcript, posts } = setUp(wire);
    backend.answersWith(says(...answer(WORDS)));
    breaks('send', fault);
    conversation.send('When?');
    await clock.advance(5_000);
    expect(transcript()).toEqual(['When?: sent', `> ${WORDS}: completed`]);
    expect(posts()).toHaveLength(1);
  });
});

row('F-19', 'V', (wire) => {
  it('45 s without a byte, and the rest is got otherwise', async () => {
    const { conversation, backend, clock, state, transcript, attempts, posts } = setUp(wire, {
      heartbeatMs: 3_600_000,
    });
    conversation.send('When?');
    await clock.settle();
    backend.runs[0]!.say(started, text('Your parcel '));
    await clock.advance(44_900);
    expect(state().connection).toBe('streaming');
    expect(backend.runs[0]!.listeners()).toBe(1);
    backend.runs[0]!.write(': hb\n\n');
    await clock.advance(44_900);
    expect(state().connection).toBe('streaming');
    await clock.advance(200);
    expect(attempts('replay')).toBe(1);
    expect(backend.runs[0]!.listeners()).toBe(1); // the silent one was left
    backend.runs[0]!.say(text('is late.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
    expect(posts()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('an agent that thinks for ten minutes is no stall: heartbeats count', async () => {
    const { conversation, backend, clock, transcript, attempts } = setUp(wire);
    conversation.send('When?');
    await clock.settle();
    backend.runs[0]!.say(started);
    await clock.advance(600_000);
    expect(attempts('replay') + attempts('poll')).toBe(0);
    backend.runs[0]!.say(text('Today.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
  });

  it('where nobody promised heartbeats silence means nothing: the stream stays open', async () => {
    const { conversation, backend, clock, transcript } = setUp(wire, { features: null });
    conversation.send('When?');
    await clock.settle();
    backend.runs[0]!.say(started, text('To'));
    await clock.advance(300_000);
    expect(backend.runs[0]!.listeners()).toBe(1);
    backend.runs[0]!.say(text('day.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
  });

  it('but the answer is asked for beside it, from when the visitor is told that the agent still works', async () => {
    const { conversation, backend, clock, state, transcript, attempts, posts } = setUp(wire, { features: null });
    conversation.send('When?');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('To'));
    await clock.advance(9_900);
    expect(attempts('poll')).toBe(0);
    await clock.advance(7_000);
    expect(attempts('poll')).toBeGreaterThan(0);
    expect(state()).toMatchObject({ status: 'working', connection: 'streaming' });
    run!.stall();
    run!.say(text('day.'), textDone('Today.'), done);
    await clock.advance(6_000);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
    expect(run!.listeners()).toBe(0);
    expect(posts()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('a page that breaks what looking after it needs breaks no stream', async () => {
    const { conversation, backend, clock, transcript } = setUp(wire);
    conversation.send('When?');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('To'));
    await clock.advance(100);
    const now = vi.spyOn(clock, 'after').mockImplementation(() => {
      throw new TypeError('Broken by the page.');
    });
    await clock.advance(6_000);
    now.mockRestore();
    run!.say(textDone('Today.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
  });

  it('and asked for no more once the stream goes on: nothing comes twice', async () => {
    const { conversation, backend, clock, transcript, attempts } = setUp(wire, { features: null });
    conversation.send('When?');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('To'));
    await clock.advance(20_000);
    run!.say(text('mor'));
    await clock.advance(6_000);
    const asked = attempts('poll');
    for (const piece of ['ro', 'w', '.']) {
      run!.say(text(piece));
      await clock.advance(3_000);
    }
    expect(attempts('poll')).toBe(asked);
    expect(transcript()).toEqual(['When?: sent', '> Tomorrow.: working']);
    run!.say(textDone('Tomorrow.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Tomorrow.: completed']);
    expect(clock.pending()).toBe(0);
  });

  it('a poll beside it that finds nobody leaves the stream alone', async () => {
    const { conversation, backend, breaks, clock, transcript } = setUp(wire, { features: null });
    conversation.send('When?');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('To'));
    breaks('poll', refuse, Infinity);
    await clock.advance(100_000);
    expect(run!.listeners()).toBe(1);
    run!.say(text('day.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
  });

  it('a message that nobody answers at all is given up after 60 s; a receipt finds its answer, and it is not sent again', async () => {
    const { conversation, backend, breaks, clock, transcript, attempts } = setUp(wire);
    backend.answersWith(says(...answer('Today.')));
    breaks('send', hang);
    conversation.send('When?');
    await clock.advance(59_000);
    expect(transcript()).toEqual(['When?: sending']);
    await clock.advance(10_000);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
    expect(attempts('send')).toBe(1);
    expect(clock.pending()).toBe(0);
  });

  it.each([
    ['no receipt', null, 1],
    ['receipts that do not know it', undefined, 8],
  ] as const)('nor with %s: nobody knows, and the visitor decides', async (_, features, receipts) => {
    const { conversation, backend, breaks, clock, userMessage, attempts } = setUp(wire, {
      ...(features === null ? { features } : {}),
    });
    backend.answersWith(says(...answer('Fine.')));
    conversation.send('One');
    await clock.advance(100);
    breaks('send', swallow);
    const id = conversation.send('Two');
    await clock.advance(300_000);
    expect(userMessage(id)).toMatchObject({ delivery: 'uncertain', error: { code: 'timeout' } });
    expect(attempts('send')).toBe(2);
    expect(attempts('receipt')).toBe(receipts);
    expect(clock.pending()).toBe(0);
  });

  it('how long that is may be said; one with files has longer, and in one piece for ever', async () => {
    const file = { kind: 'file', file: { bytes: 'AAAA', mimeType: 'image/png', name: 'a.png' } } as const;
    const cases = [
      [{ answerMs: 100_000 }, { parts: [{ kind: 'text', text: 'Hi' }] }, 100_000],
      [{}, { parts: [file] }, 180_000],
      [{ mode: 'sync' }, { parts: [{ kind: 'text', text: 'Hi' }] }, Infinity],
    ] as const;
    for (const [transport, input, limit] of cases) {
      const { conversation, breaks, clock, state } = setUp(wire, { transport });
      breaks('send', swallow);
      conversation.send(input);
      await clock.advance(Math.min(limit, 900_000) - 1_000);
      expect(state().connection).toBe('connecting');
      await clock.advance(6_000);
      expect(state().connection).toBe(limit === Infinity ? 'connecting' : 'reconnecting');
      conversation.destroy();
    }
  });

  it('silence before the first event is a stall too: a receipt finds the answer', async () => {
    const { conversation, backend, clock, transcript, posts } = setUp(wire, { heartbeatMs: 3_600_000 });
    conversation.send('When?');
    await clock.advance(46_000);
    backend.runs[0]!.say(...answer('Today.'));
    await clock.advance(5_000);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['replay', undefined],
    ['poll', null],
  ] as const)('a %s that nobody answers is given up after 45 s, and asked for again', async (kind, features) => {
    const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire, {
      ...(features === null ? { features } : {}),
    });
    conversation.send('When?');
    await clock.settle();
    breaks(kind, hang);
    backend.runs[0]!.say(started, text('Your parcel '));
    backend.runs[0]!.drop('reset');
    await clock.advance(20_000);
    expect(attempts(kind)).toBe(1);
    backend.runs[0]!.say(text('is late.'), done);
    await clock.advance(40_000);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
    expect(attempts(kind)).toBe(2);
    expect(posts()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });
});

row('F-36', 'V', (wire) => {
  async function inTheMiddle() {
    const world = setUp(wire, { heartbeatMs: 3_600_000 });
    world.conversation.send('When?');
    await world.clock.settle();
    const run = world.backend.runs[0]!;
    run.say(started, text('Your parcel '));
    await world.clock.advance(100);
    return { ...world, run };
  }

  it('a stream that says nothing within 2 s after that is left, and the rest is got otherwise', async () => {
    const { clock, run, transcript, attempts, posts } = await inTheMiddle();
    run.stall();
    run.say(text('is late.'), textDone('Your parcel is late.'), done);
    clock.sleep(30_000);
    await clock.advance(1_900);
    expect(attempts('replay')).toBe(0);
    await clock.advance(200);
    expect(attempts('replay')).toBe(1);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
    expect(posts()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('one that flows is not touched', async () => {
    const { clock, run, transcript, attempts } = await inTheMiddle();
    clock.sleep(30_000);
    await clock.advance(1_000);
    run.say(text('is '));
    await clock.advance(10_000);
    expect(attempts('replay')).toBe(0);
    run.say(text('late.'), done);
    await clock.advance(100);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
  });

  it('nor one of a nap, or of a clock that is set back', async () => {
    const { clock, run, attempts } = await inTheMiddle();
    clock.sleep(14_000);
    await clock.advance(3_000);
    clock.sleep(-3_600_000);
    await clock.advance(40_000);
    expect(attempts('replay')).toBe(0);
    expect(run.listeners()).toBe(1);
  });

  it('a replay is a stream like any other', async () => {
    const { clock, run, transcript, attempts } = await inTheMiddle();
    run.drop('reset');
    await clock.advance(1_000);
    expect(attempts('replay')).toBe(1);
    run.stall();
    run.say(text('is late.'), textDone('Your parcel is late.'), done);
    clock.sleep(30_000);
    await clock.advance(10_000);
    expect(transcript()).toEqual(['When?: sent', '> Your parcel is late.: completed']);
  });

  it('a message that had not been answered when the page fell asleep is looked for, and not sent again', async () => {
    const { conversation, backend, breaks, clock, transcript, attempts } = setUp(wire);
    backend.answersWith(says(...answer('Today.')));
    breaks('send', hang);
    conversation.send('When?');
    await clock.advance(100);
    clock.sleep(60_000);
    await clock.advance(4_000);
    expect(transcript()).toEqual(['When?: sent', '> Today.: completed']);
    expect(attempts('send')).toBe(1);
  });
});
