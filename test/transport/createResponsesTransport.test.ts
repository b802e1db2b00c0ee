import { describe, expect, it } from 'vitest';
import {
  createResponsesTransport,
  type ResponsesTransportOptions,
} from '../../src/transport/createResponsesTransport.js';
import { eventAnswer, jsonAnswer } from '../support/answers.js';
import { collect, sendRequest } from '../support/collect.js';
import { createManualClock } from '../support/manualClock.js';
import { createScriptedFetch, type ScriptedAnswer } from '../support/scriptedFetch.js';
import { transportContract, type TransportUnderTest, type WireResponse } from '../support/transportContract.js';

const inMode =
  (mode: ResponsesTransportOptions['mode']): TransportUnderTest['create'] =>
  (options) =>
    createResponsesTransport({ url: '/chat', mode, random: () => 0, ...options });

const telemetry = { trace_id: 'trace-1', span_id: 'span-1' };

function asJson({ taskId, text, usage, finishReason, pendingToolCalls, failure }: WireResponse): object {
  return {
    _id: `response-of-${taskId}`,
    task_id: taskId,
    output: text === undefined ? [] : [{ messageId: 'm', role: 'agent', parts: [{ kind: 'text', text }] }],
    created_at: '2026-02-03T10:11:12.131Z',
    model: 'openai/gpt-4o',
    usage: usage ?? null,
    telemetry,
    ...(failure === undefined
      ? { finish_reason: finishReason ?? 'stop', pending_tool_calls: pendingToolCalls }
      : { status: 'failed', error: failure }),
  };
}

transportContract('stream', {
  create: inMode('stream'),
  flags: { stream: true },
  deliver({ taskId, text, usage, finishReason = 'stop', pendingToolCalls, failure }) {
    const data = { responseId: `response-of-${taskId}`, taskId, model: 'openai/gpt-4o', workflowRunId: 'w', telemetry };
    const words = (text ?? '').match(/\S+\s*/g) ?? [];
    return [
      eventAnswer([
        { type: 'response.started', data },
        ...words.map((word) => ({
          type: 'part.delta',
          data: { partId: 'text_1', delta: { kind: 'text', text: word } },
        })),
        failure === undefined
          ? { type: 'response.done', data: { finishReason, usage, pendingToolCalls } }
          : { type: 'response.failed', data: { error: failure, code: 503 } },
      ]),
    ];
  },
});

transportContract('background', {
  create: inMode('background'),
  flags: { background: true },
  deliver(response) {
    const begun = { kind: 'task', id: response.taskId, contextId: 'c', status: { state: 'submitted' } };
    const working = { ...asJson({ taskId: response.taskId }), finish_reason: undefined, status: 'in_progress' };
    return [jsonAnswer(begun), jsonAnswer(working), jsonAnswer({ status: 'completed', ...asJson(response) })];
  },
});

transportContract('sync', {
  create: inMode('sync'),
  flags: {},
  deliver: (response) => [jsonAnswer(asJson(response))],
});

describe('the address', () => {
  it.each([
    ['/api/agent-chat', '/api/agent-chat/v2/agents/support/responses'],
    ['/api/agent-chat/', '/api/agent-chat/v2/agents/support/responses'],
    ['https://api.orq.ai', 'https://api.orq.ai/v2/agents/support/responses'],
    ['https://api.orq.ai/v2', 'https://api.orq.ai/v2/agents/support/responses'],
    ['https://my.orq.ai/v2/', 'https://my.orq.ai/v2/agents/support/responses'],
  ])('of %s is %s', async (url, expected) => {
    const { fetch, requests } = createScriptedFetch(jsonAnswer({}));
    await collect(createResponsesTransport({ url, fetch }).send(sendRequest()));
    expect(requests[0]!.url).toBe(expected);
  });

  it('escapes the key of the agent once, its version too', async () => {
    const { fetch, requests } = createScriptedFetch(jsonAnswer({}));
    await collect(createResponsesTransport({ url: '', fetch }).send(sendRequest({ agentKey: 'my agent@1.2.3' })));
    expect(requests[0]!.url).toBe('/v2/agents/my%20agent%401.2.3/responses');
  });
});

describe('what the proxy offers', () => {
  it('is told before the answer', async () => {
    const headers = { 'agent-chat-proxy': '0.1.0; epoch=e1; features=replay, heartbeats' };
    const { fetch } = createScriptedFetch(jsonAnswer({ task_id: 't', output: [] }, { headers }));
    const { events } = await collect(createResponsesTransport({ url: '', mode: 'sync', fetch }).send(sendRequest()));
    expect(events[0]).toEqual({
      type: 'capabilities.changed',
      capabilities: { cancel: false, replay: true, receipts: false, reviews: false, heartbeats: true, feedback: false },
      epoch: 'e1',
    });
  });

  it('is not assumed of a backend that says nothing', async () => {
    const { fetch } = createScriptedFetch(jsonAnswer({ task_id: 't', output: [] }));
    const { events } = await collect(createResponsesTransport({ url: '', mode: 'sync', fetch }).send(sendRequest()));
    expect(events.map(({ type }) => type)).toEqual(['response.synced']);
  });
});

describe('the card of the agent', () => {
  const ask = async (body: unknown) => {
    const { fetch, requests } = createScriptedFetch(jsonAnswer(body));
    const transport = createResponsesTransport({ url: '/chat', fetch });
    const card = await transport.agent!({ agentKey: 'support', signal: new AbortController().signal });
    return { card, requests };
  };

  it('is fetched from beside the API', async () => {
    const { card, requests } = await ask({ display_name: 'Ada', description: 'Helps', suggestions: ['Hi'] });
    expect(requests[0]).toMatchObject({ method: 'GET', url: '/chat/agents/support' });
    expect(card).toEqual({ key: 'support', displayName: 'Ada', description: 'Helps', suggestions: ['Hi'] });
  });

  it('goes by the key of the agent where it has no name, and is none where it is something else', async () => {
    expect((await ask({})).card).toEqual({
      key: 'support',
      displayName: 'support',
      description: null,
      suggestions: [],
    });
    expect((await ask('nothing')).card).toBeNull();
  });
});

describe('following a task', () => {
  const follow = async (...answers: ScriptedAnswer[]) => {
    const { fetch, requests } = createScriptedFetch(...answers);
    const clock = createManualClock();
    const transport = createResponsesTransport({ url: '/chat', fetch, clock, random: () => 0 });
    const { signal } = new AbortController();
    const result = collect(transport.follow({ agentKey: 'support', taskId: 'task/1', signal }));
    await clock.advance(700_000);
    return { ...(await result), requests };
  };

  it('asks by the task id and sends nothing', async () => {
    const { requests, events } = await follow(jsonAnswer({ task_id: 't', status: 'completed', output: [] }));
    expect(requests).toMatchObject([{ method: 'GET', url: '/chat/v2/agents/support/responses/task%2F1' }]);
    expect(requests[0]!.body).toBeUndefined();
    expect(events.map(({ type }) => type)).toEqual(['response.synced']);
  });

  it('stops at once where the task is not known', async () => {
    const { error, requests } = await follow(jsonAnswer({ code: 'not_found', message: 'Gone' }, { status: 404 }));
    expect(error).toMatchObject({ code: 'task_not_found' });
    expect(requests).toHaveLength(1);
  });
});
