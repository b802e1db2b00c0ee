import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createConversation } from '../../src/core/createConversation.js';
import type { Conversation } from '../../src/core/conversation.js';
import type { ConversationState } from '../../src/core/conversationState.js';
import { messageText } from '../../src/core/message.js';
import { createResponsesTransport } from '../../src/transport/createResponsesTransport.js';
import type { ResponseMode } from '../../src/transport/encodeRequest.js';
import { jsonAnswer, streamAnswer, streamOf } from '../support/answers.js';
import { readFixture, readJsonFixture, streamFixtures } from '../support/fixtures.js';
import { createManualClock, type ManualClock } from '../support/manualClock.js';
import { createScriptedFetch, type RecordedRequest, type ScriptedAnswer } from '../support/scriptedFetch.js';

// Thousands of conversations run in one test: more than five seconds on a busy machine.
describe.each(streamFixtures)('%s', { timeout: 30_000 }, (name) => {
  const bytes = new TextEncoder().encode(readFixture(name));
  const frames = framesIn(readFixture(name));

  it('says what its frames say', async () => {
    const [state] = await statesAfter([[bytes]]);
    expect(textOf(state!)).toBe(textAfter(frames, bytes.length));
    expect(state!.status).toBe(finalStatus[name]);
    expect(state!.connection).toBe('idle');
    expect(state!.run).toBeNull();
  });

  it('is the same conversation wherever the network cuts it', async () => {
    const [whole, ...cut] = await statesAfter([
      [bytes],
      ...Array.from(bytes, (_, at) => [bytes.slice(0, at), bytes.slice(at)]),
    ]);
    expectAllEqual(cut, whole!);
    expect(cut).toHaveLength(bytes.length);
  });

  it('is the same conversation byte by byte', async () => {
    const [whole, single] = await statesAfter([[bytes], Array.from(bytes, (byte) => Uint8Array.of(byte))]);
    expect(single).toEqual(whole);
  });

  it.each([
    ['CRLF line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    [
      'CR line ends and heartbeats',
      (text: string) => text.replaceAll('data: {', ': hb\n\ndata: {').replaceAll('\n', '\r'),
    ],
  ])('is the same conversation with %s, byte by byte and cut at every line end', async (_, change) => {
    const changed = new TextEncoder().encode(change(readFixture(name)));
    const cuts = lineEndsIn(changed).map((at) => [changed.slice(0, at), changed.slice(at)]);
    const single = Array.from(changed, (byte) => Uint8Array.of(byte));
    const [whole, ...others] = await statesAfter([[bytes], [changed], single, ...cuts]);
    expectAllEqual(others, whole!);
  });

  it.each([
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['comments and heartbeats', (text: string) => `: hello\n\n${text.replaceAll('data: {', ': hb\n\ndata: {')}`],
    [
      'event, id and retry fields',
      (text: string) => text.replaceAll('data: {', 'id: 7\nevent: message\nretry: 10\ndata: {'),
    ],
    ['no space behind the colon', (text: string) => text.replaceAll('data: ', 'data:')],
    ['one event on several data lines', (text: string) => text.replaceAll(',"data":{', '\ndata: ,"data":{')],
  ])('is the same conversation with %s, whole and byte by byte', async (_, change) => {
    const changed = new TextEncoder().encode(change(readFixture(name)));
    const single = Array.from(changed, (byte) => Uint8Array.of(byte));
    const [whole, ...others] = await statesAfter([[bytes], [changed], single]);
    expectAllEqual(others, whole!);
  });

  it.each([
    ['ends at any byte', undefined, Array.from(bytes.keys())],
    ['breaks around the end of a line', new TypeError('network error'), lineEndsIn(bytes)],
  ])('keeps what had arrived where it %s, and is never taken for complete', async (_, breaksWith, places) => {
    const terminalEnd = frames.findLast((frame) => frame.isTerminal)!.end;
    const clock = createManualClock();
    const runs = places.map((at) => ({ at, ...begin(clock, [bytes.slice(0, at)], breaksWith) }));
    await clock.advance(100);
    for (const { at, conversation } of runs) {
      const state = conversation.getState();
      expect(textOf(state), `cut at ${at}`).toBe(textAfter(frames, at));
      if (at >= terminalEnd) {
        expect(state.status, `cut at ${at}`).toBe(finalStatus[name]);
      } else if (at >= frames[0]!.end) {
        expect([state.status, state.connection], `cut at ${at}`).toEqual(['working', 'reconnecting']);
        expect(state.messages[0]).toMatchObject({ delivery: 'sent' });
      } else {
        expect([state.status, state.connection], `cut at ${at}`).toEqual(['failed', 'idle']);
        expect(state.messages).toMatchObject([{ delivery: 'uncertain', error: { code: 'stream_dropped' } }]);
      }
    }
    expect(runs.every(({ requests }) => requests.filter(({ method }) => method === 'POST').length === 1)).toBe(true);

    await clock.advance(600);
    for (const { at, requests, conversation } of runs) {
      const isFollowed = at >= frames[0]!.end && at < terminalEnd;
      const questions = requests.slice(1).map(({ method, url }) => `${method} ${url}`);
      const { taskId } = frames[0]!.data;
      const { messageIds } = conversation.getState();
      const isAskedAbout = at < frames[0]!.end;
      expect(questions, `cut at ${at}`).toEqual([
        ...(isFollowed ? [`GET /chat/v2/agents/a/responses/${taskId}`] : []),
        ...(isAskedAbout ? [`GET /chat/receipts/${messageIds[0]}`] : []),
      ]);
    }
    for (const { conversation } of runs) conversation.destroy();
    expect(clock.pending()).toBe(0);
  });
});

const completed = JSON.stringify({ ...readJsonFixture('sync.json'), status: 'completed' });
const completedShort = JSON.stringify({ ...readJsonFixture('hybrid.json'), status: 'completed' });

/** What asks for a body, and where the conversation stands once it came whole. */
const jsonBodies: readonly JsonBody[] = [
  { name: 'sync.json', by: 'sync', status: 'completed' },
  { name: 'sync-waiting.json', by: 'sync', status: 'input-required' },
  { name: 'hybrid.json', by: 'sync', status: 'completed' },
  { name: 'task-submitted.json', by: 'sync', status: 'completed' },
  { name: 'background.json', by: 'background', status: 'completed' },
  { name: 'poll-in-progress.json', by: 'poll', status: 'completed' },
  { name: 'poll-failed.json', by: 'poll', status: 'failed' },
  { name: 'hybrid.json, completed', by: 'poll', status: 'completed', body: completedShort },
  ...[404, 404, 400, 404, 400, 500, 404].map((code, index): JsonBody => ({
    name: `error-e${index + 1}.json`,
    by: 'sync',
    status: 'failed',
    code,
  })),
];

describe.each(jsonBodies)('$name by $by', { timeout: 30_000 }, ({ name, by, status, code = 200, body }) => {
  const bytes = new TextEncoder().encode(body ?? readFixture(name));
  const answer = (...chunks: Uint8Array[]): Response =>
    new Response(streamOf(chunks), { status: code, headers: { 'content-type': 'application/json' } });
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());

  it('is the same conversation wherever the network cuts it', async () => {
    const clock = createManualClock();
    const deliveries = [[bytes], ...Array.from(bytes, (_, at) => [bytes.slice(0, at), bytes.slice(at)])];
    const runs = deliveries.map((chunks) =>
      ask(
        clock,
        by,
        () => answer(...chunks),
        () => jsonAnswer(completed),
      ),
    );
    await clock.advance(5_000);
    const [whole, ...cut] = runs.map(({ conversation }) => withPlainIds(conversation.getState()));
    expect(whole!.status).toBe(status);
    expectAllEqual(cut, whole!);
    for (const { conversation } of runs) conversation.destroy();
  });

  it('is never complete where it ends at any byte, and keeps what was there', async () => {
    const clock = createManualClock();
    const runs = Array.from(bytes.keys())
      .filter((at) => !isJson(bytes.slice(0, at)))
      .map((at) => {
        const begin = () => answer(bytes.slice(0, at));
        return { at, ...ask(clock, by, begin, by === 'poll' ? begin : () => new Response('{}', { status: 404 })) };
      });
    await clock.advance(120_000);
    for (const { at, conversation, requests } of runs) {
      const { status: reached, messages } = conversation.getState();
      expect(reached, `cut at ${at}`).toBe('failed');
      expect(messageText(messages[0]!)).toBe('Hello');
      expect(textOf(conversation.getState()), `cut at ${at}`).toBe(by === 'poll' ? beginning.text : '');
      expect(messages[0], `cut at ${at}`).toMatchObject({ delivery: deliveryAfter(by, code) });
      expect(
        requests.filter(({ method }) => method === 'POST'),
        `cut at ${at}`,
      ).toHaveLength(1);
      conversation.destroy();
    }
    expect(runs.length).toBeGreaterThan(bytes.length - 4);
    expect(clock.pending()).toBe(0);
  });
});

interface JsonBody {
  readonly name: string;
  /** The mode of the message that it answers, or the poll after a stream that broke off. */
  readonly by: ResponseMode | 'poll';
  readonly status: ConversationState['status'];
  /** HTTP status; default 200. */
  readonly code?: number;
  /** Default: the fixture's. */
  readonly body?: string;
}

/** A stream that broke off behind its first words. */
const beginning = (() => {
  const name = 'text-with-server-tool.sse';
  const frames = framesIn(readFixture(name));
  const { end } = frames.find((frame) => textAfter(frames, frame.end) !== '')!;
  return { bytes: new TextEncoder().encode(readFixture(name)).slice(0, end), text: textAfter(frames, end) };
})();

/** A message, answered by `first`, or by the beginning of a stream and then by it; whatever is asked afterwards is answered by `later`. */
function ask(clock: ManualClock, by: JsonBody['by'], first: () => Response, later: () => Response) {
  const begun: ScriptedAnswer[] = by === 'poll' ? [streamAnswer([beginning.bytes])] : [];
  const { fetch, requests } = createScriptedFetch(...begun, first, ...Array.from({ length: 20 }, () => later));
  const mode = by === 'poll' ? 'stream' : by;
  const transport = createResponsesTransport({ url: '/chat', fetch, clock, mode, random: () => 0 });
  const conversation = createConversation({ agentKey: 'a', id: 'c', transport, clock, random: () => 0 });
  conversation.send('Hello');
  return { conversation, requests };
}

function deliveryAfter(by: JsonBody['by'], code: number): string {
  if (by === 'poll') return 'sent';
  return code >= 400 && code < 500 ? 'failed' : 'uncertain';
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}

const finalStatus: Record<string, ConversationState['status']> = {
  'text-with-server-tool.sse': 'completed',
  'client-tools.sse': 'input-required',
  'review-rejected.sse': 'completed',
  'failed.sse': 'failed',
};

function begin(
  clock: ManualClock,
  chunks: readonly Uint8Array[],
  breaksWith?: Error,
): { conversation: Conversation; requests: RecordedRequest[] } {
  // Behind the stream is an API that knows nothing of receipts.
  const { fetch, requests } = createScriptedFetch(
    streamAnswer(chunks, breaksWith ? { breaksWith } : {}),
    new Response('{}', { status: 404 }),
  );
  const transport = createResponsesTransport({ url: '/chat', fetch, clock, random: () => 0 });
  const conversation = createConversation({ agentKey: 'a', id: 'c', transport, clock, random: () => 0 });
  conversation.send('Hello');
  return { conversation, requests };
}

async function statesAfter(deliveries: readonly (readonly Uint8Array[])[]): Promise<ConversationState[]> {
  const clock = createManualClock();
  const conversations = deliveries.map((chunks) => begin(clock, chunks).conversation);
  await clock.advance(100);
  return conversations.map((conversation) => withPlainIds(conversation.getState()));
}

/** The places before, in and behind every line end. */
function lineEndsIn(bytes: Uint8Array): number[] {
  const isLineEnd = (byte: number | undefined): boolean => byte === 10 || byte === 13;
  return Array.from(bytes.keys()).filter((at) => isLineEnd(bytes[at]) || isLineEnd(bytes[at - 1]));
}

/** Compared as text first: thousands of deep comparisons take longer than the conversations. */
function expectAllEqual(states: readonly ConversationState[], whole: ConversationState): void {
  const text = JSON.stringify(whole);
  for (const state of states) if (JSON.stringify(state) !== text) expect(state).toEqual(whole);
  expect(states.length).toBeGreaterThan(0);
}

/** Ids are made by chance; everything else must be the same. */
function withPlainIds(state: ConversationState): ConversationState {
  let text = JSON.stringify(state);
  state.messageIds.forEach((id, index) => (text = text.replaceAll(id, `message-${index}`)));
  return JSON.parse(text) as ConversationState;
}

interface Frame {
  readonly end: number;
  readonly isTerminal: boolean;
  readonly type: string;
  readonly data: { partId?: string; taskId?: string; delta?: { text?: string }; part?: { text?: string } };
}

/** The frames of a fixture, read without any code of ours; `end` is the byte behind the blank line. */
function framesIn(text: string): Frame[] {
  let end = 0;
  return text.split('\n\n').flatMap((block) => {
    end += new TextEncoder().encode(`${block}\n\n`).length;
    if (!block.startsWith('data: {')) return [];
    const { type, data } = JSON.parse(block.slice(6)) as Pick<Frame, 'type' | 'data'>;
    return [{ end, type, data, isTerminal: type === 'response.done' || type === 'response.failed' }];
  });
}

function textAfter(frames: readonly Frame[], at: number): string {
  const texts = new Map<string, string>();
  for (const { end, data } of frames) {
    if (end > at || data.partId === undefined) continue;
    const { delta, part } = data;
    if (delta?.text !== undefined) texts.set(data.partId, (texts.get(data.partId) ?? '') + delta.text);
    if (part?.text !== undefined) texts.set(data.partId, part.text);
  }
  return [...texts.values()].join('\n\n');
}

function textOf(state: ConversationState): string {
  const message = state.messages.find((each) => each.role === 'agent');
  return message ? messageText(message) : '';
}
