import { describe, expect, it } from 'vitest';
import { messageText } from '../../src/core/message.js';
import type { AgentTransport } from '../../src/core/transport.js';
import { eventAnswer, framesOf, jsonAnswer, openAnswer, streamAnswer, type WireEvent } from './answers.js';
import { answerIn, collect, sendRequest, stateAfter } from './collect.js';
import { readFixture, readJsonFixture } from './fixtures.js';
import { createManualClock, type ManualClock } from './manualClock.js';
import { createScriptedFetch, type ScriptedAnswer } from './scriptedFetch.js';

/** One response, whichever way it is delivered. */
export interface WireResponse {
  readonly taskId: string;
  readonly text?: string;
  readonly usage?: Readonly<Record<string, unknown>>;
  readonly finishReason?: string;
  readonly pendingToolCalls?: readonly Readonly<Record<string, unknown>>[];
  readonly failure?: string;
}

export interface TransportUnderTest {
  create(options: {
    readonly fetch: typeof fetch;
    readonly clock: ManualClock;
    readonly getToken?: (options: { readonly refresh: boolean }) => string | Promise<string>;
  }): AgentTransport;
  /** The HTTP answers by which the backend delivers a response in this mode. */
  deliver(response: WireResponse): readonly Response[];
  /** What the body of the request must say about the mode. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** What every transport of the v2 Responses wire must do, however it asks for its answers. */
export function transportContract(mode: string, { create, deliver, flags }: TransportUnderTest): void {
  async function run(
    answers: readonly ScriptedAnswer[],
    options: { readonly taskId?: string; readonly getToken?: (options: { readonly refresh: boolean }) => string } = {},
  ) {
    const clock = createManualClock();
    const { fetch, requests } = createScriptedFetch(...answers);
    const { taskId, ...rest } = options;
    const transport = create({ fetch, clock, ...rest });
    const result = collect(transport.send(sendRequest(taskId ? { taskId } : {})));
    await clock.advance(60_000);
    return { ...(await result), requests, pending: clock.pending() };
  }

  describe(`in ${mode} mode`, () => {
    it('asks for its mode, once, at the address of the agent', async () => {
      const { requests } = await run(deliver({ taskId: 'task-1', text: 'Hi' }));
      const posts = requests.filter(({ method }) => method === 'POST');
      expect(posts).toHaveLength(1);
      expect(posts[0]!.url).toBe('/chat/v2/agents/support/responses');
      const { stream, background } = posts[0]!.body as Record<string, unknown>;
      expect({ stream, background }).toEqual(flags);
      expect(posts[0]!.headers.get('idempotency-key')).toBe('01K6D8QFQ4N1WQ0P8C2T4M6R8A');
    });

    it('tells a whole answer', async () => {
      const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5, prompt_tokens_details: null };
      const { events, error, pending } = await run(deliver({ taskId: 'task-1', text: 'Hello there', usage }));
      expect(error).toBeNull();
      const state = stateAfter(events);
      expect(state).toMatchObject({ status: 'completed', taskId: 'task-1' });
      expect(answerIn(state)).toMatchObject({
        status: 'completed',
        responseId: 'response-of-task-1',
        taskId: 'task-1',
        model: 'openai/gpt-4o',
        finishReason: 'stop',
        traceId: 'trace-1',
        usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 },
        parts: [{ kind: 'text', text: 'Hello there', state: 'done' }],
      });
      expect(pending).toBe(0);
    });

    it('tells the calls that wait for this page, with whatever arguments', async () => {
      const pendingToolCalls = [
        {
          id: 'call_a',
          type: 'function',
          function: { name: 'get_cart', arguments: '{"user":"u1","constructor":"x"}' },
        },
        { id: 'call_b', type: 'function', function: { name: 'get_user', arguments: '{broken' } },
        { id: 'call_c', type: 'function' },
      ];
      const { events, error } = await run(
        deliver({ taskId: 'task-1', finishReason: 'function_call', pendingToolCalls }),
      );
      expect(error).toBeNull();
      const state = stateAfter(events);
      expect(state.status).toBe('input-required');
      const expected: object[] = [
        {
          toolCallId: 'call_a',
          toolName: 'get_cart',
          arguments: { user: 'u1', constructor: 'x' },
          state: 'input-required',
        },
        { toolCallId: 'call_b', toolName: 'get_user', arguments: {}, executor: 'client' },
        { toolCallId: 'call_c', arguments: {} },
      ];
      expect(answerIn(state).parts).toMatchObject(expected);
    });

    it('takes waiting calls for waiting calls, whatever the reason is called', async () => {
      const pendingToolCalls = [{ id: 'call_a', type: 'function', function: { name: 'get_cart' } }];
      const { events } = await run(deliver({ taskId: 'task-1', finishReason: 'tool_calls', pendingToolCalls }));
      expect(stateAfter(events).status).toBe('input-required');
    });

    it('tells a failed response as one, and leaves its task', async () => {
      const { events, error } = await run(deliver({ taskId: 'task-1', failure: 'Provider overloaded' }));
      expect(error).toBeNull();
      const state = stateAfter(events);
      expect(state).toMatchObject({ status: 'failed', taskId: null, error: { code: 'response_failed' } });
      expect(answerIn(state).error?.message).toContain('Provider overloaded');
    });

    it('reads a stream where the server streams', async () => {
      const { events, error } = await run([streamAnswer([readFixture('text-with-server-tool.sse')])]);
      expect(error).toBeNull();
      expect(events).toContainEqual({ type: 'connection.changed', connection: 'streaming' });
      expect(messageText(answerIn(stateAfter(events)))).toBe('Today is 3 February.');
    });

    it.each(['sync.json', 'hybrid.json'])('reads the JSON of %s where the server answers so', async (name) => {
      const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
      const { events, error } = await run([jsonAnswer(readFixture(name), { headers })]);
      expect(error).toBeNull();
      const state = stateAfter(events);
      expect(messageText(answerIn(state))).toBe('Hello! How can I help?');
      expect(state).toMatchObject({ status: 'completed', taskId: '01K6D8QESESZ6SAXQPJPFQXPFT' });
    });

    it('polls where the answer says that the task has only begun', async () => {
      const { requests, events } = await run([
        jsonAnswer(readFixture('task-submitted.json')),
        jsonAnswer({ ...readJsonFixture('sync.json'), status: 'completed' }),
      ]);
      expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /chat/v2/agents/support/responses',
        'GET /chat/v2/agents/support/responses/01K6D8QESESZ6SAXQPJPFQXPFT',
      ]);
      expect(stateAfter(events).status).toBe('completed');
    });

    it('skips and reports what it does not know, and shows the rest', async () => {
      const events: WireEvent[] = [
        { type: 'response.started', data: { responseId: 'r', taskId: 'task-1', model: 'm', workflowRunId: 'w' } },
        { type: 'response.rewound', data: {} },
        { type: 'part.delta', data: { partId: 'hologram_1', delta: { kind: 'hologram', angle: 3 } } },
        { type: 'part.delta', data: { partId: 'text_1', delta: { kind: 'text', text: 'Hi' } } },
        { type: 'part.delta', data: { partId: 'text_1', delta: { kind: 'text' } } },
        { type: 'response.done', data: { finishReason: 'stop' } },
      ];
      const collected = await run([eventAnswer(events)]);
      expect(collected.error).toBeNull();
      const skipped = collected.events.filter((event) => event.type === 'event.skipped');
      expect(skipped.map(({ reason }) => reason)).toEqual(['unknown-event', 'unknown-part', 'malformed']);
      expect(messageText(answerIn(stateAfter(collected.events)))).toBe('Hi');
    });

    it.each([
      ['error-e1.json', 'Agent not found'],
      ['error-e2.json', 'Agent response not found'],
      ['error-e3.json', 'Schedule is inactive'],
      ['error-e4.json', 'agent bogus not found'],
      ['error-e5.json', 'The agent is not deployed'],
      ['error-e6.json', 'Something is wrong'],
      ['error-e7.json', 'Annotation not found'],
    ])('makes one kind of error of %s', async (name, words) => {
      const { error, events, requests } = await run([jsonAnswer(readFixture(name), { status: 400 })]);
      expect(error).toMatchObject({ code: 'invalid_request', status: 400, processed: 'no', retryable: false });
      expect(error!.message).toContain(`answered 400: ${words}`);
      expect(events).toEqual([]);
      expect(requests).toHaveLength(1);
    });

    it.each([
      ['a web page', () => new Response('<h1>Hi</h1>', { headers: { 'content-type': 'text/html' } }), 'protocol'],
      ['malformed JSON', () => jsonAnswer('{"task_id": "t"'), 'protocol'],
      ['an empty body', () => jsonAnswer(''), 'protocol'],
      ['no body and no type', () => new Response(null, { status: 204 }), 'protocol'],
      ['JSON of another kind', () => jsonAnswer({ hello: 'world' }), 'protocol'],
      ['a stream without anything', () => streamAnswer([]), 'stream_dropped'],
      ['a stream of nothing but the end', () => streamAnswer(['data: [DONE]\n\n']), 'stream_dropped'],
    ])('does not take %s for an answer, nor for a refusal', async (_, answer, code) => {
      const { error, requests } = await run([answer()]);
      expect(error).toMatchObject({ code, processed: 'unknown' });
      expect(requests).toHaveLength(1);
    });

    it('shows what an error body says that comes with a 200', async () => {
      const { error } = await run([jsonAnswer(readFixture('error-e3.json'))]);
      expect(error).toMatchObject({ code: 'protocol', status: 200 });
      expect(error!.message).toContain('Schedule is inactive');
    });

    it('says that it does not know whether a request without an answer arrived', async () => {
      const { error, requests } = await run([new TypeError('Failed to fetch')]);
      expect(error).toMatchObject({ code: 'network', processed: 'unknown', retryable: true });
      expect(requests).toHaveLength(1);
    });

    it('asks for a fresh token after a 401, once', async () => {
      const asked: boolean[] = [];
      const getToken = ({ refresh }: { readonly refresh: boolean }): string => {
        asked.push(refresh);
        return refresh ? 'fresh' : 'stale';
      };
      const answers = deliver({ taskId: 'task-1', text: 'Hi' });
      const good = await run([jsonAnswer({}, { status: 401 }), ...answers], { getToken });
      expect(good.error).toBeNull();
      expect(asked.slice(0, 2)).toEqual([false, true]);
      const [first, second] = good.requests;
      expect(first!.headers.get('authorization')).toBe('Bearer stale');
      expect(second!.headers.get('authorization')).toBe('Bearer fresh');
      expect(second!.headers.get('idempotency-key')).toBe(first!.headers.get('idempotency-key'));

      const bad = await run([jsonAnswer({}, { status: 401 }), jsonAnswer({}, { status: 401 })], { getToken });
      expect(bad.error).toMatchObject({ code: 'unauthorized', processed: 'no' });
      expect(bad.requests).toHaveLength(2);
    });

    it('does not ask again after a 401 where there is no token to refresh', async () => {
      const { error, requests } = await run([jsonAnswer({}, { status: 401 })]);
      expect(error).toMatchObject({ code: 'unauthorized' });
      expect(requests).toHaveLength(1);
    });

    it('sends nothing where no token can be had', async () => {
      const { error, requests } = await run([], {
        getToken: () => {
          throw new Error('signed out');
        },
      });
      expect(error).toMatchObject({ code: 'unauthorized', processed: 'no' });
      expect(requests).toEqual([]);
    });

    it('ends without a further event when it is aborted, and takes its request along', async () => {
      const { response, write, isCancelled } = openAnswer();
      const { fetch, requests } = createScriptedFetch(response);
      const abort = new AbortController();
      const clock = createManualClock();
      const events = create({ fetch, clock })
        .send(sendRequest({ signal: abort.signal }))
        [Symbol.asyncIterator]();
      write(framesOf([{ type: 'response.started', data: { taskId: 'task-1' } }]));
      await events.next();
      await events.next();
      abort.abort();
      await events.return?.();
      await clock.settle();
      expect(requests[0]!.signal!.aborted).toBe(true);
      expect(isCancelled()).toBe(true);
    });
  });
}
