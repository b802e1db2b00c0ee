import { describe, expect, it } from 'vitest';
import type { SendRequest } from '../../src/core/transport.js';
import { createResponsesTransport } from '../../src/transport/createResponsesTransport.js';
import { encodeRequest, type ResponseMode } from '../../src/transport/encodeRequest.js';
import { collect, sendRequest } from '../support/collect.js';
import { readJsonFixture } from '../support/fixtures.js';
import { createManualClock } from '../support/manualClock.js';
import { createScriptedFetch } from '../support/scriptedFetch.js';
import { differencesFromSdk, getBySdk, postBySdk } from '../support/sdkRequests.js';

const server = 'http://wire.test';
const taskId = '01K6D8QESESZ6SAXQPJPFQXPFT';
const modes: readonly ResponseMode[] = ['stream', 'background', 'sync'];

const user = (...parts: SendRequest['message']['parts']): SendRequest['message'] => ({
  messageId: '01K6D8QFQ4N1WQ0P8C2T4M6R8A',
  role: 'user',
  parts,
});

const requests: Readonly<Record<string, SendRequest>> = {
  'a new conversation': sendRequest(),
  'a continuation': sendRequest({ taskId }),
  'a file as bytes': sendRequest({
    message: user(
      { kind: 'text', text: 'What is on this invoice?' },
      { kind: 'file', file: { bytes: 'JVBERi0xLjQK', mimeType: 'application/pdf', name: 'invoice.pdf' } },
    ),
  }),
  'a file by address': sendRequest({
    message: user({ kind: 'file', file: { uri: 'https://example.com/a.png', mimeType: 'image/png', name: 'a.png' } }),
  }),
  'a file that says nothing about itself': sendRequest({
    message: user({ kind: 'file', file: { uri: 'https://example.com/a' } }),
  }),
  'the results of tools': sendRequest({
    taskId,
    message: {
      messageId: '01K6D8QFQ4N1WQ0P8C2T4M6R8A',
      role: 'tool',
      parts: [
        { kind: 'tool_result', toolCallId: 'call_a', result: { items: 3, nested_key: { someKey: [1, null] } } },
        { kind: 'tool_result', toolCallId: 'call_b', result: 'text' },
        { kind: 'tool_result', toolCallId: 'call_c', result: null },
      ],
    },
  }),
  'everything that a turn can carry': sendRequest({
    taskId,
    identity: {
      id: 'contact_1',
      displayName: 'Jane Doe',
      email: 'jane.doe@example.com',
      metadata: [{ department: 'Engineering', jobTitle: { snake_case: true } }],
      logoUrl: 'https://example.com/jane.jpg',
      tags: ['hr'],
    },
    thread: { id: 'thread_1', tags: ['customer-support'] },
    memory: { entityId: 'customer_456' },
    variables: { language: 'nl', camelCase: { snake_case: [1] } },
    metadata: { page: '/pricing', pageCount: 2 },
  }),
  'the least of an identity': sendRequest({ identity: { id: 'contact_1' }, thread: { id: 'thread_1' } }),
};

async function ours(request: SendRequest, mode: ResponseMode) {
  const { fetch, requests: recorded } = createScriptedFetch();
  await collect(createResponsesTransport({ url: server, mode, fetch }).send(request));
  const { method, url, body } = recorded[0]!;
  return { method, url, body };
}

describe.each(modes)('a request in %s mode', (mode) => {
  it.each(Object.entries(requests))('with %s is the one that the official SDK makes', async (_, request) => {
    const [our, sdks] = [await ours(request, mode), await postBySdk(server, request, mode)];
    expect(differencesFromSdk(our.body, sdks.body)).toEqual([]);
    expect(`${our.method} ${our.url}`).toBe(`${sdks.method} ${sdks.url}`);
  });
});

it.each([
  ['support', taskId],
  ['my-agent_2.b', 'a/b?c#d e'],
])('a poll of %s is the one that the official SDK makes', async (agentKey, id) => {
  const { fetch, requests: recorded } = createScriptedFetch();
  const clock = createManualClock();
  const transport = createResponsesTransport({ url: server, fetch, clock });
  const abort = new AbortController();
  void collect(transport.follow({ agentKey, taskId: id, signal: abort.signal })).catch(() => undefined);
  await clock.advance(600);
  abort.abort();
  const sdks = await getBySdk(server, agentKey, id);
  expect(recorded.map(({ method, url }) => ({ method, url }))).toEqual([sdks]);
});

describe('the comparison with the SDK', () => {
  const request = requests['everything that a turn can carry']!;
  const plant = (body: object, path: readonly string[], name: string): object => {
    const [key, ...rest] = path;
    const entries = Object.entries(body).map(([each, value]) => {
      if (each !== key) return [each, value as unknown];
      return rest.length === 0 ? [name, value as unknown] : [each, plant(value as object, rest, name)];
    });
    return Object.fromEntries(entries) as object;
  };

  it.each([
    [['task_id'], 'taskId'],
    [['message', 'messageId'], 'message_id'],
    [['message', 'parts'], 'part'],
    [['identity', 'display_name'], 'displayName'],
    [['identity', 'logo_url'], 'avatar_url'],
    [['thread', 'tags'], 'tag'],
    [['memory', 'entity_id'], 'entityId'],
    [['variables'], 'variable'],
    [['stream'], 'streaming'],
  ])('catches a misspelt %j in either body', async (path, name) => {
    const our = encodeRequest(request, 'stream');
    const { body } = await postBySdk(server, request, 'stream');
    const parent = path.slice(0, -1);
    const expected = [path.join('.'), [...parent, name].join('.')].sort();
    expect(differencesFromSdk(plant(our, path, name), body).sort()).toEqual(expected);
    expect(differencesFromSdk(our, plant(body as object, path, name)).sort()).toEqual(expected);
  });

  it('catches a field too many, a field too few and another value', () => {
    expect(differencesFromSdk({ a: 1, b: 2 }, { a: 1 })).toEqual(['b']);
    expect(differencesFromSdk({ a: 1 }, { a: 1, b: 2 })).toEqual(['b']);
    expect(differencesFromSdk({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual(['a[1].b']);
    expect(differencesFromSdk({ a: [1] }, { a: [1, 2] })).toEqual(['a']);
  });

  it('forgives the defaults that the SDK writes, and only those', () => {
    expect(differencesFromSdk({}, { stream: false, background: false })).toEqual([]);
    expect(differencesFromSdk({}, { stream: true })).toEqual(['stream']);
    expect(differencesFromSdk({ stream: false }, {})).toEqual(['stream']);
    expect(differencesFromSdk({ nested: {} }, { nested: { stream: false } })).toEqual(['nested.stream']);
  });
});

describe('the body of a request', () => {
  it('is the full example, but for what is the default', () => {
    const example = readJsonFixture('request-full.json');
    for (const field of ['engine', 'background', 'stream']) delete example[field];
    const { parts } = example['message'] as SendRequest['message'];
    const request = sendRequest({
      ...requests['everything that a turn can carry'],
      message: user(...parts),
      identity: {
        id: 'contact_01ARZ3NDEKTSV4RRFFQ69G5FAV',
        displayName: 'Jane Doe',
        email: 'jane.doe@example.com',
        metadata: [{ department: 'Engineering', role: 'Senior Developer' }],
        logoUrl: 'https://example.com/avatars/jane-doe.jpg',
        tags: ['hr', 'engineering'],
      },
      thread: { id: 'thread_01ARZ3NDEKTSV4RRFFQ69G5FAV', tags: ['customer-support', 'priority-high'] },
      variables: { language: 'nl' },
      metadata: { page: '/pricing' },
    });
    expect(encodeRequest(request, 'sync')).toEqual(example);
  });

  it('carries pure base64, also where a browser made a data URL of it', () => {
    const file = { bytes: 'data:application/pdf;base64,JVBERi0xLjQK', mimeType: 'application/pdf' };
    const { message } = encodeRequest(sendRequest({ message: user({ kind: 'file', file }) }), 'sync');
    expect(message).toMatchObject({ parts: [{ file: { bytes: 'JVBERi0xLjQK' } }] });
  });

  it('leaves an empty e-mail address out, which the API would refuse', () => {
    const { identity } = encodeRequest(sendRequest({ identity: { id: 'a', email: '' } }), 'sync');
    expect(identity).toEqual({ id: 'a' });
  });

  it.each(modes)('never asks for a stream and the background at once (%s)', (mode) => {
    const { stream, background } = encodeRequest(sendRequest(), mode);
    expect({ stream, background }).toEqual({
      stream: mode === 'stream' ? true : undefined,
      background: mode === 'background' ? true : undefined,
    });
  });
});
