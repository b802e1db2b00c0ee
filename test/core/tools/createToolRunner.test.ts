import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent, PendingToolCall } from '../../../src/core/agentEvent.js';
import type { ConversationOptions } from '../../../src/core/conversation.js';
import { selectPendingReviews } from '../../../src/core/conversationState.js';
import { createConversation } from '../../../src/core/createConversation.js';
import type { ToolCallPart } from '../../../src/core/message.js';
import { defineTool, type ClientTool } from '../../../src/core/tools/clientTool.js';
import { answer, call, done, error, started } from '../../support/agentEvents.js';
import { createFakeStorage } from '../../support/fakeStorage.js';
import { createFakeTransport } from '../../support/fakeTransport.js';
import { createManualClock } from '../../support/manualClock.js';

const withArguments = (toolCallId: string, given: PendingToolCall['arguments']) => ({
  ...call(toolCallId),
  arguments: given,
});

async function setUp(options: Partial<ConversationOptions>, calls: readonly PendingToolCall[] = [call('a')]) {
  const clock = createManualClock();
  const transport = createFakeTransport();
  const conversation = createConversation({ agentKey: 'support', transport, clock, random: () => 0, ...options });
  const reply = async (...events: readonly AgentEvent[]) => {
    transport.sends.at(-1)!.emit(...events);
    await clock.advance(20);
  };
  conversation.send('What is in my cart?');
  await clock.settle();
  await reply(started('task-1'), done(calls));
  const parts = () =>
    conversation
      .getState()
      .messages.flatMap((message): ToolCallPart[] => message.parts.filter((part) => part.kind === 'tool_call'));
  const sent = () => transport.sends.map(({ request }) => request.message);
  return { clock, transport, conversation, reply, parts, sent };
}

function tool(execute: ClientTool['execute'], changes: Partial<ClientTool> = {}): ClientTool {
  return { title: 'Read the cart', needsApproval: false, execute, ...changes };
}

describe('a tool of the page', () => {
  it('runs when the agent asks, and the agent gets its result', async () => {
    const execute = vi.fn().mockResolvedValue({ items: 3 });
    const { sent, parts, reply, conversation } = await setUp({ tools: { get_cart: tool(execute) } }, [
      withArguments('a', { tab: 'all' }),
    ]);
    expect(execute).toHaveBeenCalledExactlyOnceWith(
      { tab: 'all' },
      { toolCallId: 'a', signal: expect.any(AbortSignal) as AbortSignal },
    );
    expect(sent()[1]).toMatchObject({ role: 'tool', parts: [{ toolCallId: 'a', result: { items: 3 } }] });
    expect(parts()).toMatchObject([{ state: 'done', title: 'Read the cart', result: { items: 3 } }]);
    await reply(...answer('Three things.', 'task-2'));
    expect(conversation.getState().status).toBe('completed');
  });

  it('runs beside others, and all results travel in one message', async () => {
    let finishB: (result: unknown) => void = () => undefined;
    const { clock, sent } = await setUp(
      {
        tools: {
          get_cart: tool(() => 1),
          get_user: tool(() => new Promise((resolve) => (finishB = resolve))),
        },
      },
      [call('a', 'get_cart'), call('b', 'get_user')],
    );
    expect(sent()).toHaveLength(1);
    finishB(2);
    await clock.settle();
    expect(sent()[1]!.parts).toMatchObject([
      { toolCallId: 'a', result: 1 },
      { toolCallId: 'b', result: 2 },
    ]);
  });

  it.each<[string, ClientTool['execute'], unknown]>([
    [
      'throws',
      () => {
        throw new Error('No cart.');
      },
      { error: { code: 'tool_failed', message: 'No cart.' } },
    ],
    ['rejects', () => Promise.reject(new Error('No cart.')), { error: { code: 'tool_failed', message: 'No cart.' } }],
    [
      'returns no JSON',
      () => {
        const loop: { self?: unknown } = {};
        loop.self = loop;
        return loop;
      },
      { error: { code: 'tool_failed' } },
    ],
    ['returns a function', () => () => 1, { error: { code: 'tool_failed' } }],
    ['returns too much', () => 'é'.repeat(131_073), { error: { code: 'result_too_large' } }],
  ])('that %s costs one error result, not the turn', async (_, execute, result) => {
    const { sent, parts } = await setUp({ tools: { get_cart: tool(execute) } });
    expect(sent()[1]).toMatchObject({ role: 'tool', parts: [{ toolCallId: 'a', result }] });
    expect(parts()).toMatchObject([{ state: 'failed' }]);
    expect(sent()).toHaveLength(2);
  });

  it('may return nothing', async () => {
    const { sent } = await setUp({ tools: { get_cart: tool(() => undefined) } });
    expect(sent()[1]).toMatchObject({ parts: [{ toolCallId: 'a', result: null }] });
  });

  it('that hangs is told to stop after a minute; what it does later is ignored', async () => {
    let finish: (result: unknown) => void = () => undefined;
    let signal: AbortSignal | undefined;
    const { clock, sent, parts } = await setUp({
      tools: {
        get_cart: tool((_, context) => {
          signal = context.signal;
          return new Promise((resolve) => (finish = resolve));
        }),
      },
    });
    await clock.advance(59_000);
    expect(sent()).toHaveLength(1);
    await clock.advance(1_000);
    expect(signal!.aborted).toBe(true);
    expect(sent()[1]).toMatchObject({ parts: [{ result: { error: { code: 'tool_timeout' } } }] });
    finish('late');
    await clock.settle();
    expect(parts()).toMatchObject([{ state: 'failed' }]);
    expect(sent()).toHaveLength(2);
    expect(clock.pending()).toBe(1); // the turn with the result is looked after
  });

  it('that this page does not have costs one error result', async () => {
    const { sent } = await setUp({ tools: {} }, [call('a', 'constructor'), { toolCallId: 'b', arguments: {} }]);
    expect(sent()[1]!.parts).toMatchObject([
      { result: { error: { code: 'unknown_tool' } } },
      { result: { error: { code: 'unknown_tool' } } },
    ]);
  });

  it('is none where the page has none: the call waits for the host', async () => {
    const { sent, parts, conversation } = await setUp({});
    expect(sent()).toHaveLength(1);
    expect(parts()).toMatchObject([{ state: 'input-required' }]);
    conversation.submitToolResult('a', 1);
    expect(sent()[1]).toMatchObject({ parts: [{ result: 1 }] });
  });

  it('is stopped by Stop; the next message declines the call', async () => {
    let signal: AbortSignal | undefined;
    const { clock, conversation, sent, parts } = await setUp({
      tools: { get_cart: tool((_, context) => new Promise(() => (signal = context.signal))) },
    });
    conversation.stop();
    await clock.settle();
    expect(signal!.aborted).toBe(true);
    expect(parts()).toMatchObject([{ state: 'interrupted' }]);
    expect(sent()).toHaveLength(1);
    expect(clock.pending()).toBe(0);
    conversation.send('Never mind');
    await clock.settle();
    expect(sent()[1]).toMatchObject({
      role: 'tool',
      parts: [{ toolCallId: 'a', result: { error: expect.any(String) as string } }],
    });
  });
});

it('an agent that asks for tools without end is left after twelve rounds; the next message begins a new task', async () => {
  const execute = vi.fn().mockReturnValue('ok');
  const { conversation, sent, reply, transport } = await setUp({ tools: { get_cart: tool(execute) } });
  for (let round = 1; round <= 12; round += 1) await reply(started('task-1'), done([call(`c${round}`)]));
  expect(sent().filter(({ role }) => role === 'tool')).toHaveLength(12);
  expect(conversation.getState()).toMatchObject({ status: 'failed', error: { code: 'response_failed' }, taskId: null });
  conversation.send('Are you there?');
  await reply();
  expect(transport.sends.at(-1)!.request).toMatchObject({ message: { role: 'user' } });
  expect(transport.sends.at(-1)!.request.taskId).toBeUndefined();
});

describe('the arguments', () => {
  const parameters = v.object({
    count: v.pipe(v.number(), v.maxValue(3)),
    when: v.optional(
      v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    ),
  });

  it('are checked by the schema, and typed by it', async () => {
    const execute = vi.fn(
      ({ count, when }: { count: number; when?: Date | undefined }) => `${count} ${when?.getUTCFullYear()}`,
    );
    const { sent, parts } = await setUp(
      { tools: { get_cart: defineTool({ title: 'Cart', parameters, needsApproval: false, execute }) } },
      [withArguments('a', { count: 2, when: '2026-02-03', extra: true })],
    );
    expect(sent()[1]).toMatchObject({ parts: [{ result: '2 2026' }] });
    expect(parts()[0]!.arguments).toEqual({ count: 2, when: '2026-02-03', extra: true });
  });

  it('that do not fit run nothing', async () => {
    const execute = vi.fn();
    const { sent } = await setUp(
      { tools: { get_cart: defineTool({ title: 'Cart', parameters, needsApproval: false, execute }) } },
      [withArguments('a', { count: 4 })],
    );
    expect(execute).not.toHaveBeenCalled();
    expect(sent()[1]).toMatchObject({
      parts: [
        { result: { error: { code: 'invalid_arguments', message: expect.stringMatching(/^count: /) as string } } },
      ],
    });
  });

  it('that are shown are those that run, and nobody can change them in between', async () => {
    const given = { path: { to: ['a'] } };
    let ran: unknown;
    const { conversation, clock, parts } = await setUp(
      { tools: { get_cart: tool((args) => void (ran = args), { needsApproval: true }) } },
      [withArguments('a', given)],
    );
    const shown = JSON.stringify(parts()[0]!.arguments);
    expect(() => given.path.to.push('b')).toThrow(TypeError);
    await conversation.approve('a');
    await clock.settle();
    expect(JSON.stringify(ran)).toBe(shown);
  });
});

describe('a tool that has to be allowed', () => {
  it.each<[string, Partial<ClientTool>]>([
    ['says so', { needsApproval: true }],
    ['says so for these arguments', { needsApproval: () => true }],
    [
      'has a rule that throws',
      {
        needsApproval: () => {
          throw new Error('broken');
        },
      },
    ],
    ['has no rule', { needsApproval: undefined as never }],
    ['has a rule that gives no answer', { needsApproval: (() => undefined) as never }],
  ])('waits where it %s', async (_, changes) => {
    const execute = vi.fn().mockReturnValue('ok');
    const { conversation, clock, sent, parts } = await setUp({ tools: { get_cart: tool(execute, changes) } });
    expect(execute).not.toHaveBeenCalled();
    expect(parts()).toMatchObject([{ state: 'review-requested', title: 'Read the cart' }]);
    expect(selectPendingReviews(conversation.getState()).map(({ toolCallId }) => toolCallId)).toEqual(['a']);
    await conversation.approve('a');
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(sent()[1]).toMatchObject({ parts: [{ toolCallId: 'a', result: 'ok' }] });
  });

  it('does not run where it is rejected, and the agent is told why', async () => {
    const execute = vi.fn();
    const { conversation, clock, sent, parts } = await setUp({
      tools: { get_cart: tool(execute, { needsApproval: true }) },
    });
    await conversation.reject('a', 'Not now.');
    await clock.settle();
    expect(execute).not.toHaveBeenCalled();
    expect(parts()).toMatchObject([{ state: 'rejected' }]);
    expect(sent()[1]).toMatchObject({
      parts: [{ result: { error: { code: 'rejected', message: expect.stringContaining('Not now.') as string } } }],
    });
  });

  it('runs once however often it is allowed', async () => {
    const execute = vi.fn().mockReturnValue('ok');
    const { conversation, clock, sent } = await setUp({ tools: { get_cart: tool(execute, { needsApproval: true }) } });
    await Promise.allSettled([conversation.approve('a'), conversation.approve('a'), conversation.reject('a')]);
    await clock.settle();
    await conversation.approve('a').catch(() => undefined);
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(sent()).toHaveLength(2);
  });
});

describe('at most once', () => {
  it('holds over a reload: a call that had begun is asked about, not run again', async () => {
    const storage = createFakeStorage();
    const execute = vi.fn().mockReturnValue(new Promise(() => undefined));
    const tools = { get_cart: tool(execute) };
    await setUp({ storage, tools });
    expect(execute).toHaveBeenCalledTimes(1);

    const clock = createManualClock();
    const transport = createFakeTransport();
    const again = vi.fn().mockReturnValue('ok');
    const next = createConversation({
      agentKey: 'support',
      transport,
      clock,
      storage,
      tools: { get_cart: tool(again) },
    });
    next.resume();
    await clock.settle();
    expect(again).not.toHaveBeenCalled();
    expect(selectPendingReviews(next.getState())).toMatchObject([{ toolCallId: 'a', wasInterrupted: true }]);
    await next.approve('a');
    await clock.settle();
    expect(again).toHaveBeenCalledTimes(1);
    expect(transport.sends[0]!.request.message).toMatchObject({ role: 'tool', parts: [{ result: 'ok' }] });
  });

  it('holds where the page dies between the word and the deed', async () => {
    const storage = createFakeStorage();
    const execute = vi.fn();
    const { clock, conversation, transport } = await setUp({
      storage,
      tools: { get_cart: tool(execute, { needsApproval: true }) },
    });
    storage.hold();
    await conversation.approve('a');
    await clock.settle();
    expect(execute).not.toHaveBeenCalled(); // not before it is written down
    storage.release();
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(transport.sends).toHaveLength(2);
  });

  it('and a result that could not be delivered is delivered by a retry, without the tool', async () => {
    const execute = vi.fn().mockReturnValue('ok');
    const { clock, conversation, transport, sent } = await setUp({ tools: { get_cart: tool(execute) } });
    transport.sends[1]!.fail(error('invalid_request'));
    await clock.settle();
    conversation.retry(conversation.getState().messageIds.at(-1)!);
    await clock.settle();
    expect(execute).toHaveBeenCalledTimes(1);
    expect(sent()[2]).toMatchObject({ role: 'tool', parts: [{ result: 'ok' }] });
  });
});
