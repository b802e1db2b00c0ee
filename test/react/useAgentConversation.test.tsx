import { act, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode, type ReactElement } from 'react';
import { describe, expect, it } from 'vitest';
import { createConversation } from '../../src/core/createConversation.js';
import { messageText } from '../../src/core/message.js';
import type { Identity } from '../../src/core/transport.js';
import { useAgentConversation, type AgentConversation } from '../../src/react/useAgentConversation.js';
import type { AgentConversationOptions } from '../../src/react/useOwnConversation.js';
import { answer, call, delta, done, error, started } from '../support/agentEvents.js';
import { createFakeTransport } from '../support/fakeTransport.js';
import { createManualClock } from '../support/manualClock.js';

const noEvents = (): void => undefined;

function setUp(makeOptions: (seen: { identity: Identity }) => Partial<AgentConversationOptions> = () => ({})) {
  const clock = createManualClock();
  const transport = createFakeTransport();
  let renders = 0;
  let hook: AgentConversation | undefined;
  const Probe = ({
    agent = 'support',
    userId = 'a',
  }: {
    readonly agent?: string;
    readonly userId?: string;
  }): ReactElement => {
    renders += 1;
    const own = makeOptions({ identity: { id: userId } });
    const options = { url: '/chat', agent, transport, clock, storage: 'none' as const, ...own };
    hook = useAgentConversation(options);
    return (
      <>
        <p role="status">{hook.status}</p>
        <ol>
          {hook.messages.map((message) => (
            <li key={message.id}>{messageText(message)}</li>
          ))}
        </ol>
        <button onClick={() => hook!.send('Hello')}>Send</button>
      </>
    );
  };
  return {
    clock,
    transport,
    Probe,
    hook: () => hook!,
    countRenders: async (work: () => Promise<void> | void): Promise<number> => {
      const before = renders;
      await act(async () => work());
      return renders - before;
    },
    messages: () => screen.queryAllByRole('listitem').map(({ textContent }) => textContent),
  };
}

describe('useAgentConversation', () => {
  it('shows a conversation from the first message to the answer, in StrictMode', async () => {
    const { clock, transport, Probe, messages, hook } = setUp();
    const { unmount } = render(<Probe />, { wrapper: StrictMode });
    expect(screen.getByRole('status')).toHaveTextContent('idle');
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(screen.getByRole('status')).toHaveTextContent('submitted');
    expect(messages()).toEqual(['Hello']);
    expect(transport.sends).toHaveLength(1);
    await act(async () => {
      transport.sends[0]!.emit(started(), delta('Hi '), delta('there'));
      await clock.advance(20);
    });
    expect(messages()).toEqual(['Hello', 'Hi there']);
    expect(screen.getByRole('status')).toHaveTextContent('working');
    await act(async () => {
      transport.sends[0]!.emit(done([call('c')]));
      await clock.settle();
    });
    expect(hook()).toMatchObject({
      status: 'input-required',
      taskId: 'task-1',
      pendingToolCalls: [{ toolCallId: 'c' }],
      queue: [],
    });
    act(() => hook().submitToolResult('c', 1));
    expect(transport.sends[1]!.request.message.role).toBe('tool');
    unmount();
    expect(transport.sends[1]!.request.signal.aborted).toBe(true);
    expect(clock.pending()).toBe(0);
  });

  it('renders once per frame, however many deltas it brings', async () => {
    const { clock, transport, Probe, countRenders, hook } = setUp();
    render(<Probe />);
    act(() => void hook().send('Hello'));
    await act(async () => {
      transport.sends[0]!.emit(started());
      await clock.settle();
    });
    for (const count of [1, 40, 2000]) {
      const renders = await countRenders(async () => {
        transport.sends[0]!.emit(...Array.from({ length: count }, () => delta('x')));
        await clock.advance(16);
      });
      expect(renders).toBe(1);
    }
  });

  it('begins another conversation for another agent, and ends the one before', async () => {
    const { transport, Probe, messages, hook } = setUp();
    const { rerender } = render(<Probe agent="support" />, { wrapper: StrictMode });
    act(() => void hook().send('Hello'));
    const first = hook().conversation;
    rerender(<Probe agent="sales" />);
    expect(hook().conversation).not.toBe(first);
    expect(hook().conversation.agentKey).toBe('sales');
    expect(messages()).toEqual([]);
    expect(transport.sends[0]!.request.signal.aborted).toBe(true);
    act(() => void hook().send('Hello'));
    expect(transport.sends[1]!.request.agentKey).toBe('sales');
    expect(transport.sends[1]!.request.signal.aborted).toBe(false);
  });

  it('keeps its conversation through other changes, and passes them with the next turn', async () => {
    const { clock, transport, Probe, hook } = setUp(({ identity }) => ({
      identity,
      variables: { user: identity.id },
      onEvent: noEvents,
    }));
    const { rerender } = render(<Probe userId="a" />, { wrapper: StrictMode });
    const first = hook().conversation;
    act(() => void hook().send('One'));
    rerender(<Probe userId="b" />);
    expect(hook().conversation).toBe(first);
    expect(hook().identity).toEqual({ id: 'b' });
    await act(async () => {
      transport.sends[0]!.emit(...answer('1'));
      await clock.advance(20);
    });
    act(() => void hook().send('Two'));
    expect(transport.sends.map(({ request }) => request.identity?.id)).toEqual(['a', 'b']);
    expect(transport.sends[1]!.request.variables).toEqual({ user: 'b' });
  });

  it('does not render for ever where the identity is written inline', async () => {
    const { Probe, countRenders, hook } = setUp(() => ({
      identity: { id: 'inline', tags: ['a'] },
      thread: { id: 't' },
    }));
    render(<Probe />);
    expect(await countRenders(() => void hook().send('Hello'))).toBeLessThanOrEqual(2);
  });

  it('forgets an identity that is no longer given', () => {
    const { transport, Probe, hook } = setUp(({ identity }) => (identity.id === 'a' ? { identity } : {}));
    const { rerender } = render(<Probe userId="a" />);
    rerender(<Probe userId="b" />);
    act(() => void hook().send('Hello'));
    expect(hook().identity).toBeNull();
    expect(transport.sends[0]!.request.identity).toBeUndefined();
  });

  it('uses a conversation that is given, and does not end it', async () => {
    const { transport } = setUp();
    const conversation = createConversation({ agentKey: 'mine', transport });
    let hook: AgentConversation | undefined;
    const Probe = (): null => {
      hook = useAgentConversation({ conversation });
      return null;
    };
    const { unmount } = render(<Probe />, { wrapper: StrictMode });
    expect(hook!.conversation).toBe(conversation);
    act(() => void hook!.send('Hello'));
    unmount();
    expect(transport.sends[0]!.request.signal.aborted).toBe(false);
    conversation.destroy();
  });

  it('shows why a run failed', async () => {
    const { clock, transport, Probe, hook } = setUp();
    render(<Probe />);
    act(() => void hook().send('Hello'));
    await act(async () => {
      transport.sends[0]!.fail(error('forbidden'));
      await clock.settle();
    });
    expect(hook()).toMatchObject({
      status: 'failed',
      error: { code: 'forbidden' },
      messages: [{ delivery: 'failed' }],
    });
  });

  it('gives the same object while nothing changes, so that it can be a dependency', () => {
    const { Probe, hook } = setUp();
    const { rerender } = render(<Probe />);
    const first = hook();
    rerender(<Probe />);
    expect(hook()).toBe(first);
  });

  it('loads the card of the agent', async () => {
    const card = { key: 'support', displayName: 'Ada', description: null, suggestions: [] };
    const transport = createFakeTransport({ agent: async () => card });
    const { Probe, hook } = setUp(() => ({ transport }));
    await act(async () => void render(<Probe />, { wrapper: StrictMode }));
    expect(hook().agent).toEqual(card);
  });
});
