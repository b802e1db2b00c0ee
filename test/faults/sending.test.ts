import { expect, it, vi } from 'vitest';
import { envelope, redirect, refuse, status } from '../support/faultServerFaults.js';
import { answer, done, started, text } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp } from './support/setUp.js';

row('F-02', 'V', (wire) => {
  it('a message waits, and leaves when the network is back', async () => {
    const { conversation, network, backend, clock, state, transcript, attempts, posts } = setUp(wire);
    backend.answersWith(says(...answer('Here you are')));
    network.turn('off');
    const id = conversation.send('Hello');
    await clock.advance(300_000);
    expect(attempts('send')).toBe(0);
    expect(transcript()).toEqual(['Hello: queued']);
    expect(state()).toMatchObject({ connection: 'offline' });
    network.turn('on');
    await clock.advance(100);
    expect(transcript()).toEqual(['Hello: sent', '> Here you are: completed']);
    expect(posts()).toEqual([id]);
  });

  it('being online proves nothing: the request decides', async () => {
    const { conversation, network, backend, breaks, clock, transcript, posts } = setUp(wire);
    backend.answersWith(says(...answer('Here you are')));
    network.turn('on');
    breaks('send', refuse);
    const id = conversation.send('Hello');
    await clock.advance(10_000);
    expect(transcript()).toEqual(['Hello: sent', '> Here you are: completed']);
    expect(posts()).toEqual([id]);
  });
});

row('F-04', 'V', (wire) => {
  it.each([400, 422])('%i is not sent again, and may be edited', async (code) => {
    const { conversation, backend, breaks, clock, userMessage, transcript, attempts, posts } = setUp(wire);
    backend.answersWith(says(...answer('Better')));
    breaks('send', envelope(code, 'invalid_request', 'no'));
    const id = conversation.send('Bad');
    await clock.advance(600_000);
    expect(userMessage(id)).toMatchObject({
      delivery: 'failed',
      error: { code: 'invalid_request', status: code, retryable: false, processed: 'no' },
    });
    expect(attempts('send')).toBe(1);
    conversation.editAndResend(id, 'Good');
    await clock.advance(100);
    expect(transcript()).toEqual(['Good: sent', '> Better: completed']);
    expect(posts()).toHaveLength(1);
    expect(posts()).not.toContain(id);
  });
});

row('F-05', 'V', (wire) => {
  const sign = () => vi.fn(({ refresh }: { refresh: boolean }) => (refresh ? 'fresh' : 'stale'));

  it('asks for a new token and sends the same message once more', async () => {
    const getToken = sign();
    const { conversation, backend, breaks, clock, transcript, attempts, arrived, posts } = setUp(wire, {
      transport: { getToken },
    });
    backend.answersWith(says(...answer('Welcome back')));
    breaks('send', envelope(401, 'unauthorized', 'no'));
    const id = conversation.send('Hello');
    await clock.advance(100);
    expect(transcript()).toEqual(['Hello: sent', '> Welcome back: completed']);
    expect(attempts('send')).toBe(2);
    expect(posts()).toEqual([id]);
    expect(arrived.find(({ messageId }) => messageId === id)!.headers.get('authorization')).toBe('Bearer fresh');
    expect(getToken.mock.calls.map(([{ refresh }]) => refresh)).toEqual([false, true]);
  });

  it('a second 401 is the visitor’s to mend: the message is kept, and goes when told to', async () => {
    const { conversation, backend, breaks, clock, userMessage, transcript, attempts } = setUp(wire, {
      transport: { getToken: sign() },
    });
    backend.answersWith(says(...answer('Welcome back')));
    breaks('send', envelope(401, 'unauthorized', 'no'), 2);
    const id = conversation.send('Hello');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(2);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'unauthorized', processed: 'no' } });
    conversation.retry(id);
    await clock.advance(100);
    expect(transcript()).toEqual(['Hello: sent', '> Welcome back: completed']);
  });
});

row('F-07', 'V', (wire) => {
  it('the transcript stays, and the text that was not sent begins a new task', async () => {
    const { conversation, backend, breaks, clock, userMessage, transcript, attempts } = setUp(wire);
    backend.answersWith(says(...answer('Fine')));
    conversation.send('One');
    await clock.advance(100);
    breaks('send', envelope(404, 'task_not_found', 'no'));
    const id = conversation.send('Two');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(2);
    expect(transcript()).toEqual(['One: sent', '> Fine: completed', 'Two: failed']);
    expect(userMessage(id).error).toMatchObject({ code: 'task_not_found' });
    conversation.retry(id);
    await clock.advance(100);
    expect(transcript()).toEqual(['One: sent', '> Fine: completed', 'Two: sent', '> Fine: completed']);
    expect(backend.runs.at(-1)!.continues).toBeNull();
  });
});

row('F-08', 'V', (wire) => {
  it('the message waits for the task by polling, then goes by itself', async () => {
    const { conversation, backend, breaks, clock, transcript, attempts, posts } = setUp(wire);
    conversation.send('One');
    await clock.settle();
    backend.runs[0]!.say(...answer('First'));
    await clock.advance(100);
    // Somebody else goes on with the task: another tab, or the server itself.
    breaks('send', envelope(409, 'task_active', 'no'));
    const id = conversation.send('Two');
    const third = conversation.send('Three');
    await clock.settle();
    expect(transcript().slice(2)).toEqual(['Two: queued', 'Three: queued']);
    await clock.advance(5_000);
    expect(attempts('poll')).toBeGreaterThan(0);
    backend.runs[1]!.say(...answer('Second'));
    await clock.settle();
    backend.runs[2]!.say(...answer('Third'));
    await clock.advance(100);
    expect(transcript().slice(2)).toEqual(['Two: sent', '> Second: completed', 'Three: sent', '> Third: completed']);
    expect(posts().slice(1)).toEqual([id, third]);
  });

  it('and is polled for as long as it takes', async () => {
    const { conversation, backend, clock, transcript, attempts, posts } = setUp(wire, { features: null });
    conversation.send('One');
    await clock.settle();
    const [run] = backend.runs;
    run!.say(started, text('Fir'));
    await clock.advance(100);
    conversation.stop(); // the API has no way to stop it
    const id = conversation.send('Two');
    await clock.advance(120_000);
    expect(attempts('send')).toBe(1);
    expect(transcript()).toEqual(['One: sent', '> Fir: canceled', 'Two: queued']);
    run!.say(text('st'), done);
    backend.answersWith(says(...answer('Second')));
    await clock.advance(6_000);
    expect(transcript()).toEqual(['One: sent', '> Fir: canceled', 'Two: sent', '> Second: completed']);
    expect(posts().slice(1)).toEqual([id]);
  });
});

row('F-09', 'V', (wire) => {
  it('413 is not sent again, and says why', async () => {
    const { conversation, breaks, clock, userMessage, attempts } = setUp(wire);
    breaks('send', envelope(413, 'too_large', 'no'));
    const id = conversation.send('x'.repeat(100));
    await clock.advance(600_000);
    expect(attempts('send')).toBe(1);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'too_large', processed: 'no' } });
    expect(userMessage(id).error!.userMessage).toMatch(/too large/i);
  });
});

row('F-13', 'V', (wire) => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and not sent again until told to', async (code) => {
    const { conversation, backend, breaks, clock, userMessage, transcript, attempts } = setUp(wire);
    backend.answersWith(says(...answer('Here you are')));
    breaks('send', redirect('https://elsewhere.example/', code));
    const id = conversation.send('Hello');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(1);
    expect(attempts('receipt')).toBe(0);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'forbidden', processed: 'no' } });
    expect(userMessage(id).error!.message).toMatch(/redirect is not followed/);
    conversation.retry(id);
    await clock.advance(100);
    expect(transcript()).toEqual(['Hello: sent', '> Here you are: completed']);
  });
});

row('F-10', 'V', (wire) => {
  const at = (offsetSeconds: number) =>
    new Date(Date.parse('2026-02-03T10:20:00Z') + offsetSeconds * 1000).toUTCString();
  it.each<[name: string, headers: Record<string, string>, afterMs: number]>([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['a date, by the server’s clock', { 'retry-after': at(30), date: at(0) }, 30_000],
    ['a date that is past', { 'retry-after': at(-30), date: at(0) }, 0],
    ['0', { 'retry-after': '0' }, 0],
    ['nothing', {}, 0],
    ['a fraction', { 'retry-after': '1.5' }, 0],
    ['a negative number', { 'retry-after': '-5' }, 0],
    ['words', { 'retry-after': 'in a while' }, 0],
  ])('is waited for: %s', async (_, headers, afterMs) => {
    const { conversation, backend, breaks, clock, state, transcript, attempts } = setUp(wire);
    backend.answersWith(says(...answer('At last')));
    breaks('send', envelope(429, 'rate_limited', 'no', headers));
    conversation.send('Hello');
    await clock.settle();
    expect(transcript()).toEqual(['Hello: queued']);
    if (afterMs > 0) {
      expect(state().run!.retryAt).toBe(clock.now() + afterMs);
      await clock.advance(afterMs - 100);
      expect(attempts('send')).toBe(1);
    }
    await clock.advance(2_000);
    expect(attempts('send')).toBe(2);
    expect(transcript()).toEqual(['Hello: sent', '> At last: completed']);
  });

  it.each([['121'], ['99999999999'], [at(86_400)]])('an absurd wait is the visitor’s to decide: %s', async (value) => {
    const { conversation, breaks, clock, userMessage, attempts } = setUp(wire);
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': value, date: at(0) }));
    const id = conversation.send('Hello');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(1);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'rate_limited' } });
  });

  it('three more tries, then no more', async () => {
    const { conversation, breaks, clock, userMessage, attempts, posts } = setUp(wire);
    breaks('send', envelope(429, 'rate_limited', 'no', { 'retry-after': '5' }), Infinity);
    const id = conversation.send('Hello');
    await clock.advance(600_000);
    expect(attempts('send')).toBe(4);
    expect(posts()).toEqual([]);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'rate_limited' } });
  });

  it('the wait can be given up', async () => {
    const { conversation, breaks, clock, transcript, attempts } = setUp(wire);
    breaks('send', status(429, { 'retry-after': '60' }));
    conversation.send('Hello');
    await clock.settle();
    conversation.stop();
    await clock.advance(600_000);
    expect(attempts('send')).toBe(1);
    expect(transcript()).toEqual(['Hello: failed']);
    expect(clock.pending()).toBe(0);
  });
});

row('F-51', 'V', (wire) => {
  it('getToken that rejects: nothing is sent, the message is kept', async () => {
    const getToken = vi.fn(() => Promise.reject(new Error('signed out')));
    const { conversation, clock, userMessage, posts } = setUp(wire, { transport: { getToken } });
    const id = conversation.send('Hello');
    await clock.advance(600_000);
    expect(posts()).toEqual([]);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'unauthorized', processed: 'no' } });
  });
});

row('F-51', 'V', (wire) => {
  it('getToken that rejects is asked twice more', async () => {
    const getToken = vi
      .fn<() => Promise<string>>()
      .mockRejectedValueOnce(new Error('later'))
      .mockResolvedValue('token');
    const { conversation, backend, clock, transcript } = setUp(wire, { transport: { getToken } });
    backend.answersWith(says(...answer('Hi')));
    conversation.send('Hello');
    await clock.advance(60_000);
    expect(transcript()).toEqual(['Hello: sent', '> Hi: completed']);
  });

  it('getToken that never answers is given up after 10 s', async () => {
    const getToken = vi.fn(() => new Promise<string>(() => undefined));
    const { conversation, clock, userMessage, posts } = setUp(wire, { transport: { getToken } });
    const id = conversation.send('Hello');
    await clock.advance(9_000);
    expect(userMessage(id).delivery).not.toBe('failed');
    await clock.advance(600_000);
    expect(posts()).toEqual([]);
    expect(getToken).toHaveBeenCalledTimes(3);
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code: 'unauthorized', processed: 'no' } });
    expect(clock.pending()).toBe(0);
  });
});
