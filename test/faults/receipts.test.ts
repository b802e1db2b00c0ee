import { expect, it } from 'vitest';
import { delay, envelope, hang, loseAnswer, page, refuse, status, type Fault } from '../support/faultServerFaults.js';
import { answer, started } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp, type SetUpOptions } from './support/setUp.js';
import type { Wire } from './support/wire.js';

/** A visitor who has had one answer, so that the backend is known. */
async function afterOneTurn(wire: Wire, options: SetUpOptions = {}) {
  const world = setUp(wire, options);
  world.backend.answersWith(says(...answer('Fine')));
  world.conversation.send('One');
  await world.clock.advance(100);
  return world;
}

const ANSWERED = ['One: sent', '> Fine: completed', 'Two: sent', '> Fine: completed'];

row('F-01', 'V', (wire) => {
  it('is sent again once a receipt has proved that it did not arrive', async () => {
    const { conversation, breaks, clock, state, transcript, posts, attempts } = await afterOneTurn(wire);
    breaks('send', refuse);
    const id = conversation.send('Two');
    await clock.settle();
    expect(state().connection).toBe('reconnecting');
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(attempts('receipt')).toBe(1);
    expect(posts().slice(1)).toEqual([id]);
  });

  it('also when it is the first message of all', async () => {
    const { conversation, backend, breaks, clock, transcript, posts } = setUp(wire);
    backend.answersWith(says(...answer('Fine')));
    breaks('send', refuse);
    const id = conversation.send('One');
    await clock.advance(5_000);
    expect(transcript()).toEqual(['One: sent', '> Fine: completed']);
    expect(posts()).toEqual([id]);
  });

  it('is not sent again where it had arrived: only its answer is looked for', async () => {
    const { conversation, breaks, clock, transcript, posts } = await afterOneTurn(wire);
    breaks('send', loseAnswer);
    const id = conversation.send('Two');
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(posts().slice(1)).toEqual([id]);
  });

  it('three more tries, then it has failed for certain, and may be retried', async () => {
    const { conversation, breaks, heals, clock, userMessage, transcript, attempts } = await afterOneTurn(wire);
    breaks('send', refuse, Infinity);
    const id = conversation.send('Two');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(1 + 4);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'network', processed: 'no' } });
    expect(clock.pending()).toBe(0);
    heals();
    conversation.retry(id);
    await clock.advance(100);
    expect(transcript()).toEqual(ANSWERED);
  });

  /** The connection is lost, and the request arrives all the same: behind the question what became of it. */
  const late =
    (ms: number): Fault =>
    async (request, next, sleep) => {
      const kept = request.clone();
      void sleep(ms).then(() => next(kept));
      throw new TypeError('Failed to fetch');
    };

  it('one that is overtaken by the question for its receipt reaches the agent once', async () => {
    const { conversation, backend, breaks, clock, transcript } = await afterOneTurn(wire);
    breaks('send', late(400));
    conversation.send('Two');
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(backend.runs).toHaveLength(2);
  });

  it('and has not failed for certain as long as it may be on its way', async () => {
    const { conversation, backend, breaks, clock, userMessage, transcript } = await afterOneTurn(wire);
    breaks('send', late(9_000), Infinity);
    const stopped = conversation.send('Stopped');
    await clock.advance(500); // a receipt has been asked for, and it waits for another try
    conversation.stop();
    expect(userMessage(stopped).delivery).toBe('uncertain');
    conversation.reset();
    backend.answersWith(says(...answer('Fine')));
    conversation.send('Two');
    await clock.advance(60_000);
    expect(transcript()).toEqual(['Two: sent', '> Fine: completed']);
    expect(backend.runs).toHaveLength(3);
    expect(clock.pending()).toBe(0);
  });

  it('one that arrives while a refusal of the next try is waited for is not answered again by a proxy without memory', async () => {
    const { conversation, backend, breaks, clock, userMessage, state } = await afterOneTurn(wire);
    breaks('send', late(5_000));
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': '20' }));
    const id = conversation.send('Two');
    await clock.advance(10_000);
    expect(backend.runs).toHaveLength(2);
    expect(state().run?.retryAt).not.toBeNull();
    backend.restart();
    await clock.advance(60_000);
    expect(backend.runs).toHaveLength(2);
    expect(userMessage(id).delivery).toBe('uncertain');
  });

  it('and where it did not arrive, it is sent once that has been waited for', async () => {
    const { conversation, breaks, clock, transcript, attempts } = await afterOneTurn(wire);
    breaks('send', refuse);
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': '20' }));
    conversation.send('Two');
    await clock.advance(15_000);
    expect(attempts('send')).toBe(1 + 2);
    await clock.advance(10_000);
    expect(transcript()).toEqual(ANSWERED);
  });

  it('a refusal of the last try does not say that the first has not arrived', async () => {
    const { conversation, backend, breaks, clock, transcript } = await afterOneTurn(wire);
    breaks('send', late(9_000));
    breaks('send', envelope(503, 'upstream_unreachable', 'no'), Infinity);
    conversation.send('Two');
    await clock.advance(60_000);
    expect(backend.runs).toHaveLength(2);
    expect(transcript()).toEqual(ANSWERED);
  });

  it('nobody there to ask either: the visitor decides, once that has lasted', async () => {
    const { conversation, breaks, clock, state, userMessage, attempts } = await afterOneTurn(wire);
    breaks('send', refuse, Infinity);
    breaks('receipt', refuse, Infinity);
    const id = conversation.send('Two');
    await clock.advance(30_000);
    expect(state().connection).toBe('reconnecting');
    await clock.advance(600_000);
    expect(userMessage(id).delivery).toBe('uncertain');
    expect(attempts('send')).toBe(1 + 1);
    expect(clock.pending()).toBe(0);
  });

  it('an outage of a minute goes by unnoticed but for the notice', async () => {
    const { conversation, breaks, heals, clock, transcript, posts } = await afterOneTurn(wire);
    breaks('send', refuse, Infinity);
    breaks('receipt', refuse, Infinity);
    const id = conversation.send('Two');
    await clock.advance(45_000);
    heals();
    await clock.advance(35_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(posts().slice(1)).toEqual([id]);
  });

  it.each<[string, SetUpOptions, (world: Awaited<ReturnType<typeof afterOneTurn>>) => void]>([
    ['its memory is another', {}, ({ backend }) => backend.restart()],
    ['it remembers for too short a time', { retainedSeconds: 0 }, () => undefined],
    ['it is plain Orq', { features: null }, () => undefined],
  ])('a backend whose silence proves nothing leaves it to the visitor: %s', async (_, options, meanwhile) => {
    const world = await afterOneTurn(wire, options);
    world.breaks('send', refuse);
    const id = world.conversation.send('Two');
    await world.clock.settle();
    meanwhile(world);
    await world.clock.advance(600_000);
    expect(world.userMessage(id).delivery).toBe('uncertain');
    expect(world.posts()).toHaveLength(1);
    const again = conversationResend(world, id);
    await world.clock.advance(100);
    expect(world.posts()[1]).toBe(again);
    expect(again).not.toBe(id);
  });
});

/** What the visitor's "Resend" does. @returns the new message's id. */
function conversationResend({ conversation, state }: ReturnType<typeof setUp>, id: string): string {
  conversation.resend(id);
  return state().messages.findLast(({ role }) => role === 'user')!.id;
}

row('F-35', 'V', (wire) => {
  it('a message that outlives its page is answered once, whatever becomes of the proxy', async () => {
    const { conversation, backend, breaks, clock, transcript } = await afterOneTurn(wire);
    breaks('send', delay(8_000));
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': '20' }));
    conversation.send('Two');
    await clock.advance(100);
    conversation.destroy();
    conversation.resume();
    await clock.advance(9_000);
    expect(backend.runs).toHaveLength(2);
    backend.restart();
    await clock.advance(60_000);
    expect(backend.runs).toHaveLength(2);
    expect(transcript().slice(0, 3)).toEqual(['One: sent', '> Fine: completed', 'Two: uncertain']);
  });

  it.each([0.1, 0.5, 0.9])(
    'and sent again by the next page where it came to nothing (by chance %d)',
    async (chance) => {
      const { conversation, breaks, clock, transcript } = await afterOneTurn(wire, {
        conversation: { random: () => chance },
      });
      breaks('send', async () => new Promise(() => undefined));
      conversation.send('Two');
      await clock.advance(100);
      conversation.destroy();
      conversation.resume();
      await clock.advance(13_000);
      expect(transcript()).toEqual(ANSWERED);
    },
  );
});

row('F-11', 'V', (wire) => {
  const codes = [500, 502, 503, 504];
  it.each(codes)('%i of ours that says that nothing was processed: sent again', async (code) => {
    const { conversation, breaks, clock, transcript, posts, attempts } = await afterOneTurn(wire);
    breaks('send', envelope(code, 'upstream_unreachable', 'no'));
    const id = conversation.send('Two');
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(attempts('receipt')).toBe(0);
    expect(posts().slice(1)).toEqual([id]);
  });

  const arrived =
    (fault: Fault): Fault =>
    async (request, next, sleep) => {
      await next(request);
      return fault(request, next, sleep);
    };
  const unclear = codes.flatMap((code): [string, Fault][] => [
    [`${code} of ours that leaves it open`, envelope(code, 'upstream_error', 'unknown')],
    [`${code} of something between`, status(code)],
  ]);
  it.each(unclear)('%s: a receipt decides', async (_, fault) => {
    const { conversation, breaks, clock, transcript, posts, attempts } = await afterOneTurn(wire);
    breaks('send', fault);
    const second = conversation.send('Two');
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    breaks('send', arrived(fault));
    const third = conversation.send('Three');
    await clock.advance(5_000);
    expect(transcript().slice(4)).toEqual(['Three: sent', '> Fine: completed']);
    expect(posts().slice(1)).toEqual([second, third]);
    expect(attempts('receipt')).toBe(2);
  });

  it.each(unclear)('%s, and no receipts: the visitor decides', async (_, fault) => {
    const { conversation, breaks, clock, userMessage, posts } = await afterOneTurn(wire, { features: null });
    breaks('send', fault);
    const id = conversation.send('Two');
    await clock.advance(600_000);
    expect(userMessage(id).delivery).toBe('uncertain');
    expect(posts()).toHaveLength(1);
  });

  it('no answer at all can be given up by the visitor, and is uncertain then', async () => {
    const { conversation, breaks, clock, userMessage, posts } = await afterOneTurn(wire);
    breaks('send', hang);
    const id = conversation.send('Two');
    await clock.advance(60_000);
    expect(userMessage(id).delivery).toBe('sending');
    conversation.stop();
    await clock.advance(100);
    expect(userMessage(id).delivery).toBe('uncertain');
    expect(posts()).toHaveLength(2);
  });
});

row('F-12', 'V', (wire) => {
  it('a portal that swallowed the message: sent once the portal is gone', async () => {
    const { conversation, breaks, heals, clock, transcript, posts } = await afterOneTurn(wire);
    breaks('send', page, Infinity);
    breaks('receipt', page, Infinity);
    const id = conversation.send('Two');
    await clock.advance(10_000);
    expect(transcript().at(-1)).not.toContain('log in');
    heals();
    await clock.advance(60_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(posts().slice(1)).toEqual([id]);
  });

  it('a page in the place of a stream that had begun to be written: its answer is looked for', async () => {
    const { conversation, backend, breaks, clock, transcript, posts } = await afterOneTurn(wire);
    backend.answersWith(null);
    breaks('send', async (request, next, sleep) => {
      await next(request);
      return page(request, next, sleep);
    });
    const id = conversation.send('Two');
    await clock.advance(5_000);
    backend.runs[1]!.say(started, ...answer('Fine').slice(1));
    await clock.advance(5_000);
    expect(transcript()).toEqual(ANSWERED);
    expect(posts().slice(1)).toEqual([id]);
  });

  it('without receipts the visitor decides, and sees no markup', async () => {
    const { conversation, breaks, clock, userMessage, posts } = await afterOneTurn(wire, { features: null });
    breaks('send', page);
    const id = conversation.send('Two');
    await clock.advance(600_000);
    expect(userMessage(id).delivery).toBe('uncertain');
    expect(userMessage(id).error!.userMessage).not.toMatch(/[<>{}]|html/i);
    expect(posts()).toHaveLength(1);
  });
});
