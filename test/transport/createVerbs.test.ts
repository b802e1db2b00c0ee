import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import { createResponsesTransport } from '../../src/transport/createResponsesTransport.js';
import { framesOf, jsonAnswer, openAnswer, streamAnswer } from '../support/answers.js';
import { collect, sendRequest } from '../support/collect.js';
import { createManualClock } from '../support/manualClock.js';
import { createScriptedFetch, type ScriptedAnswer } from '../support/scriptedFetch.js';

const signal = new AbortController().signal;
const task = { agentKey: 'a/b', taskId: 't?1', signal };
const PROXY = { 'agent-chat-proxy': '0.1.0; epoch=e7; features=cancel,receipts,replay,heartbeats' };
const done = { type: 'response.done', data: { finishReason: 'stop' } };
const delta = { type: 'part.delta', data: { partId: 'p', delta: { kind: 'text', text: 'lo' } } };

function setUp(...answers: readonly ScriptedAnswer[]) {
  const { fetch, requests } = createScriptedFetch(...answers);
  const clock = createManualClock();
  const transport = createResponsesTransport({ url: '/chat', fetch, clock, random: () => 0 });
  return { transport, requests, clock, asked: () => requests.map(({ method, url }) => `${method} ${url}`) };
}

/** The frames with the ids that our proxy gives them. */
const numbered = (...events: readonly { readonly type: string; readonly data?: unknown }[]) =>
  events.map((event, index) => `id: r.${index + 1}\n${framesOf([event])}`).join('');

describe('following a task from where it broke off', () => {
  it('asks for what comes behind the last event, and passes on where that stands', async () => {
    const { transport, requests, asked } = setUp(streamAnswer([numbered(delta, done)], { headers: PROXY }));
    const { events, error } = await collect(transport.follow({ ...task, lastEventId: 'r.0' }));
    expect(error).toBeNull();
    expect(asked()).toEqual(['GET /chat/v2/agents/a%2Fb/responses/t%3F1/events']);
    expect(requests[0]!.headers.get('last-event-id')).toBe('r.0');
    expect(events.map(({ type, eventId }) => [type, eventId])).toEqual([
      ['capabilities.changed', undefined],
      ['connection.changed', undefined],
      ['part.delta', 'r.1'],
      ['response.done', 'r.2'],
    ]);
  });

  it('asks for everything where nothing was seen', async () => {
    const { transport, requests } = setUp(streamAnswer([numbered(done)]));
    await collect(transport.follow({ ...task, lastEventId: '' }));
    expect(requests[0]!.headers.has('last-event-id')).toBe(false);
  });

  it.each([
    ['is not kept any more', jsonAnswer({ error: { code: 'replay_gone' } }, { status: 410 })],
    ['is not offered', jsonAnswer({ message: 'Not found' }, { status: 404 })],
    ['is answered by something else', jsonAnswer({})],
  ])('polls where a replay %s', async (_, refusal) => {
    const { transport, clock, asked } = setUp(refusal, jsonAnswer({ task_id: 't?1', status: 'completed', output: [] }));
    const following = collect(transport.follow({ ...task, lastEventId: 'r.9' }));
    await clock.advance(600);
    expect((await following).events.at(-1)).toMatchObject({ type: 'response.synced' });
    expect(asked().at(-1)).toBe('GET /chat/v2/agents/a%2Fb/responses/t%3F1');
  });

  it('does not take an outage for a refusal', async () => {
    const { transport, asked } = setUp(new TypeError('Failed to fetch'));
    expect((await collect(transport.follow({ ...task, lastEventId: 'r.9' }))).error).toMatchObject({ code: 'network' });
    expect(asked()).toHaveLength(1);
  });

  it('polls without asking for a replay where nobody could use one', async () => {
    const { transport, clock, asked } = setUp(jsonAnswer({ task_id: 't?1', status: 'completed', output: [] }));
    const following = collect(transport.follow(task));
    await clock.advance(600);
    await following;
    expect(asked()).toEqual(['GET /chat/v2/agents/a%2Fb/responses/t%3F1']);
  });
});

describe('receipts', () => {
  it.each([
    [
      { status: 'received', task_id: 't', settled: true },
      { status: 'received', taskId: 't', isSettled: true },
    ],
    [
      { status: 'received', settled: false },
      { status: 'received', taskId: null, isSettled: false },
    ],
    [
      { status: 'unknown', retained_s: 90 },
      { status: 'unknown', retainedMs: 90_000, epoch: 'e7' },
    ],
    [{ status: 'whatever' }, { status: 'unknown', retainedMs: 0, epoch: 'e7' }],
    ['<p>Hello', { status: 'unknown', retainedMs: 0, epoch: 'e7' }],
  ])('%j', async (body, receipt) => {
    const { transport, asked } = setUp(jsonAnswer(body, { headers: PROXY }));
    const heard: AgentEvent[] = [];
    const onEvent = (event: AgentEvent) => void heard.push(event);
    expect(await transport.receipt!({ agentKey: 'a', messageId: '01/M', signal, onEvent })).toEqual(receipt);
    expect(asked()).toEqual(['GET /chat/receipts/01%2FM']);
    expect(heard).toMatchObject([{ type: 'capabilities.changed', capabilities: { receipts: true }, epoch: 'e7' }]);
  });
});

describe('what a person decides', () => {
  it('goes to the proxy: stopping', async () => {
    const { transport, asked } = setUp(jsonAnswer({ cancelled: false, upstream: 'stopped-reading' }));
    await transport.cancel!(task);
    expect(asked()).toEqual(['POST /chat/v2/agents/a%2Fb/responses/t%3F1/cancel']);
  });

  it('goes to the proxy: a review', async () => {
    const { transport, requests, asked } = setUp(jsonAnswer({}));
    await transport.review!({ ...task, toolCallId: 'c#1', review: 'rejected', reason: 'No.' });
    expect(asked()).toEqual(['POST /chat/v2/agents/a%2Fb/responses/t%3F1/reviews/c%231']);
    expect(requests[0]!.body).toEqual({ review: 'rejected', reason: 'No.' });
  });

  it('tells when it came too late', async () => {
    const { transport } = setUp(jsonAnswer({ error: { code: 'review_gone', message: 'Gone.' } }, { status: 410 }));
    const late = transport.review!({ ...task, toolCallId: 'c', review: 'approved' });
    await expect(late).rejects.toMatchObject({ name: 'AgentChatError', status: 410 });
  });
});

it('a key in the page is warned of, once, where there is a page', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue();
  const ask = async (headers: Record<string, string>) => {
    const { fetch } = createScriptedFetch(jsonAnswer({}), jsonAnswer({}));
    const transport = createResponsesTransport({ url: '/chat', fetch, headers });
    await transport.agent!({ agentKey: 'a', signal });
    await transport.agent!({ agentKey: 'a', signal });
  };
  await ask({ Authorization: 'Bearer key' });
  expect(warned).not.toHaveBeenCalled();
  vi.stubGlobal('document', {});
  await ask({ 'x-tenant': '1' });
  expect(warned).not.toHaveBeenCalled();
  await ask({ Authorization: 'Bearer key' });
  expect(warned).toHaveBeenCalledTimes(1);
  vi.unstubAllGlobals();
  warned.mockRestore();
});

describe('a stream that falls silent', () => {
  it('counts as dropped after 45 s where the backend sends heartbeats; they count as life', async () => {
    const answer = openAnswer();
    for (const [name, value] of Object.entries(PROXY)) answer.response.headers.set(name, value);
    const { transport, clock } = setUp(answer.response);
    const sending = collect(transport.send(sendRequest()));
    answer.write(numbered(delta));
    await clock.advance(44_000);
    answer.write(': hb\n\n');
    await clock.advance(44_000);
    expect(answer.isCancelled()).toBe(false);
    await clock.advance(1_000);
    expect((await sending).error).toMatchObject({ code: 'stream_dropped' });
    expect(answer.isCancelled()).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('is waited for where silence means nothing', async () => {
    const answer = openAnswer();
    const { transport, clock } = setUp(answer.response);
    const sending = collect(transport.send(sendRequest()));
    answer.write(framesOf([delta]));
    await clock.advance(500_000);
    answer.write(framesOf([done]));
    answer.close();
    expect((await sending).error).toBeNull();
  });
});
