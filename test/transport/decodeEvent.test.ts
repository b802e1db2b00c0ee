import { describe, expect, it } from 'vitest';
import { decodeEvent } from '../../src/transport/decodeEvent.js';
import { readFixture } from '../support/fixtures.js';

const decode = (type: string, data?: unknown) => decodeEvent(JSON.stringify({ type, timestamp: 't', data }));

describe('decoding an event', () => {
  it.each([
    [
      'response.started',
      {
        responseId: 'r',
        taskId: 't',
        model: 'm',
        workflowRunId: 'w',
        userMessageId: 'u',
        telemetry: { trace_id: 'x', span_id: 's' },
      },
      { responseId: 'r', taskId: 't', model: 'm', traceId: 'x' },
    ],
    [
      'response.started',
      { responseId: 'r', taskId: 't', model: 'm', workflowRunId: 'w' },
      { responseId: 'r', taskId: 't', model: 'm', traceId: 'w' },
    ],
    [
      'part.delta',
      { partId: 'text_1', delta: { kind: 'text', text: 'a', _id: 'x' } },
      { partId: 'text_1', delta: { kind: 'text', text: 'a' } },
    ],
    [
      'part.delta',
      { partId: 'reasoning_1', delta: { kind: 'reasoning', _id: 'placeholder', reasoning: 'so' } },
      { partId: 'reasoning_1', delta: { kind: 'reasoning', reasoning: 'so' } },
    ],
    [
      'part.done',
      {
        partId: 'file_1',
        part: { kind: 'file', file: { type: 'uri', uri: 'https://e.com/a.png', bytes: 'AA', mimeType: 'image/png' } },
      },
      { partId: 'file_1', part: { kind: 'file', file: { uri: 'https://e.com/a.png', mimeType: 'image/png' } } },
    ],
    [
      'part.done',
      {
        partId: 'data_1',
        part: { kind: 'data', data: { score: 1, snake_case: { kept: true } }, metadata: { from: 'grader' } },
      },
      {
        partId: 'data_1',
        part: { kind: 'data', data: { score: 1, snake_case: { kept: true } }, metadata: { from: 'grader' } },
      },
    ],
    [
      'tool.started',
      { toolId: 'T', toolName: 'n', toolCallId: 'c', arguments: { a_b: 1 } },
      { toolCallId: 'c', toolName: 'n', arguments: { a_b: 1 } },
    ],
    [
      'tool.done',
      { toolId: 'T', toolCallId: 'c', result: { is_ok: true } },
      { toolCallId: 'c', result: { is_ok: true } },
    ],
    ['tool.done', { toolId: 'T', toolCallId: 'c' }, { toolCallId: 'c', result: null }],
    ['tool.failed', { toolId: 'T', toolCallId: 'c', error: 'no' }, { toolCallId: 'c', error: 'no' }],
    ['tool.failed', { toolId: 'T', toolCallId: 'c', error: { message: 'no' } }, { toolCallId: 'c', error: 'no' }],
    [
      'tool.review.requested',
      { toolId: 'T', toolCallId: 'c', toolName: 'n', arguments: {}, requiresApproval: true },
      { toolCallId: 'c', toolName: 'n', arguments: {}, requiresApproval: true },
    ],
    ['tool.review.done', { toolId: 'T', toolCallId: 'c', review: 'rejected' }, { toolCallId: 'c', review: 'rejected' }],
    [
      'response.done',
      {
        finishReason: 'length',
        usage: { total_tokens: 3, completion_tokens_details: { reasoning_tokens: 1 } },
        telemetry: { trace_id: 'x', span_id: 's' },
      },
      { finishReason: 'length', usage: { totalTokens: 3, reasoningTokens: 1 }, traceId: 'x', pendingToolCalls: [] },
    ],
    [
      'response.done',
      { finishReason: 'bored', usage: null },
      { finishReason: 'unknown', usage: null, traceId: null, pendingToolCalls: [] },
    ],
  ])('reads %s %j', (type, data, expected) => {
    expect(decode(type, data)).toEqual({ type, ...expected });
  });

  it('reads a failure, whose code is a number', () => {
    const event = decode('response.failed', { error: 'Provider overloaded', code: 503 });
    expect(event).toMatchObject({ type: 'response.failed', error: { code: 'response_failed', status: 503 } });
  });

  it('reads every frame of the worked streams', () => {
    const frames = readFixture('text-with-server-tool.sse').split('\n\n').filter(Boolean);
    const types = frames
      .map((frame) => decodeEvent(frame.slice(6)))
      .map((event) => (event === 'done' ? event : event.type));
    expect(types).toEqual([
      'response.started',
      'part.delta',
      'part.done',
      'tool.started',
      'tool.done',
      'part.delta',
      'part.delta',
      'part.done',
      'response.done',
      'done',
    ]);
  });

  it.each([
    ['wrapped in data', (json: object) => JSON.stringify({ data: json })],
    ['as a JSON string', (json: object) => JSON.stringify(JSON.stringify(json))],
  ])('reads an event that comes %s', (_, wrap) => {
    const json = { type: 'tool.done', data: { toolCallId: 'c', result: 1 } };
    expect(decodeEvent(wrap(json))).toEqual({ type: 'tool.done', toolCallId: 'c', result: 1 });
  });

  it.each([
    ['an event that it does not know', '{"type":"response.rewound","data":{}}', 'unknown-event'],
    ['a name that every object has', '{"type":"constructor","data":{}}', 'unknown-event'],
    ['a name that every object inherits', '{"type":"__proto__","data":{}}', 'unknown-event'],
    [
      'a part that it does not know',
      '{"type":"part.delta","data":{"partId":"x","delta":{"kind":"video"}}}',
      'unknown-part',
    ],
    [
      'a delta of a kind that never comes in deltas',
      '{"type":"part.delta","data":{"partId":"x","delta":{"kind":"error","error":"e"}}}',
      'unknown-part',
    ],
    ['an event without its data', '{"type":"part.delta"}', 'malformed'],
    ['an event with data of the wrong type', '{"type":"tool.done","data":{"toolCallId":7}}', 'malformed'],
    [
      'a file with no content',
      '{"type":"part.done","data":{"partId":"x","part":{"kind":"file","file":{}}}}',
      'malformed',
    ],
    ['half a JSON text', '{"type":"part.del', 'malformed'],
    ['JSON that is no event', '[1,2]', 'malformed'],
    ['nothing', '', 'malformed'],
  ])('reports %s and does not throw', (_, data, reason) => {
    expect(decodeEvent(data)).toMatchObject({ type: 'event.skipped', reason });
  });

  it('keeps a finished part of an unknown kind as a placeholder', () => {
    expect(decode('part.done', { partId: 'x', part: { kind: 'video', src: 'y' } })).toEqual({
      type: 'part.done',
      partId: 'x',
      part: { kind: 'unknown', originalKind: 'video' },
    });
  });

  it.each(['__proto__', '\\u005f_proto__'])('lets no prototype in by the key %s', (key) => {
    const event = decodeEvent(
      `{"type":"tool.started","${key}":{"polluted":1},"data":{"toolCallId":"c","${key}":{"polluted":1},"arguments":{"a":{"${key}":{"polluted":1},"b":1},"${key}":{"polluted":1},"constructor":"Ferrari"}}}`,
    );
    if (event === 'done' || event.type !== 'tool.started') throw new Error('not decoded');
    expect(JSON.stringify(event)).not.toContain('polluted');
    const merged = Object.assign({}, event.arguments, event.arguments['a']) as Record<string, unknown>;
    expect(merged['polluted']).toBeUndefined();
    expect(merged).toMatchObject({ b: 1 });
    expect(Object.entries(event.arguments)).toContainEqual(['constructor', 'Ferrari']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
