import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import type { ConversationEvent, LocalEvent } from '../../src/core/conversationEvent.js';
import {
  EMPTY_STATE,
  selectPendingReviews,
  selectPendingToolCalls,
  type ConversationState,
} from '../../src/core/conversationState.js';
import { userMessage } from '../../src/core/inputParts.js';
import type { Part } from '../../src/core/message.js';
import { reduce } from '../../src/core/reduce.js';
import { answer, call, delta, done, error, failed, started, synced } from '../support/agentEvents.js';
import { answerIn, sendingState, stateAfter } from '../support/collect.js';

const at = 1;
const local = (state: ConversationState, ...events: readonly (LocalEvent | AgentEvent)[]): ConversationState =>
  events.reduce<ConversationState>((before, event) => reduce(before, { ...event, at }), state);

const whole = (kind: 'text' | 'reasoning', text: string, partId = `${kind}_1`): AgentEvent => ({
  type: 'part.done',
  partId,
  part: kind === 'text' ? { kind, text } : { kind, reasoning: text },
});
const reasoning = (text: string): AgentEvent => ({
  type: 'part.delta',
  partId: 'reasoning_1',
  delta: { kind: 'reasoning', reasoning: text },
});
const file = (uri: string): AgentEvent => ({
  type: 'part.delta',
  partId: 'file_1',
  delta: { kind: 'file', file: { uri } },
});
const toolStarted = (toolCallId = 'call_1'): AgentEvent => ({ type: 'tool.started', ...call(toolCallId, 'search') });
const toolDone = (result: unknown = 7, toolCallId = 'call_1'): AgentEvent => ({
  type: 'tool.done',
  toolCallId,
  result,
});
const toolFailed = (toolCallId = 'call_1'): AgentEvent => ({ type: 'tool.failed', toolCallId, error: 'no' });
const reviewRequested: AgentEvent = {
  type: 'tool.review.requested',
  ...call('call_1', 'mail'),
  requiresApproval: true,
};
const reviewDone = (review: 'approved' | 'rejected'): AgentEvent => ({
  type: 'tool.review.done',
  toolCallId: 'call_1',
  review,
});

describe('the parts of an answer', () => {
  it.each<[string, AgentEvent[], object[]]>([
    ['deltas add up', [delta('Hel'), delta('lo')], [{ kind: 'text', text: 'Hello', state: 'streaming' }]],
    [
      'the whole part replaces its deltas',
      [delta('Hel'), whole('text', 'Hello!')],
      [{ text: 'Hello!', state: 'done' }],
    ],
    ['a part may come whole', [whole('text', 'Hello')], [{ partId: 'text_1', text: 'Hello', state: 'done' }]],
    ['a delta after its part is done is late', [whole('text', 'Hello'), delta('lo')], [{ text: 'Hello' }]],
    [
      'a delta of another kind than its part is confused',
      [delta('Hi'), { ...reasoning('x'), partId: 'text_1' } as AgentEvent],
      [{ kind: 'text', text: 'Hi' }],
    ],
    [
      'parts stand in the order in which they appeared',
      [delta('a', 't1'), toolStarted(), delta('b', 't2'), delta('c', 't1')],
      [{ text: 'ac' }, { toolCallId: 'call_1' }, { text: 'b' }],
    ],
    ['a file replaces itself', [file('https://a'), file('https://b')], [{ kind: 'file', file: { uri: 'https://b' } }]],
    [
      'reasoning is timed by what was seen',
      [reasoning('so'), whole('reasoning', 'so be it')],
      [{ reasoning: 'so be it', startedAt: 1, endedAt: 1, state: 'done' }],
    ],
    ['reasoning that came whole has no times', [whole('reasoning', 'so')], [{ startedAt: null, endedAt: null }]],
    [
      'a tool runs and is done',
      [toolStarted(), toolDone()],
      [{ toolName: 'search', state: 'done', result: 7, executor: 'server' }],
    ],
    ['a tool runs and fails', [toolStarted(), toolFailed()], [{ state: 'failed', error: 'no' }]],
    [
      'parallel tools are told apart',
      [toolStarted('a'), toolStarted('b'), toolDone(1, 'b'), toolFailed('a')],
      [
        { toolCallId: 'a', state: 'failed' },
        { toolCallId: 'b', state: 'done' },
      ],
    ],
    ['a result without a start deserves a line', [toolDone()], [{ toolCallId: 'call_1', state: 'done', result: 7 }]],
    [
      'a start after the end only adds the name',
      [toolDone(), toolStarted()],
      [{ toolName: 'search', state: 'done', result: 7 }],
    ],
    ['a failure after the result is late', [toolStarted(), toolDone(), toolFailed()], [{ state: 'done', result: 7 }]],
    [
      'a result after the failure is late',
      [toolStarted(), toolFailed(), toolDone()],
      [{ state: 'failed', error: 'no' }],
    ],
    ['a review waits', [reviewRequested], [{ state: 'review-requested' }]],
    ['an approved call runs', [reviewRequested, reviewDone('approved')], [{ state: 'running' }]],
    [
      'a rejected call stays rejected, though it is reported as failed',
      [reviewRequested, reviewDone('rejected'), toolFailed()],
      [{ state: 'rejected', error: 'no' }],
    ],
    [
      'a decision on a call that nobody reviews changes nothing',
      [toolStarted(), reviewDone('rejected')],
      [{ state: 'running' }],
    ],
    [
      'a request to review what is over changes nothing',
      [toolStarted(), toolDone(), reviewRequested],
      [{ state: 'done' }],
    ],
  ])('%s', (_, events, parts) => {
    expect(answerIn(stateAfter([started(), ...events])).parts).toMatchObject(parts);
  });

  it.each<[string, LocalEvent | AgentEvent]>([
    ['its end', done()],
    ['its failure', failed()],
    ['a stop', { type: 'run.stopped' }],
    ['a failed run', { type: 'run.failed', error: error('network') }],
    ['a snapshot', synced()],
  ])('are all closed by %s', (_, event) => {
    const open = stateAfter([
      started(),
      delta('Hi'),
      reasoning('so'),
      toolStarted('a'),
      { ...reviewRequested, toolCallId: 'b' },
    ]);
    const { parts } = answerIn(local(open, event));
    expect(parts.map((part) => ('state' in part ? part.state : null))).toEqual([
      'done',
      'done',
      'interrupted',
      'interrupted',
    ]);
  });
});

describe('the state of a conversation', () => {
  it.each<[string, AgentEvent[], Partial<ConversationState>]>([
    ['is submitted until something comes', [], { status: 'submitted', connection: 'connecting', taskId: null }],
    ['works once it has begun', [started()], { status: 'working', taskId: 'task-1' }],
    ['works where the first event was lost', [delta('Hi')], { status: 'working' }],
    ['is completed', [...answer('Hi')], { status: 'completed', taskId: 'task-1', error: null }],
    ['waits for tools', [started(), done([call('c')])], { status: 'input-required' }],
    ['fails, and its task with it', [started(), failed()], { status: 'failed', taskId: null }],
    ['fails as the first thing', [failed()], { status: 'failed', taskId: null }],
    ['takes the newest task id', [started('a'), synced({ taskId: 'b' })], { taskId: 'b' }],
    ['keeps its task id where none is told', [started('a'), synced({ taskId: null })], { taskId: 'a' }],
    ['leaves a canceled task', [started(), synced({ state: 'canceled' })], { status: 'canceled', taskId: null }],
    ['works on while a poll says so', [started(), synced({ state: 'working' })], { status: 'working' }],
    [
      'stays over when a late poll says that it works',
      [...answer('Hi'), synced({ state: 'working' })],
      { status: 'completed' },
    ],
    ['stays over when it is stopped behind its end', [...answer('Hi')], { status: 'completed' }],
  ])('%s', (_, events, expected) => {
    expect(stateAfter(events)).toMatchObject(expected);
  });

  it('is not changed by a stop or a failure between the end of the answer and the end of the run', () => {
    const over = stateAfter(answer('Hi'));
    const idle = { run: null, connection: 'idle', status: 'completed', error: null, messages: over.messages };
    expect(local(over, { type: 'run.stopped' })).toMatchObject(idle);
    expect(local(over, { type: 'run.failed', error: error('network') })).toMatchObject(idle);
  });

  it('proves the message sent with whatever comes first', () => {
    for (const event of [started(), delta('Hi'), toolStarted(), failed(), synced({ state: 'submitted' })]) {
      expect(stateAfter([event]).messages[0], event.type).toMatchObject({ role: 'user', delivery: 'sent' });
    }
  });

  it('is untouched by what the network says, outside of a run', () => {
    expect(local(EMPTY_STATE, { type: 'connection.changed', connection: 'streaming' })).toBe(EMPTY_STATE);
  });

  it('begins anew after a reset, and remembers only who talks to whom', () => {
    const agent = { key: 'a', displayName: 'Ada', description: null, suggestions: [] };
    const before = local(
      stateAfter(answer('Hi')),
      { type: 'agent.loaded', agent },
      { type: 'context.changed', identity: { id: 'me' }, thread: null },
    );
    const reset = { type: 'conversation.reset', conversationId: 'next', isRestoring: false } as const;
    expect(local(before, reset)).toEqual({ ...EMPTY_STATE, conversationId: 'next', agent, identity: { id: 'me' } });
  });
});

describe('late and repeated events', () => {
  const stream: AgentEvent[] = [
    started(),
    reasoning('so'),
    whole('reasoning', 'so be it'),
    toolStarted(),
    toolDone({ deep: [1, { value: 2 }] }),
    delta('Hel'),
    delta('lo'),
    whole('text', 'Hello'),
    file('https://a'),
    { type: 'part.done', partId: 'data_1', part: { kind: 'data', data: { rows: [1, 2] } } },
    done([call('c')]),
  ];

  it('change nothing when a whole stream is replayed', () => {
    const once = stateAfter(stream);
    expect(stateAfter(stream, once)).toBe(once);
  });

  it.each(stream.filter(({ type }) => type !== 'part.delta').map((event) => [event.type, event] as const))(
    'change nothing when %s comes twice',
    (_, event) => {
      const upTo = stateAfter(stream.slice(0, stream.indexOf(event) + 1));
      expect(stateAfter([event], upTo)).toBe(upTo);
    },
  );

  it('change nothing when a snapshot comes twice', () => {
    const snapshot = synced({
      state: 'input-required',
      parts: [
        { kind: 'text', text: 'Hello' },
        { kind: 'file', file: { uri: 'https://a' } },
        { kind: 'data', data: { rows: [1] } },
        { kind: 'error', error: 'e' },
        { kind: 'unknown', originalKind: 'video' },
        { kind: 'tool_call', ...call('c') },
      ],
      pendingToolCalls: [call('c')],
      usage: { totalTokens: 3 },
    });
    const once = stateAfter([snapshot]);
    expect(selectPendingToolCalls(once)).toHaveLength(1);
    expect(stateAfter([snapshot], once)).toBe(once);
  });

  it('change nothing without a run', () => {
    const settled = local(stateAfter(stream), { type: 'run.settled' });
    expect(stateAfter([...stream, synced(), failed()], settled)).toBe(settled);
  });
});

describe('what an event does not touch', () => {
  const before = stateAfter([started(), delta('a', 't1'), toolStarted(), delta('b', 't2')]);
  const after = stateAfter([delta('c', 't2')], before);

  it('keeps its identity: messages, their ids and the other parts', () => {
    expect(after).not.toBe(before);
    expect(after.messageIds).toBe(before.messageIds);
    expect(after.messages[0]).toBe(before.messages[0]);
    const parts = (state: ConversationState): readonly Part[] => answerIn(state).parts;
    expect(parts(after)[0]).toBe(parts(before)[0]);
    expect(parts(after)[1]).toBe(parts(before)[1]);
    expect(parts(after)[2]).toMatchObject({ text: 'bc' });
    expect(after.capabilities).toBe(before.capabilities);
  });

  it('is everything, for an empty delta, an unknown message and a skipped event', () => {
    const nothing: (LocalEvent | AgentEvent)[] = [
      delta('', 't2'),
      { type: 'delivery.changed', messageId: 'nobody', delivery: 'failed', error: null },
      { type: 'event.skipped', reason: 'malformed', detail: '' },
      { type: 'tool.answered', toolCallId: 'nobody', result: 1 },
      { type: 'message.removed', messageId: 'nobody' },
      { type: 'task.changed', taskId: 'task-1' },
    ];
    for (const event of nothing) expect(local(before, event), event.type).toBe(before);
  });
});

describe('a snapshot after a stream that broke', () => {
  const streamed = stateAfter([started(), reasoning('so'), toolStarted(), toolDone(), delta('Hello wor')]);

  it('completes the text and keeps what JSON cannot know', () => {
    const { parts } = answerIn(stateAfter([synced({ parts: [{ kind: 'text', text: 'Hello world' }] })], streamed));
    expect(parts).toMatchObject([
      { kind: 'reasoning', reasoning: 'so', state: 'done' },
      { kind: 'tool_call', state: 'done', result: 7 },
      { kind: 'text', partId: 'text_1', text: 'Hello world', state: 'done' },
    ]);
  });

  it('keeps the text where it failed without a word', () => {
    const { parts, status } = answerIn(
      stateAfter([synced({ state: 'failed', error: error('response_failed') })], streamed),
    );
    expect(status).toBe('failed');
    expect(parts.at(-1)).toMatchObject({ text: 'Hello wor', state: 'done' });
  });

  it.each([
    ['one text that streamed in two', ['A', 'B'], ['A\n\nB'], ['A', 'B']],
    ['two texts as they streamed', ['A', 'B'], ['A', 'B'], ['A', 'B']],
    ['one longer text', ['A', 'B'], ['A\n\nBC'], ['A\n\nBC']],
    ['another line break than was streamed', ['a b'], ['a\nb'], ['a\nb']],
    ['a second text that was not streamed', ['A'], ['A', 'B'], ['A', 'B']],
    ['texts where none was streamed', [], ['A', 'B'], ['A', 'B']],
  ])('agrees on %s', (_, shown, written, expected) => {
    const before = stateAfter([started(), ...shown.map((text, index) => delta(text, `text_${index}`))]);
    const parts = written.map((text) => ({ kind: 'text' as const, text }));
    const texts = answerIn(stateAfter([synced({ parts })], before)).parts.map(
      (part) => part.kind === 'text' && part.text,
    );
    expect(texts).toEqual(expected);
  });

  it('shows tools and their results that only the JSON tells', () => {
    const parts = [
      { kind: 'tool_call' as const, ...call('c', 'search') },
      { kind: 'tool_result' as const, toolCallId: 'c', result: 3 },
      { kind: 'text' as const, text: 'Found' },
    ];
    expect(answerIn(stateAfter([synced({ parts })])).parts).toMatchObject([
      { toolName: 'search', state: 'done', result: 3 },
      { text: 'Found' },
    ]);
  });
});

describe('tool calls that wait for the page', () => {
  const waiting = local(stateAfter([started(), done([call('a'), call('b')])]), { type: 'run.settled' });

  it('wait until they are answered', () => {
    expect(selectPendingToolCalls(waiting).map(({ toolCallId }) => toolCallId)).toEqual(['a', 'b']);
    const answered = local(waiting, { type: 'tool.answered', toolCallId: 'a', result: { ok: true } });
    expect(selectPendingToolCalls(answered).map(({ toolCallId }) => toolCallId)).toEqual(['b']);
  });

  it('are answered once', () => {
    const answered = local(waiting, { type: 'tool.answered', toolCallId: 'a', result: 1 });
    expect(local(answered, { type: 'tool.answered', toolCallId: 'a', result: 2 })).toBe(answered);
  });

  it('merge with a start that the server announced', () => {
    const { parts } = answerIn(stateAfter([started(), toolStarted('a'), done([call('a', 'search')])]));
    expect(parts).toMatchObject([{ toolCallId: 'a', executor: 'client', state: 'input-required' }]);
  });

  it('are not reviews', () => {
    expect(selectPendingReviews(waiting)).toEqual([]);
    const reviewing = stateAfter([started(), reviewRequested]);
    expect(selectPendingReviews(reviewing)).toHaveLength(1);
    expect(selectPendingToolCalls(reviewing)).toEqual([]);
  });
});

describe('the order of messages', () => {
  const add = (id: string): LocalEvent => ({
    type: 'message.added',
    message: userMessage(id, [{ kind: 'text', text: id }], 0),
  });
  const deliver = (messageId: string, delivery: 'queued' | 'failed'): LocalEvent => ({
    type: 'delivery.changed',
    messageId,
    delivery,
    error: null,
  });

  it('puts an answer behind its question, before what still waits', () => {
    const state = local(sendingState(), add('user-2'));
    expect(stateAfter([started()], state).messageIds).toEqual(['user-1', 'agent-1', 'user-2']);
  });

  it('takes a message once', () => {
    const state = local(EMPTY_STATE, add('a'));
    expect(local(state, add('a'))).toBe(state);
  });

  it('moves a failed message to the end when it is sent after all', () => {
    const state = local(EMPTY_STATE, add('a'), add('b'), deliver('a', 'failed'));
    expect(state.messageIds).toEqual(['a', 'b']);
    const again = local(state, deliver('a', 'queued'));
    expect(again.messageIds).toEqual(['b', 'a']);
    expect(again.messages.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

it('never throws and never forgets, whatever the order of events', () => {
  const events: ConversationEvent[] = [
    started(),
    delta('a'),
    toolDone(),
    reviewRequested,
    done([call('c')]),
    failed(),
    synced(),
  ].map((event) => ({ ...event, at }));
  for (const first of events) {
    for (const second of events) {
      for (const third of events) {
        const state = [first, second, third].reduce(reduce, sendingState());
        expect(state.messageIds).toEqual(['user-1', 'agent-1']);
        expect(state.messages.map(({ id }) => id)).toEqual(state.messageIds);
      }
    }
  }
});
