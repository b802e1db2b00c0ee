import { describe, expect, it } from 'vitest';
import { sdkProblems } from './sdkSchemas.js';

const answer = {
  _id: 'r1',
  task_id: 't1',
  output: [
    {
      messageId: 'm1',
      role: 'agent',
      parts: [
        { kind: 'text', text: 'Hi' },
        { kind: 'tool_call', tool_name: 'look', tool_call_id: 'c1', arguments: { some_key: 1, someOther: { a_b: 2 } } },
      ],
    },
  ],
  created_at: '2026-02-03T10:11:12.131Z',
  model: 'openai/gpt-4o',
  usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: null } },
  finish_reason: 'stop',
};
const event = {
  type: 'part.delta',
  timestamp: '2026-02-03T10:20:00.000Z',
  data: { partId: 'text_1', delta: { kind: 'text', text: 'Hi' } },
};

describe('sdkProblems', () => {
  it('has nothing against bodies as the API sends them', () => {
    expect(sdkProblems('createResponse', answer)).toEqual([]);
    expect(sdkProblems('streamEvent', event)).toEqual([]);
  });

  it('reports a misspelt optional key, which the SDK drops silently', () => {
    const { finish_reason: finishReason, ...rest } = answer;
    expect(sdkProblems('createResponse', { ...rest, finsh_reason: finishReason })).toEqual([
      'createResponse.finsh_reason: the SDK does not know this key',
    ]);
  });

  it('reports camelCase where the wire has snake_case', () => {
    const { finish_reason: finishReason, ...rest } = answer;
    expect(sdkProblems('createResponse', { ...rest, finishReason })).toEqual([
      'createResponse.finishReason: the SDK does not know this key',
    ]);
  });

  it('reports a key that is there twice, once in the spelling of the SDK', () => {
    expect(sdkProblems('createResponse', { ...answer, taskId: 't1' })).toEqual([
      'createResponse.taskId: the SDK does not know this key',
    ]);
  });

  it('reports a misspelt required key', () => {
    const { partId, ...data } = event.data;
    expect(sdkProblems('streamEvent', { ...event, data: { ...data, partID: partId } })).not.toEqual([]);
  });

  it('reports an extra key deep inside an array', () => {
    const [message] = answer.output;
    const output = [{ ...message, parts: [{ kind: 'text', text: 'Hi', lang: 'en' }] }];
    expect(sdkProblems('createResponse', { ...answer, output })).toEqual([
      'createResponse.output.0.parts.0.lang: the SDK does not know this key',
    ]);
  });

  it('reports a wrong type and a value outside an enumeration', () => {
    expect(sdkProblems('createResponse', { ...answer, task_id: 1 })).toEqual([
      'createResponse.task_id: Expected string, received number',
    ]);
    expect(sdkProblems('createResponse', { ...answer, finish_reason: 'finished' })).toHaveLength(1);
  });
});
