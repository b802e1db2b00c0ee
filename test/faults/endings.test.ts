import { expect, it } from 'vitest';
import { cutEvents } from '../support/faultServerEvents.js';
import { envelope, loseAnswer, refuse } from '../support/faultServerFaults.js';
import { createManualClock } from '../support/manualClock.js';
import { answer, done, failed, review, started, text } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp } from './support/setUp.js';

row('F-27', 'V', (wire) => {
  it('what arrived stays, with the reason; a retry is a new turn of a new task', async () => {
    const { conversation, backend, clock, transcript, lastAnswer, posts, state } = setUp(wire);
    backend.answersWith(says(started, text('First, '), failed('Provider overloaded', 503)));
    const id = conversation.send('Explain');
    await clock.advance(600_000);
    expect(transcript()).toEqual(['Explain: sent', '> First, : failed']);
    expect(lastAnswer().error).toMatchObject({ code: 'response_failed' });
    expect(lastAnswer().error!.message).toContain('Provider overloaded');
    expect(state()).toMatchObject({ status: 'failed', taskId: null });
    expect(posts()).toEqual([id]);
    backend.answersWith(says(...answer('First, second, third.')));
    conversation.retry(lastAnswer().id);
    await clock.advance(100);
    expect(transcript().slice(2)).toEqual(['Explain: sent', '> First, second, third.: completed']);
    expect(posts()[1]).not.toBe(id);
    expect(backend.runs[1]!.continues).toBeNull();
  });
});

row('F-34', 'V', (wire) => {
  async function untilAsked() {
    const world = setUp(wire);
    world.conversation.send('Delete my order');
    await world.clock.settle();
    world.backend.runs[0]!.say(started, review('call_1'));
    await world.clock.advance(100);
    return world;
  }
  const callIn = ({ lastAnswer }: ReturnType<typeof setUp>) => lastAnswer().parts[0];

  it.each([
    ['decided elsewhere', 409, 'review_decided'],
    ['expired', 410, 'review_gone'],
  ])('%s: is refused, and the decision is not sent again', async (_, code, name) => {
    const world = await untilAsked();
    world.breaks('review', envelope(code, name, 'no'));
    await expect(world.conversation.approve('call_1')).rejects.toMatchObject({ name: 'AgentChatError' });
    await world.clock.advance(60_000);
    expect(world.attempts('review')).toBe(1);
    expect(world.backend.reviews).toEqual([]);
  });

  it('after the end of the answer there is nothing to decide any more', async () => {
    const world = await untilAsked();
    world.backend.runs[0]!.say(done);
    await world.clock.advance(100);
    expect(callIn(world)).toMatchObject({ state: 'interrupted' });
    await expect(world.conversation.approve('call_1')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(world.attempts('review')).toBe(0);
  });

  it('decides once, however often it is clicked', async () => {
    const world = await untilAsked();
    await world.conversation.approve('call_1');
    await expect(world.conversation.approve('call_1')).rejects.toThrow();
    await expect(world.conversation.reject('call_1')).rejects.toThrow();
    expect(world.backend.reviews).toEqual(['call_1']);
  });
});

row('F-34', 'V', (wire) => {
  it('two clicks at once are one decision', async () => {
    const world = setUp(wire);
    world.conversation.send('Delete my order');
    await world.clock.settle();
    world.backend.runs[0]!.say(started, review('call_1'));
    await world.clock.advance(100);
    await Promise.allSettled([world.conversation.approve('call_1'), world.conversation.approve('call_1')]);
    expect(world.attempts('review')).toBe(1);
  });

  it.each([
    [409, 'review_decided'],
    [410, 'review_gone'],
  ])('%i: nobody is asked any more', async (code, name) => {
    const world = setUp(wire);
    world.conversation.send('Delete my order');
    await world.clock.settle();
    world.backend.runs[0]!.say(started, review('call_1'));
    await world.clock.advance(100);
    world.breaks('review', envelope(code, name, 'no'));
    await expect(world.conversation.approve('call_1')).rejects.toThrow();
    expect(world.lastAnswer().parts[0]).not.toMatchObject({ state: 'review-requested' });
  });
});

row('F-46', 'V', (wire) => {
  it('ends the answer, asks the proxy to stop, and the next message waits for the task', async () => {
    const { conversation, backend, clock, state, transcript, posts } = setUp(wire);
    conversation.send('One');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('Once upon'));
    await clock.advance(100);
    conversation.stop();
    await clock.settle();
    expect(state()).toMatchObject({ status: 'canceled', run: null, connection: 'idle' });
    expect(run!.listeners()).toBe(0);
    expect(backend.cancels).toEqual([run!.taskId]);
    expect(clock.pending()).toBe(0);
    const id = conversation.send('Two');
    await clock.advance(30_000);
    expect(transcript()).toEqual(['One: sent', '> Once upon: canceled', 'Two: queued']);
    expect(posts()).toHaveLength(1);
    run!.say(text(' a time'), done);
    backend.answersWith(says(...answer('Yes?')));
    await clock.advance(6_000);
    expect(transcript()).toEqual(['One: sent', '> Once upon: canceled', 'Two: sent', '> Yes?: completed']);
    expect(posts()[1]).toBe(id);
    expect(backend.runs[1]!.continues).toBe(run!.taskId);
  });

  it('asks nobody where nobody offers to stop', async () => {
    const { conversation, backend, clock, attempts } = setUp(wire, { features: null });
    conversation.send('One');
    await clock.settle();
    backend.runs[0]!.say(started, text('Once'));
    await clock.advance(100);
    conversation.stop();
    await clock.advance(100);
    expect(attempts('cancel')).toBe(0);
  });

  it('before anything came: the message may have been received', async () => {
    const { conversation, clock, transcript, posts } = setUp(wire);
    conversation.send('One');
    await clock.settle();
    conversation.stop();
    await clock.advance(60_000);
    expect(transcript()).toEqual(['One: uncertain']);
    expect(posts()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('in the middle of a search for the answer ends the search', async () => {
    const { conversation, backend, breaks, clock, transcript } = setUp(wire);
    backend.answersWith(says(...answer('Once upon a time')));
    breaks('send', cutEvents(2, 'reset'));
    breaks('replay', refuse, Infinity);
    breaks('poll', refuse, Infinity);
    conversation.send('One');
    await clock.advance(2_000);
    conversation.stop();
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> Once : canceled']);
    expect(clock.pending()).toBe(0);
  });
});

const DAY = 86_400_000;

row('F-48', 'V', (wire) => {
  it.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
  ])('%s: a message that was lost is found or sent again, a wait is as long as asked', async (_, skew) => {
    const clock = createManualClock();
    const skewed = { ...clock, now: () => clock.now() + skew };
    const world = setUp(wire, { clock, conversation: { clock: skewed }, transport: { clock: skewed } });
    world.backend.answersWith(says(...answer('Fine')));
    world.breaks('send', refuse);
    world.conversation.send('One');
    await clock.advance(5_000);
    world.breaks('send', loseAnswer);
    world.conversation.send('Two');
    await clock.advance(5_000);
    const serverTime = (offset: number) => new Date(clock.now() + offset).toUTCString();
    world.breaks(
      'send',
      envelope(429, 'rate_limited', 'no', { 'retry-after': serverTime(20_000), date: serverTime(0) }),
    );
    world.conversation.send('Three');
    await clock.advance(19_000);
    expect(world.transcript().at(-1)).toBe('Three: queued');
    await clock.advance(3_000);
    expect(world.transcript()).toEqual(
      ['One', 'Two', 'Three'].flatMap((words) => [`${words}: sent`, '> Fine: completed']),
    );
    expect(new Set(world.posts()).size).toBe(3);
    expect(world.posts()).toHaveLength(3);
  });

  it('ids keep their order when the clock goes back', async () => {
    const clock = createManualClock();
    let skew = 0;
    const world = setUp(wire, { clock, conversation: { clock: { ...clock, now: () => clock.now() + skew } } });
    const before = world.conversation.send('One');
    skew = -DAY;
    const after = world.conversation.send('Two');
    expect(after > before).toBe(true);
  });

  it.each([
    ['ahead', DAY],
    ['back', -DAY],
  ])('a clock that jumps a day %s while the answer is polled', async (_, jump) => {
    const clock = createManualClock();
    let skew = 0;
    const jumping = { ...clock, now: () => clock.now() + skew };
    const world = setUp(wire, {
      clock,
      features: null,
      conversation: { clock: jumping },
      transport: { clock: jumping },
    });
    world.conversation.send('One');
    await clock.settle();
    world.backend.runs[0]!.say(started, text('Fi'));
    world.backend.runs[0]!.drop('reset');
    await clock.advance(5_000);
    skew = jump;
    await clock.advance(30_000);
    world.backend.runs[0]!.say(text('ne'), done);
    await clock.advance(10_000);
    expect(world.transcript()).toEqual(['One: sent', '> Fine: completed']);
  });
});

row('F-52', 'V', (wire) => {
  it('the answer ends, and nothing of the first is there for the second', async () => {
    const { conversation, backend, clock, state, posts } = setUp(wire, { conversation: { identity: { id: 'ann' } } });
    conversation.send('My PIN is 1234');
    conversation.send('And more');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('Dear Ann'));
    await clock.advance(100);
    conversation.update({ identity: { id: 'bob' } });
    expect(JSON.stringify(state())).not.toMatch(/1234|Ann|more|task-1/);
    expect(state()).toMatchObject({ messages: [], taskId: null, run: null });
    await clock.settle();
    expect(run!.listeners()).toBe(0);
    run!.say(text(', here it is'), done);
    await clock.advance(60_000);
    expect(state().messages).toEqual([]);
    conversation.send('Hello');
    await clock.advance(100);
    expect(posts()).toHaveLength(2);
    expect(backend.runs[1]!.continues).toBeNull();
    expect(JSON.stringify(backend.runs[1]!.body)).toContain('bob');
  });
});
