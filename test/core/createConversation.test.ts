import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent } from '../../src/core/agentEvent.js';
import type { ConversationOptions } from '../../src/core/conversation.js';
import type { LocalEvent } from '../../src/core/conversationEvent.js';
import { selectPendingToolCalls, selectQueue } from '../../src/core/conversationState.js';
import { createConversation } from '../../src/core/createConversation.js';
import { messageText, type Message, type UserMessage } from '../../src/core/message.js';
import type { InputPart } from '../../src/core/transport.js';
import { answer, call, delta, done, error, failed, started, synced } from '../support/agentEvents.js';
import { createFakeTransport } from '../support/fakeTransport.js';
import { createManualClock } from '../support/manualClock.js';

function setUp(options: Partial<ConversationOptions> = {}) {
  const clock = createManualClock();
  const transport = createFakeTransport();
  const conversation = createConversation({ agentKey: 'support', transport, clock, random: () => 0, ...options });
  const transcript = (): string[] =>
    conversation
      .getState()
      .messages.map((message) =>
        message.role === 'user'
          ? `${messageText(message)}: ${message.delivery}`
          : `> ${messageText(message) || '…'}: ${message.status}`,
      );
  const sent = () => transport.sends.map(({ request }) => request);
  const message = (id: string): Message => conversation.getState().messages.find((each) => each.id === id)!;
  const userMessage = (id: string): UserMessage => {
    const found = message(id);
    if (found.role !== 'user') throw new Error('not a user message');
    return found;
  };
  const lastAnswer = (): Message => conversation.getState().messages.findLast(({ role }) => role === 'agent')!;
  /** Answers the newest request. */
  const reply = async (...events: readonly AgentEvent[]): Promise<void> => {
    transport.sends.at(-1)!.emit(...events);
    await clock.advance(20);
  };
  return {
    clock,
    transport,
    conversation,
    transcript,
    sent,
    message,
    userMessage,
    lastAnswer,
    reply,
    state: conversation.getState,
  };
}

const textOf = (parts: readonly InputPart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : part.kind)).join(' ');

describe('a turn', () => {
  it('goes from submitted to completed, and takes the task along to the next', async () => {
    const { conversation, clock, transport, state, sent, transcript, reply } = setUp();
    conversation.send('Hello');
    expect(state()).toMatchObject({ status: 'submitted', connection: 'connecting' });
    expect(transcript()).toEqual(['Hello: sending']);
    transport.sends[0]!.emit({ type: 'connection.changed', connection: 'streaming' }, started('task-1'), delta('Hi'));
    await clock.advance(20);
    expect(state()).toMatchObject({ status: 'working', connection: 'streaming' });
    expect(transcript()).toEqual(['Hello: sent', '> Hi: working']);
    await reply(done());
    expect(state()).toMatchObject({ status: 'completed', connection: 'idle', run: null });
    conversation.send('More');
    expect(sent().map(({ taskId }) => taskId)).toEqual([undefined, 'task-1']);
    expect(clock.pending()).toBe(0);
  });

  it('gives the message its id at once, and the wire the same', () => {
    const { conversation, sent, state } = setUp();
    const id = conversation.send('Hello');
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(state().messageIds).toEqual([id]);
    expect(sent()[0]!.message).toEqual({ messageId: id, role: 'user', parts: [{ kind: 'text', text: 'Hello' }] });
  });

  it('carries its context every time, as it is at that moment', async () => {
    const { conversation, sent, reply } = setUp({
      identity: { id: 'a' },
      thread: { id: 't' },
      memory: { entityId: 'm' },
      variables: { v: 1 },
      metadata: { d: 1 },
    });
    conversation.send('One');
    conversation.send('Two');
    conversation.update({ identity: { id: 'a', displayName: 'Ann' }, memory: undefined });
    await reply(...answer('ok'));
    expect(sent()[0]).toMatchObject({
      identity: { id: 'a' },
      thread: { id: 't' },
      memory: { entityId: 'm' },
      variables: { v: 1 },
      metadata: { d: 1 },
    });
    expect(sent()[1]).toMatchObject({ identity: { displayName: 'Ann' }, thread: { id: 't' }, variables: { v: 1 } });
    expect(sent()[1]!.memory).toBeUndefined();
  });

  it.each(['', '  \n', { parts: [] }, { parts: [{ kind: 'tool_result' as const, toolCallId: 'c', result: 1 }] }])(
    'is refused for a message without content: %j',
    (input) => {
      const { conversation, state } = setUp();
      expect(() => conversation.send(input)).toThrowError(expect.objectContaining({ code: 'empty_message' }));
      expect(state().messages).toEqual([]);
    },
  );

  it('takes files', () => {
    const { conversation, sent, state } = setUp();
    const file = { bytes: 'AAAA', mimeType: 'application/pdf', name: 'a.pdf' };
    conversation.send({ parts: [{ kind: 'file', file }] });
    expect(state().messages[0]!.parts).toMatchObject([{ kind: 'file', file }]);
    expect(sent()[0]!.message.parts).toEqual([{ kind: 'file', file }]);
  });

  it('fails where the response fails, keeps the text, and the next begins a new task', async () => {
    const { conversation, sent, transcript, state, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-1'), delta('I was about'), failed());
    expect(transcript()).toEqual(['Hello: sent', '> I was about: failed']);
    expect(state()).toMatchObject({ status: 'failed', error: { code: 'response_failed' } });
    conversation.send('Again');
    expect(sent()[1]!.taskId).toBeUndefined();
    expect(state().error).toBeNull();
  });

  it('fails where a transport ends without saying how', async () => {
    const { conversation, transport, clock, transcript, state } = setUp();
    conversation.send('Hello');
    transport.sends[0]!.end();
    await clock.settle();
    expect(transcript()).toEqual(['Hello: uncertain']);
    expect(state()).toMatchObject({ status: 'failed', error: { code: 'stream_dropped' } });
  });

  it.each([
    ['invalid_request', 'failed'],
    ['forbidden', 'failed'],
    ['network', 'uncertain'],
    ['server_error', 'uncertain'],
    ['stream_dropped', 'uncertain'],
  ] as const)('leaves its message, after %s, %s', async (code, delivery) => {
    const { conversation, transport, clock, userMessage, state } = setUp();
    const id = conversation.send('Hello');
    transport.sends[0]!.fail(error(code));
    await clock.settle();
    expect(userMessage(id)).toMatchObject({ delivery, error: { code } });
    expect(state()).toMatchObject({ status: 'failed', connection: 'idle', run: null, error: { code } });
    expect(transport.sends).toHaveLength(1);
  });

  it('follows its task where the stream drops, and never sends again', async () => {
    const { conversation, transport, clock, transcript, state, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-9'), delta('Hel'));
    transport.sends[0]!.fail(error('stream_dropped'));
    await clock.settle();
    expect(state()).toMatchObject({ status: 'working', connection: 'reconnecting' });
    expect(transcript()).toEqual(['Hello: sent', '> Hel: working']);
    expect(transport.follows.map(({ request }) => request.taskId)).toEqual(['task-9']);
    transport.follows[0]!.emit({ type: 'connection.changed', connection: 'polling' });
    await clock.settle();
    expect(state().connection).toBe('polling');
    transport.follows[0]!.emit(synced({ taskId: 'task-9', parts: [{ kind: 'text', text: 'Hello!' }] }));
    await clock.settle();
    expect(transcript()).toEqual(['Hello: sent', '> Hello!: completed']);
    expect(transport.sends).toHaveLength(1);
  });

  it('fails where the task cannot be followed either, and keeps what had arrived', async () => {
    const { conversation, transport, clock, transcript, state, reply } = setUp();
    conversation.send('Hello');
    await reply(started(), delta('Hel'));
    transport.sends[0]!.fail(error('stream_dropped'));
    await clock.settle();
    transport.follows[0]!.fail(error('timeout'));
    await clock.settle();
    expect(transcript()).toEqual(['Hello: sent', '> Hel: failed']);
    expect(state()).toMatchObject({ status: 'failed', error: { code: 'timeout' } });
  });
});

describe('the queue', () => {
  it('is served first in, first out, one turn at a time', async () => {
    const { conversation, transcript, sent, state, reply } = setUp();
    conversation.send('One');
    conversation.send('Two');
    conversation.send('Three');
    expect(transcript()).toEqual(['One: sending', 'Two: queued', 'Three: queued']);
    expect(selectQueue(state()).map(messageText)).toEqual(['Two', 'Three']);
    await reply(...answer('1', 'task-1'));
    expect(transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sending', 'Three: queued']);
    await reply(...answer('2', 'task-2'));
    await reply(...answer('3', 'task-3'));
    expect(transcript()).toEqual([
      'One: sent',
      '> 1: completed',
      'Two: sent',
      '> 2: completed',
      'Three: sent',
      '> 3: completed',
    ]);
    expect(sent().map(({ taskId }) => taskId)).toEqual([undefined, 'task-1', 'task-2']);
  });

  it('goes on after a failure', async () => {
    const { conversation, transport, clock, transcript } = setUp();
    conversation.send('One');
    conversation.send('Two');
    transport.sends[0]!.fail(error('invalid_request'));
    await clock.settle();
    expect(transcript()).toEqual(['One: failed', 'Two: sending']);
  });

  it('is closed to whoever would rather be refused', () => {
    const { conversation, transcript } = setUp();
    conversation.send('One');
    expect(() => conversation.send('Two', { whenBusy: 'reject' })).toThrowError(
      expect.objectContaining({ code: 'task_active' }),
    );
    expect(transcript()).toEqual(['One: sending']);
  });
});

describe('retry and resend', () => {
  it('sends a failed message again under its own id, behind what was said since', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    const id = conversation.send('One');
    transport.sends[0]!.fail(error('invalid_request'));
    await clock.settle();
    conversation.send('Two');
    await reply(...answer('2'));
    conversation.retry(id);
    await reply(...answer('1'));
    expect(transcript()).toEqual(['Two: sent', '> 2: completed', 'One: sent', '> 1: completed']);
    expect(sent().map(({ message }) => message.messageId)).toEqual([id, sent()[1]!.message.messageId, id]);
  });

  it('sends the input of a failed answer as a new turn', async () => {
    const { conversation, transcript, sent, lastAnswer, reply } = setUp();
    const id = conversation.send('One');
    await reply(started(), failed());
    conversation.retry(lastAnswer().id);
    await reply(...answer('1'));
    expect(transcript()).toEqual(['One: sent', '> …: failed', 'One: sent', '> 1: completed']);
    expect(sent()[1]!.message.messageId).not.toBe(id);
  });

  it('sends an uncertain message again as a new one, and only on request', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    const id = conversation.send('One');
    transport.sends[0]!.fail(error('network'));
    await clock.settle();
    conversation.retry(id);
    expect(sent()).toHaveLength(1);
    conversation.resend(id);
    await reply(...answer('1'));
    expect(transcript()).toEqual(['One: uncertain', 'One: sent', '> 1: completed']);
    expect(sent()[1]!.message.messageId).not.toBe(id);
  });

  it('replace a message that never reached the agent', async () => {
    const { conversation, transport, clock, transcript, sent, message, reply } = setUp();
    const failed = conversation.send('Oen');
    transport.sends[0]!.fail(error('invalid_request'));
    await clock.settle();
    expect(message(conversation.editAndResend(failed, 'One')!)).toMatchObject({ delivery: 'sending' });
    const queued = conversation.send('Tow');
    conversation.editAndResend(queued, 'Two');
    expect(transcript()).toEqual(['One: sending', 'Two: queued']);
    await reply(...answer('1'));
    expect(sent().map((request) => textOf(request.message.parts))).toEqual(['Oen', 'One', 'Two']);
  });

  it('take back what has not left, and nothing else', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    const failed = conversation.send('One');
    transport.sends[0]!.fail(error('invalid_request'));
    await clock.settle();
    conversation.withdraw(failed);
    expect(transcript()).toEqual([]);
    const sending = conversation.send('Two');
    const queued = conversation.send('Three');
    conversation.send('Four');
    conversation.withdraw(sending);
    conversation.withdraw(queued);
    expect(transcript()).toEqual(['Two: sending', 'Four: queued']);
    await reply(...answer('2'));
    expect(sent().map((request) => textOf(request.message.parts))).toEqual(['One', 'Two', 'Four']);
  });

  it('keep a message that the agent remembers, and mark it', async () => {
    const { conversation, transcript, userMessage, reply } = setUp();
    const id = conversation.send('Oen');
    await reply(...answer('What?'));
    const editedAs = conversation.editAndResend(id, 'One')!;
    expect(userMessage(id).editedAs).toBe(editedAs);
    expect(transcript()).toEqual(['Oen: sent', '> What?: completed', 'One: sending']);
  });

  it('change nothing where the edit says nothing, or the message is not the visitor’s', async () => {
    const { conversation, transcript, lastAnswer, reply } = setUp();
    const id = conversation.send('One');
    await reply(...answer('1'));
    expect(() => conversation.editAndResend(id, ' ')).toThrowError(expect.objectContaining({ code: 'empty_message' }));
    expect(conversation.editAndResend(lastAnswer().id, 'Hm')).toBeNull();
    expect(transcript()).toEqual(['One: sent', '> 1: completed']);
  });

  it('leave everything else alone', async () => {
    const { conversation, sent, lastAnswer, reply } = setUp();
    const id = conversation.send('One');
    await reply(...answer('1'));
    for (const each of [id, lastAnswer().id, 'nobody']) {
      conversation.retry(each);
      conversation.resend(each);
    }
    expect(sent()).toHaveLength(1);
  });
});

describe('stopping', () => {
  it('keeps what has arrived and lets the transport go', async () => {
    const { conversation, transport, clock, transcript, state, reply } = setUp();
    conversation.send('Hello');
    await reply(started(), delta('Hel'));
    transport.sends[0]!.emit(delta('lo'));
    await clock.settle();
    conversation.stop();
    expect(transcript()).toEqual(['Hello: sent', '> Hello: canceled']);
    expect(state()).toMatchObject({ status: 'canceled', connection: 'idle', run: null });
    expect(transport.sends[0]!.request.signal.aborted).toBe(true);
    await clock.settle();
    expect(transport.sends[0]!.wasLeft()).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('leaves a message of which nothing is known uncertain', () => {
    const { conversation, transcript } = setUp();
    conversation.send('Hello');
    conversation.stop();
    expect(transcript()).toEqual(['Hello: uncertain']);
  });

  it('waits for the task that was left before the next turn, whose message is queued meanwhile', async () => {
    const { conversation, transport, clock, transcript, sent, state, reply } = setUp();
    conversation.send('One');
    await reply(started('task-1'), delta('1'));
    conversation.stop();
    conversation.send('Two');
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: canceled', 'Two: queued']);
    expect(transport.follows.map(({ request }) => request.taskId)).toEqual(['task-1']);
    transport.follows[0]!.emit({ type: 'connection.changed', connection: 'polling' });
    await clock.settle();
    expect(state().connection).toBe('polling');
    expect(sent()).toHaveLength(1);
    transport.follows[0]!.emit(synced({ taskId: 'task-1' }));
    transport.follows[0]!.end();
    await clock.settle();
    expect(sent()[1]).toMatchObject({ taskId: 'task-1', message: { parts: [{ text: 'Two' }] } });
    expect(transcript()).toEqual(['One: sent', '> 1: canceled', 'Two: sending']);
  });

  it('keeps a message that only waited from being sent', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    conversation.send('One');
    await reply(started('task-1'));
    conversation.stop();
    const id = conversation.send('Two');
    await clock.settle();
    conversation.stop();
    await clock.settle();
    expect(transcript().at(-1)).toBe('Two: failed');
    expect(sent()).toHaveLength(1);
    expect(transport.follows[0]!.wasLeft()).toBe(true);
    conversation.retry(id);
    await clock.settle();
    expect(transport.follows).toHaveLength(2);
  });

  it.each([
    ['failed', synced({ state: 'failed', taskId: 'task-1' }), undefined],
    ['moved on', synced({ taskId: 'task-2' }), 'task-2'],
  ])('goes on from where the task that was left ended: %s', async (_, ending, taskId) => {
    const { conversation, transport, clock, sent, reply } = setUp();
    conversation.send('One');
    await reply(started('task-1'));
    conversation.stop();
    conversation.send('Two');
    await clock.settle();
    transport.follows[0]!.emit(ending);
    transport.follows[0]!.end();
    await clock.settle();
    expect(sent()[1]!.taskId).toBe(taskId);
  });

  it('declines what the task that was left still asks of this page', async () => {
    const { conversation, transport, clock, sent, transcript, reply } = setUp();
    conversation.send('One');
    await reply(started('task-1'));
    conversation.stop();
    conversation.send('Two');
    await clock.settle();
    transport.follows[0]!.emit(synced({ state: 'input-required', taskId: 'task-1', pendingToolCalls: [call('c')] }));
    transport.follows[0]!.end();
    await clock.settle();
    expect(sent()[1]).toMatchObject({ taskId: 'task-1', message: { role: 'tool', parts: [{ toolCallId: 'c' }] } });
    transport.sends[1]!.emit(...answer('never shown', 'task-2'));
    transport.sends[1]!.end();
    await clock.settle();
    expect(sent()[2]).toMatchObject({ taskId: 'task-2', message: { role: 'user' } });
    expect(transcript()).toEqual(['One: sent', '> …: canceled', 'Two: sending']);
  });

  it('and begins a new task where that is never answered', async () => {
    const { conversation, transport, clock, sent, reply } = setUp();
    conversation.send('One');
    await reply(started('task-1'));
    conversation.stop();
    conversation.send('Two');
    await clock.settle();
    transport.follows[0]!.emit(synced({ state: 'input-required', taskId: 'task-1', pendingToolCalls: [call('c')] }));
    transport.follows[0]!.end();
    await clock.advance(590_000);
    expect(sent()).toHaveLength(2);
    await clock.advance(11_000);
    expect(transport.sends[1]!.wasLeft()).toBe(true);
    expect(sent()[2]).toMatchObject({ message: { role: 'user' } });
    expect(sent()[2]!.taskId).toBeUndefined();
    await reply(...answer('2', 'task-2'));
    expect(clock.pending()).toBe(0);
  });

  it('goes on with the queue', async () => {
    const { conversation, transport, clock, transcript, reply } = setUp();
    conversation.send('One');
    conversation.send('Two');
    await reply(started('task-1'), delta('1'));
    conversation.stop();
    await clock.settle();
    transport.follows[0]!.fail(error('network'));
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1: canceled', 'Two: sending']);
  });

  it('does nothing where nothing runs', async () => {
    const { conversation, clock, state, reply } = setUp();
    conversation.stop();
    expect(state().status).toBe('idle');
    conversation.send('One');
    await reply(...answer('1'));
    const before = state();
    conversation.stop();
    await clock.settle();
    expect(state()).toBe(before);
  });
});

describe('a task that is still active', () => {
  it('is waited for, and the message sent once more', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    conversation.send('One');
    await reply(...answer('1', 'task-1'));
    conversation.send('Two');
    transport.sends[1]!.fail(error('task_active'));
    await clock.settle();
    expect(transcript().at(-1)).toBe('Two: queued');
    expect(transport.follows[0]!.request.taskId).toBe('task-1');
    transport.follows[0]!.emit(synced({ taskId: 'task-1' }));
    transport.follows[0]!.end();
    await clock.settle();
    expect(
      sent()
        .map(({ message }) => message.messageId)
        .slice(1),
    ).toEqual([sent()[1]!.message.messageId, sent()[1]!.message.messageId]);
    await reply(...answer('2', 'task-2'));
    expect(transcript()).toEqual(['One: sent', '> 1: completed', 'Two: sent', '> 2: completed']);
  });

  it('is waited for three times at most', async () => {
    const { conversation, transport, clock, transcript, sent, reply } = setUp();
    conversation.send('One');
    await reply(...answer('1', 'task-1'));
    conversation.send('Two');
    for (const attempt of [1, 2, 3]) {
      transport.sends[attempt]!.fail(error('task_active'));
      await clock.settle();
      expect(transcript().at(-1)).toBe('Two: queued');
      transport.follows[attempt - 1]!.emit(synced());
      transport.follows[attempt - 1]!.end();
      await clock.settle();
    }
    transport.sends[4]!.fail(error('task_active'));
    await clock.settle();
    expect(transcript().at(-1)).toBe('Two: failed');
    expect(sent()).toHaveLength(5);
  });
});

describe('client tools', () => {
  const twoCalls = [started('task-1'), done([call('a'), call('b')])];

  it('are answered in one message, once every call has its result', async () => {
    const { conversation, transcript, sent, state, reply } = setUp({ identity: { id: 'me' } });
    conversation.send('Hello');
    await reply(...twoCalls);
    expect(state().status).toBe('input-required');
    conversation.submitToolResult('b', { ok: true });
    expect(sent()).toHaveLength(1);
    conversation.submitToolResult('a', undefined);
    expect(sent()[1]).toMatchObject({ taskId: 'task-1', identity: { id: 'me' } });
    expect(sent()[1]!.message).toMatchObject({
      role: 'tool',
      parts: [
        { kind: 'tool_result', toolCallId: 'a', result: null },
        { kind: 'tool_result', toolCallId: 'b', result: { ok: true } },
      ],
    });
    await reply(...answer('Done', 'task-2'));
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', '> Done: completed']);
    expect(state().taskId).toBe('task-2');
  });

  it('may ask again and again', async () => {
    const { conversation, sent, transcript, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-1'), done([call('a')]));
    conversation.submitToolResult('a', 1);
    await reply(started('task-2'), done([call('b')]));
    conversation.submitToolResult('b', 2);
    await reply(...answer('Done', 'task-3'));
    expect(sent().map(({ taskId }) => taskId)).toEqual([undefined, 'task-1', 'task-2']);
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', '> …: input-required', '> Done: completed']);
  });

  it('take one result per call, and none for calls that nobody made', async () => {
    const { conversation, sent, reply } = setUp();
    conversation.send('Hello');
    await reply(...twoCalls);
    conversation.submitToolResult('nobody', 1);
    conversation.submitToolResult('a', 1);
    conversation.submitToolResult('a', 2);
    conversation.submitToolResult('b', 3);
    conversation.submitToolResult('b', 4);
    expect(sent()[1]!.message.parts).toMatchObject([{ result: 1 }, { result: 3 }]);
    expect(sent()).toHaveLength(2);
  });

  it('that nobody answered are declined before the visitor goes on', async () => {
    const { conversation, clock, transcript, sent, state, reply } = setUp();
    conversation.send('Hello');
    await reply(...twoCalls);
    conversation.submitToolResult('a', 'mine');
    conversation.send('Never mind');
    await clock.settle();
    expect(transcript().at(-1)).toBe('Never mind: queued');
    expect(sent()[1]!.message).toMatchObject({
      role: 'tool',
      parts: [{ result: 'mine' }, { result: { error: expect.any(String) as string } }],
    });
    expect(selectPendingToolCalls(state())).toEqual([]);
    await reply(...answer('All right', 'task-2'));
    expect(sent()[2]).toMatchObject({ taskId: 'task-2', message: { role: 'user', parts: [{ text: 'Never mind' }] } });
    await reply(...answer('Yes?', 'task-3'));
    expect(transcript()).toEqual([
      'Hello: sent',
      '> …: input-required',
      '> All right: completed',
      'Never mind: sent',
      '> Yes?: completed',
    ]);
  });

  it('that keep asking while the visitor goes on are declined twelve times; then the task is left', async () => {
    const { conversation, clock, sent, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-1'), done([call('c0')]));
    conversation.send('Never mind');
    await clock.settle();
    for (let round = 1; round <= 12; round += 1) await reply(started('task-1'), done([call(`c${round}`)]));
    expect(sent().filter(({ message }) => message.role === 'tool')).toHaveLength(12);
    expect(sent().at(-1)).toMatchObject({ message: { role: 'user' } });
    expect(sent().at(-1)!.taskId).toBeUndefined();
  });

  it('whose declining is refused cost the task, not the message', async () => {
    const { conversation, transport, clock, sent, transcript, reply } = setUp();
    conversation.send('Hello');
    await reply(...twoCalls);
    conversation.send('Never mind');
    await clock.settle();
    transport.sends[1]!.fail(error('invalid_request'));
    await clock.settle();
    expect(sent()[2]!.taskId).toBeUndefined();
    await reply(...answer('Yes?', 'task-9'));
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', 'Never mind: sent', '> Yes?: completed']);
  });

  it('whose declining found no network keep the message from being sent, until it is retried', async () => {
    const { conversation, transport, clock, sent, transcript, reply } = setUp();
    conversation.send('Hello');
    await reply(...twoCalls);
    const id = conversation.send('Never mind');
    await clock.settle();
    transport.sends[1]!.fail(error('network'));
    await clock.settle();
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', 'Never mind: failed']);
    conversation.retry(id);
    await clock.settle();
    expect(sent()[2]).toMatchObject({ taskId: 'task-1', message: { role: 'tool' } });
    await reply(...answer('All right', 'task-2'));
    await reply(...answer('Yes?', 'task-3'));
    expect(transcript().slice(-2)).toEqual(['Never mind: sent', '> Yes?: completed']);
  });

  it('whose results could not be delivered are delivered by a retry, not the question asked again', async () => {
    const { conversation, transport, clock, sent, transcript, lastAnswer, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-1'), done([call('a')]));
    conversation.submitToolResult('a', 1);
    transport.sends[1]!.fail(error('network'));
    await clock.settle();
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', '> …: failed']);
    expect(sent()).toHaveLength(2);
    conversation.retry(lastAnswer().id);
    expect(sent()[2]!.message).toMatchObject({ role: 'tool', parts: [{ toolCallId: 'a', result: 1 }] });
    await reply(...answer('Done', 'task-2'));
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', '> Done: completed']);
  });

  it('whose results could not be delivered are owed before the next message', async () => {
    const { conversation, transport, clock, sent, reply } = setUp();
    conversation.send('Hello');
    await reply(started('task-1'), done([call('a')]));
    conversation.submitToolResult('a', 1);
    transport.sends[1]!.fail(error('network'));
    await clock.settle();
    conversation.send('And?');
    await clock.settle();
    expect(sent()[2]!.message).toMatchObject({ role: 'tool', parts: [{ result: 1 }] });
    await reply(...answer('Done', 'task-2'));
    expect(sent()[3]).toMatchObject({ taskId: 'task-2', message: { role: 'user' } });
  });

  it('stop with the message that made way for them', async () => {
    const { conversation, clock, sent, transcript, reply } = setUp();
    conversation.send('Hello');
    await reply(...twoCalls);
    conversation.send('Never mind');
    await clock.settle();
    conversation.stop();
    await clock.settle();
    expect(transcript()).toEqual(['Hello: sent', '> …: input-required', '> …: canceled', 'Never mind: failed']);
    expect(sent()).toHaveLength(2);
  });
});

describe('beforeSend', () => {
  it('may change what is sent; the transcript keeps what was written', async () => {
    const { conversation, clock, sent, transcript } = setUp({
      beforeSend: (message) => ({
        messageId: 'mine',
        parts: message.parts.map((part) =>
          part.kind === 'text' ? { kind: 'text' as const, text: part.text.replace(/\d+/, '[number]') } : part,
        ),
      }),
    });
    const id = conversation.send('My card is 4111');
    await clock.settle();
    expect(textOf(sent()[0]!.message.parts)).toBe('My card is [number]');
    expect(sent()[0]!.message.messageId).toBe(id);
    expect(transcript()).toEqual(['My card is 4111: sending']);
  });

  it.each([
    ['returns null', () => null, 'invalid_request'],
    ['leaves nothing to send', () => ({ messageId: 'x', parts: [] }), 'invalid_request'],
    ['rejects', () => Promise.reject(new Error('broken')), 'config'],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
      'config',
    ],
  ])('that %s keeps the message from being sent', async (_, beforeSend, code) => {
    const { conversation, clock, transport, userMessage, state } = setUp({ beforeSend });
    const id = conversation.send('Hello');
    await clock.settle();
    expect(userMessage(id)).toMatchObject({ delivery: 'failed', error: { code } });
    expect(state()).toMatchObject({ status: 'failed', run: null });
    expect(transport.sends).toHaveLength(0);
  });

  it('that takes its time keeps the conversation busy, and is no longer asked after a stop', async () => {
    let allow = (): void => undefined;
    const { conversation, clock, transport, transcript, state } = setUp({
      beforeSend: (message) => new Promise((resolve) => (allow = () => resolve(message))),
    });
    conversation.send('Hello');
    await clock.settle();
    expect(state().run).not.toBeNull();
    conversation.stop();
    allow();
    await clock.settle();
    expect(transport.sends).toHaveLength(0);
    expect(transcript()).toEqual(['Hello: failed']);
  });
});

describe('listeners', () => {
  it('hear 2,000 deltas at once as one change, and the end of the answer as few more', async () => {
    const { conversation, clock, transport, transcript } = setUp();
    conversation.send('Hello');
    transport.sends[0]!.emit(started());
    await clock.settle();
    let changes = 0;
    const unsubscribe = conversation.subscribe(() => (changes += 1));
    transport.sends[0]!.emit(...Array.from({ length: 2000 }, () => delta('x')));
    await clock.advance(100);
    expect(changes).toBeLessThanOrEqual(2);
    expect(transcript()[1]).toBe(`> ${'x'.repeat(2000)}: working`);
    unsubscribe();
    transport.sends[0]!.emit(done());
    await clock.advance(100);
    expect(changes).toBeLessThanOrEqual(2);
  });

  it('see the deltas that wait before whatever comes after them', async () => {
    const { conversation, clock, transport, transcript } = setUp();
    conversation.send('Hello');
    transport.sends[0]!.emit(started(), delta('a'), delta('b'), done());
    await clock.settle();
    expect(transcript()[1]).toBe('> ab: completed');
    expect(clock.pending()).toBe(0);
  });

  it('are told every event in order, after it took effect, also when they give commands', async () => {
    const heard: string[] = [];
    const { conversation, clock, transport } = setUp({
      onEvent(event: AgentEvent | LocalEvent) {
        heard.push(event.type);
        if (event.type === 'part.delta') conversation.send('More'); // applied together with the end, and told before it
      },
    });
    conversation.send('Hello');
    transport.sends[0]!.emit(...answer('Hi'));
    await clock.advance(20);
    expect(heard).toEqual([
      'message.added',
      'run.started',
      'delivery.changed',
      'run.sent',
      'response.started',
      'part.delta',
      'response.done',
      'message.added',
      'run.settled',
      'run.started',
      'delivery.changed',
      'run.sent',
    ]);
  });

  it('tell the developer in the console why a run failed, and nothing of one that went well', async () => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const { conversation, transport, reply } = setUp();
    conversation.send('One');
    await reply(...answer('Hi'));
    expect(told).not.toHaveBeenCalled();
    conversation.send('Two');
    await reply(started(), failed());
    expect(told.mock.lastCall).toEqual([expect.objectContaining({ code: 'response_failed', message: 'It failed.' })]);
    conversation.send('Three');
    transport.sends.at(-1)!.fail(error('forbidden'));
    await reply();
    expect(told.mock.lastCall).toEqual([expect.objectContaining({ code: 'forbidden' })]);
    expect(told).toHaveBeenCalledTimes(2);
    told.mockRestore();
  });

  it('that give a command while the state changes do not put the events out of order', () => {
    const heard: string[] = [];
    const { conversation } = setUp({ onEvent: (event) => void heard.push(event.type) });
    let isFirst = true;
    conversation.subscribe(() => {
      if (isFirst) {
        isFirst = false;
        conversation.send('Two');
      }
    });
    conversation.send('One');
    expect(heard.slice(0, 2)).toEqual(['message.added', 'message.added']);
    expect(conversation.getState().messages.map(messageText)).toEqual(['One', 'Two']);
  });

  it('that throw are reported and do no harm', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { conversation, clock, transport, transcript } = setUp({
      onEvent: () => {
        throw new Error('broken listener');
      },
    });
    conversation.subscribe(() => {
      throw new Error('broken subscriber');
    });
    conversation.send('Hello');
    transport.sends[0]!.emit(...answer('Hi'));
    await clock.advance(20);
    expect(transcript()).toEqual(['Hello: sent', '> Hi: completed']);
    expect(report).toHaveBeenCalledWith(expect.stringContaining('onEvent threw'), expect.any(Error));
    expect(report).toHaveBeenCalledWith(expect.stringContaining('subscriber threw'), expect.any(Error));
    report.mockRestore();
  });

  it('do not hear of an update that says the same again', () => {
    const onEvent = vi.fn();
    const { conversation } = setUp({ identity: { id: 'a', tags: ['x'] }, onEvent });
    let changes = 0;
    conversation.subscribe(() => (changes += 1));
    conversation.update({ identity: { id: 'a', tags: ['x'] }, thread: undefined });
    expect(changes).toBe(0);
    expect(onEvent).not.toHaveBeenCalled();
    conversation.update({ identity: { id: 'a', tags: ['y'] } });
    expect(changes).toBe(1);
    expect(conversation.getState().identity).toEqual({ id: 'a', tags: ['y'] });
  });
});

describe('the end of a conversation', () => {
  it.each(['destroy', 'reset', 'stop'] as const)('%s in mid-run leaves no timer and no request', async (command) => {
    vi.useFakeTimers();
    try {
      const transport = createFakeTransport();
      const conversation = createConversation({ agentKey: 'a', transport });
      conversation.send('Hello');
      transport.sends[0]!.emit(started(), delta('Hel'));
      await vi.advanceTimersByTimeAsync(0);
      expect(vi.getTimerCount()).toBe(2); // the frame that the delta waits for, and who looks after the stream
      conversation[command]();
      await vi.advanceTimersByTimeAsync(0);
      expect(vi.getTimerCount()).toBe(0);
      expect(transport.sends[0]!.request.signal.aborted).toBe(true);
      expect(transport.sends[0]!.wasLeft()).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('by a reset forgets the messages, the task and the queue', async () => {
    const { conversation, clock, transport, sent, state, reply } = setUp({ identity: { id: 'me' } });
    conversation.send('One');
    conversation.send('Two');
    await reply(started('task-1'), delta('1'));
    conversation.reset();
    await clock.settle();
    expect(state()).toMatchObject({
      messages: [],
      messageIds: [],
      taskId: null,
      status: 'idle',
      identity: { id: 'me' },
    });
    conversation.send('Fresh');
    expect(sent()).toHaveLength(2);
    expect(sent()[1]!.taskId).toBeUndefined();
    expect(transport.follows).toHaveLength(0);
  });

  it('by destroy is none: a later command gets the rest of the answer, then what waits in the queue', async () => {
    const { conversation, clock, transport, sent, state, transcript, reply } = setUp();
    conversation.send('One');
    conversation.send('Two');
    await reply(started('task-1'), delta('1'));
    conversation.destroy();
    await clock.advance(1000);
    expect(sent()).toHaveLength(1);
    expect(transcript()).toEqual(['One: sent', '> 1: working', 'Two: queued']);
    expect(state().connection).toBe('idle');
    conversation.send('Three');
    await clock.settle();
    transport.follows[0]!.emit(synced({ parts: [{ kind: 'text', text: '1, 2' }] }));
    await clock.settle();
    expect(transcript()).toEqual(['One: sent', '> 1, 2: completed', 'Two: sending', 'Three: queued']);
  });
});

describe('frames', () => {
  it('fall back on a timer in a hidden tab, which draws none', async () => {
    vi.useFakeTimers();
    vi.stubGlobal('requestAnimationFrame', () => 1);
    const cancelled = vi.fn();
    vi.stubGlobal('cancelAnimationFrame', cancelled);
    try {
      const transport = createFakeTransport();
      const conversation = createConversation({ agentKey: 'a', transport });
      conversation.send('Hello');
      transport.sends[0]!.emit(started(), delta('Hi'));
      await vi.advanceTimersByTimeAsync(40);
      expect(messageText(conversation.getState().messages[1]!)).toBe('');
      await vi.advanceTimersByTimeAsync(60);
      expect(messageText(conversation.getState().messages[1]!)).toBe('Hi');
      expect(cancelled).toHaveBeenCalledWith(1);
      conversation.destroy();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.unstubAllGlobals();
      vi.useRealTimers();
    }
  });

  it('are used where they come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    let draw = (): void => undefined;
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => ((draw = callback), 1));
    vi.stubGlobal('cancelAnimationFrame', () => undefined);
    try {
      const transport = createFakeTransport();
      const conversation = createConversation({ agentKey: 'a', transport });
      conversation.send('Hello');
      transport.sends[0]!.emit(started(), delta('Hi'));
      await vi.advanceTimersByTimeAsync(0);
      draw();
      expect(messageText(conversation.getState().messages[1]!)).toBe('Hi');
      conversation.destroy();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.unstubAllGlobals();
      vi.useRealTimers();
    }
  });
});

describe('the card of the agent', () => {
  const card = { key: 'support', displayName: 'Ada', description: null, suggestions: [] };

  it('is fetched once', async () => {
    const agent = vi.fn(async () => card);
    const transport = createFakeTransport({ agent });
    const conversation = createConversation({ agentKey: 'support', transport });
    await conversation.loadAgent();
    await conversation.loadAgent();
    expect(conversation.getState().agent).toEqual(card);
    expect(agent).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('404'))],
    [
      'throws',
      () => {
        throw new Error('not yet');
      },
    ],
    ['has none', () => Promise.resolve(null)],
  ])('is done without where the transport %s', async (_, agent) => {
    const conversation = createConversation({ agentKey: 'support', transport: createFakeTransport({ agent }) });
    await conversation.loadAgent();
    expect(conversation.getState().agent).toBeNull();
  });

  it('is not awaited after the end of the conversation', async () => {
    let signal: AbortSignal | undefined;
    let arrive = (): void => undefined;
    const transport = createFakeTransport({
      agent: (request) => {
        signal = request.signal;
        return new Promise((resolve) => (arrive = () => resolve(card)));
      },
    });
    const conversation = createConversation({ agentKey: 'support', transport });
    const loading = conversation.loadAgent();
    conversation.destroy();
    arrive();
    await loading;
    expect(signal!.aborted).toBe(true);
    expect(conversation.getState().agent).toBeNull();
  });
});
