import { describe, expect, it } from 'vitest';
import { decodeResponse } from '../../src/transport/decodeResponse.js';
import { readJsonFixture } from '../support/fixtures.js';

const decode = (json: unknown, isBackground = false) => decodeResponse(json, isBackground);
const hello = { kind: 'text', text: 'Hello! How can I help?' };
const agentSays = (...parts: object[]) => [{ messageId: 'm', role: 'agent', parts }];

describe('normalising an answer', () => {
  it.each([
    [
      'sync.json',
      false,
      {
        state: 'completed',
        responseId: '01K6D8RXXP4M1D7A8S9T0V2W3Y',
        parts: [hello],
        finishReason: 'stop',
        traceId: '01K6D8RA0B1C2D3E4F5G6H7J8K',
        model: 'openai/gpt-4o',
      },
    ],
    ['hybrid.json', false, { state: 'completed', responseId: null, parts: [hello], finishReason: 'stop' }],
    ['task-submitted.json', false, { state: 'submitted', responseId: null, parts: [], finishReason: null }],
  ])('reads %s', (name, isBackground, expected) => {
    expect(decode(readJsonFixture(name), isBackground)).toMatchObject({
      taskId: '01K6D8QESESZ6SAXQPJPFQXPFT',
      ...expected,
    });
  });

  it('reads usage with its empty and missing numbers', () => {
    expect(decode(readJsonFixture('sync.json'))!.usage).toEqual({
      promptTokens: 120,
      completionTokens: 9,
      totalTokens: 129,
      cachedTokens: 0,
      reasoningTokens: 0,
    });
    expect(decode({ task_id: 't', output: [], usage: {} })!.usage).toEqual({});
    expect(decode({ task_id: 't', output: [], usage: null })!.usage).toBeNull();
  });

  it('takes an empty answer for a begun task only where the background was asked for', () => {
    expect(decode(readJsonFixture('background.json'), true)!.state).toBe('submitted');
    expect(decode(readJsonFixture('background.json'), false)!.state).toBe('completed');
    expect(decode({ ...readJsonFixture('background.json'), finish_reason: 'stop' }, true)!.state).toBe('completed');
  });

  it('reads a poll while it works and after it failed', () => {
    expect(decode(readJsonFixture('poll-in-progress.json'), true)).toMatchObject({
      state: 'working',
      parts: [],
      error: null,
    });
    const failed = decode(readJsonFixture('poll-failed.json'), true)!;
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'response_failed' } });
    expect(failed.error!.message).toContain('Model provider returned 503');
  });

  it('sees the calls that wait, also where the status says completed', () => {
    const waiting = { toolCallId: 'call_abc', toolName: 'get_cart', arguments: { user: 'u1' } };
    expect(decode(readJsonFixture('sync-waiting.json'))).toMatchObject({
      state: 'input-required',
      pendingToolCalls: [waiting],
    });
    const polled = decode({ ...readJsonFixture('sync-waiting.json'), status: 'completed' }, true);
    expect(polled).toMatchObject({ state: 'input-required', pendingToolCalls: [waiting] });
  });

  it.each([
    ['submitted', 'submitted'],
    ['working', 'working'],
    ['in_progress', 'working'],
    ['input-required', 'input-required'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['rejected', 'failed'],
    ['auth-required', 'failed'],
    ['unknown', 'working'],
    ['pondering', 'working'],
  ])('reads the state %s as %s, as a word and as an object', (wire, state) => {
    expect(decode({ task_id: 't', output: [], status: wire })!.state).toBe(state);
    expect(decode({ task_id: 't', output: [], status: { state: wire } })!.state).toBe(state);
    expect(decode({ id: 't', kind: 'task', status: { state: wire } })!.state).toBe(state);
  });

  it('never shows the same words twice, wherever the task repeats them', () => {
    const message = { role: 'agent', parts: [hello] };
    const task = {
      id: 't',
      kind: 'task',
      status: { state: 'completed', message },
      messages: [message],
      output: [{ parts: [hello] }],
    };
    expect(decode(task)!.parts).toEqual([hello]);
    expect(decode({ ...task, output: [] })!.parts).toEqual([hello]);
    expect(decode({ ...task, output: [], messages: [] })!.parts).toEqual([hello]);
  });

  it('shows what the agent said, and of others only the results of its tools', () => {
    const output = [
      { role: 'user', parts: [{ kind: 'text', text: 'Hi' }] },
      { role: 'system', parts: [{ kind: 'text', text: 'Be nice' }] },
      { role: 'agent', parts: [{ kind: 'tool_call', tool_name: 'n', tool_call_id: 'c', arguments: {} }] },
      {
        role: 'tool',
        parts: [
          { kind: 'tool_result', tool_call_id: 'c', result: 1 },
          { kind: 'text', text: 'x' },
        ],
      },
      { parts: [hello] },
    ];
    expect(decode({ task_id: 't', output })!.parts).toEqual([
      { kind: 'tool_call', toolName: 'n', toolCallId: 'c', arguments: {} },
      { kind: 'tool_result', toolCallId: 'c', result: 1 },
      hello,
    ]);
  });

  it('reads every kind of part', () => {
    const { parts } = readJsonFixture('message-all-parts.json');
    expect(decode({ task_id: 't', output: [{ role: 'agent', parts }] })!.parts).toEqual([
      { kind: 'text', text: 'Here is the **summary**.' },
      { kind: 'file', file: { uri: 'https://example.com/a.png', mimeType: 'image/png', name: 'a.png' } },
      { kind: 'file', file: { bytes: 'JVBERi0xLjQK', mimeType: 'application/pdf', name: 'a.pdf' } },
      { kind: 'data', data: { score: 0.93 }, metadata: { source: 'grader' } },
      { kind: 'tool_call', toolName: 'get_weather', toolCallId: 'call_1', arguments: { city: 'Delft' } },
      { kind: 'tool_result', toolCallId: 'call_1', result: { temp_c: 11 } },
      { kind: 'error', error: 'Upstream timed out', code: 504 },
      { kind: 'reasoning', reasoning: 'First compare the two …' },
    ]);
  });

  it('leaves a placeholder for parts that it cannot read', () => {
    const output = agentSays({ kind: 'video' }, { kind: 'file', file: {} }, hello);
    expect(decode({ task_id: 't', output })!.parts).toEqual([
      { kind: 'unknown', originalKind: 'video' },
      { kind: 'unknown', originalKind: 'malformed' },
      hello,
    ]);
  });

  describe('pairs waiting calls with the calls in the output', () => {
    const pending = (id: string, name: string, args: object) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(args) },
    });
    const part = (id: string, name: string, args: object) => ({
      kind: 'tool_call',
      tool_call_id: id,
      tool_name: name,
      arguments: args,
    });

    it.each([
      ['by equal ids', [pending('a', 'n', {})], [part('b', 'n', {}), part('a', 'n', { x: 1 })], ['a']],
      [
        'by name and arguments where no id matches',
        [pending('a', 'n', { x: 1, y: 2 })],
        [part('c', 'n', {}), part('b', 'n', { y: 2, x: 1 })],
        ['b'],
      ],
      [
        'in order where they are alike',
        [pending('a1', 'n', {}), pending('a2', 'n', {})],
        [part('b1', 'n', {}), part('b2', 'n', {})],
        ['b1', 'b2'],
      ],
      ['not at all where nothing fits', [pending('a', 'n', {})], [part('b', 'other', {})], ['a']],
    ])('%s', (_, calls, parts, expected) => {
      const snapshot = decode({ task_id: 't', output: agentSays(...parts), pending_tool_calls: calls });
      expect(snapshot!.pendingToolCalls.map(({ toolCallId }) => toolCallId)).toEqual(expected);
    });
  });

  it('finds the waiting calls of a task among its parts', () => {
    const call = (id: string) => ({ kind: 'tool_call', tool_call_id: id, tool_name: 'n', arguments: {} });
    const message = {
      role: 'agent',
      parts: [call('a'), { kind: 'tool_result', tool_call_id: 'a', result: 1 }, call('b')],
    };
    const snapshot = decode({ id: 't', kind: 'task', status: { state: 'input-required', message } });
    expect(snapshot!.pendingToolCalls.map(({ toolCallId }) => toolCallId)).toEqual(['b']);
  });

  it.each([
    ['a v3 response', { object: 'response', id: 'resp_1', status: 'completed', output: [] }],
    ['an error body', { message: 'Agent not found' }],
    ['a task without an id', { task_id: '', output: [] }],
    ['a list', []],
    ['a text', 'hello'],
    ['nothing', undefined],
  ])('does not take %s for an answer', (_, json) => {
    expect(decode(json)).toBeNull();
  });
});
