import { act, render, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Conversation } from '../../src/core/conversation.js';
import type { ConversationState } from '../../src/core/conversationState.js';
import { createConversation } from '../../src/core/createConversation.js';
import { messageText } from '../../src/core/message.js';
import { AgentConversationProvider, useConversation } from '../../src/react/AgentConversationProvider.js';
import { useComposer } from '../../src/react/useComposer.js';
import { useConversationSelector } from '../../src/react/useConversationSelector.js';
import { useMessage } from '../../src/react/useMessage.js';
import { useMessageIds } from '../../src/react/useMessageIds.js';
import { delta, started } from '../support/agentEvents.js';
import { createFakeTransport } from '../support/fakeTransport.js';
import { createManualClock } from '../support/manualClock.js';

afterEach(() => void vi.restoreAllMocks());

function setUp() {
  const clock = createManualClock();
  const transport = createFakeTransport();
  const conversation = createConversation({ agentKey: 'support', transport, clock });
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <AgentConversationProvider conversation={conversation}>{children}</AgentConversationProvider>
  );
  const stream = (...texts: string[]) =>
    act(async () => {
      transport.sends[0]!.emit(...texts.map((text) => delta(text)));
      await clock.advance(20);
    });
  const begin = () =>
    act(async () => {
      conversation.send('Hello');
      transport.sends[0]!.emit(started());
      await clock.settle();
    });
  return { clock, transport, conversation, wrapper, stream, begin };
}

/** Renders a hook and counts how often. */
function renderCounted<T>(use: () => T, wrapper: (props: { readonly children: ReactNode }) => ReactNode) {
  let renders = 0;
  const { result } = renderHook(
    () => {
      renders += 1;
      return use();
    },
    { wrapper },
  );
  return { value: () => result.current, renders: () => renders };
}

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

describe('useConversationSelector', () => {
  it('renders again only when its value changes, with a selector that is written inline', async () => {
    const { wrapper, begin, stream } = setUp();
    const { value, renders } = renderCounted(() => useConversationSelector((state) => state.status), wrapper);
    await begin();
    expect(value()).toBe('working');
    const before = renders();
    await stream('a');
    await stream('b');
    expect(renders()).toBe(before);
  });

  it('does not loop on a selector that builds a new array each time, given an equality', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { wrapper, begin, stream } = setUp();
    const { value, renders } = renderCounted(
      () =>
        useConversationSelector(
          (state) => state.messages.map(({ id }) => id),
          (a, b) => sameItems(a, b),
        ),
      wrapper,
    );
    await begin();
    expect(value()).toHaveLength(2);
    const before = renders();
    await stream('a', 'b');
    await stream('c');
    expect(renders()).toBe(before);
    expect(complain).not.toHaveBeenCalled();
  });

  it('follows a selector that changes', () => {
    const { wrapper, conversation } = setUp();
    act(() => void conversation.send('Hello'));
    const { result, rerender } = renderHook(
      ({ select }: { select: (state: ConversationState) => unknown }) => useConversationSelector(select),
      { wrapper, initialProps: { select: (state: ConversationState): unknown => state.status } },
    );
    expect(result.current).toBe('submitted');
    rerender({ select: (state) => state.messages.length });
    expect(result.current).toBe(1);
  });

  it('follows the provider to another conversation', () => {
    const [one, two] = [setUp().conversation, setUp().conversation];
    act(() => void two.send('Hello'));
    const Probe = () => <p>{useConversationSelector((state) => state.messages.length)}</p>;
    const show = (conversation: Conversation) => (
      <AgentConversationProvider conversation={conversation}>
        <Probe />
      </AgentConversationProvider>
    );
    const { container, rerender } = render(show(one), { wrapper: StrictMode });
    expect(container).toHaveTextContent('0');
    rerender(show(two));
    expect(container).toHaveTextContent('1');
  });

  it('says what is missing outside of a provider', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => renderHook(() => useConversationSelector((state) => state.status))).toThrow(
      /<AgentConversationProvider/,
    );
    expect(() => renderHook(() => useConversation())).toThrow(/agent-chat-widget: no conversation here/);
  });
});

describe('useMessageIds and useMessage', () => {
  it('render for a token only what shows it', async () => {
    const { wrapper, begin, stream, conversation } = setUp();
    await begin();
    const [question, reply] = conversation.getState().messageIds;
    const ids = renderCounted(() => useMessageIds(), wrapper);
    const first = renderCounted(() => useMessage(question!), wrapper);
    const second = renderCounted(() => useMessage(reply!), wrapper);
    const before = [ids.renders(), first.renders(), second.renders()];
    await stream('Hi');
    await stream('!');
    expect([ids.renders(), first.renders(), second.renders()]).toEqual([before[0], before[1], before[2]! + 2]);
    expect(messageText(second.value()!)).toBe('Hi!');
    expect(ids.value()).toEqual([question, reply]);
  });

  it('know of a message that is not there', () => {
    const { wrapper } = setUp();
    expect(renderCounted(() => useMessage('nobody'), wrapper).value()).toBeUndefined();
  });
});

describe('useComposer', () => {
  it('keeps the draft when what shows it is unmounted', () => {
    const { wrapper } = setUp();
    const { result, unmount } = renderHook(() => useComposer(), { wrapper });
    act(() => result.current.setText('half a thou'));
    unmount();
    expect(renderHook(() => useComposer(), { wrapper }).result.current.text).toBe('half a thou');
  });

  it('has one draft per conversation', () => {
    const [one, two] = [setUp(), setUp()];
    const { result } = renderHook(() => useComposer(), { wrapper: one.wrapper });
    const twin = renderHook(() => useComposer(), { wrapper: one.wrapper }).result;
    const other = renderHook(() => useComposer(), { wrapper: two.wrapper }).result;
    act(() => result.current.setText('Hi'));
    expect(twin.current.text).toBe('Hi');
    expect(other.current.text).toBe('');
  });

  it('sends and then clears', () => {
    const { wrapper, conversation } = setUp();
    const { result } = renderHook(() => useComposer(), { wrapper });
    expect(result.current).toMatchObject({ canSend: false, isBusy: false });
    act(() => result.current.setText('Hello'));
    expect(result.current.canSend).toBe(true);
    let wasSent = false;
    act(() => void (wasSent = result.current.submit()));
    expect(wasSent).toBe(true);
    expect(result.current).toMatchObject({ text: '', canSend: false, isBusy: true });
    expect(conversation.getState().messages.map(messageText)).toEqual(['Hello']);
    act(() => result.current.stop());
    expect(result.current.isBusy).toBe(false);
  });

  it('sends nothing for white space, and keeps it', () => {
    const { wrapper, conversation } = setUp();
    const { result } = renderHook(() => useComposer(), { wrapper });
    act(() => result.current.setText('  \n'));
    expect(result.current.canSend).toBe(false);
    let wasSent = true;
    act(() => void (wasSent = result.current.submit()));
    expect(wasSent).toBe(false);
    expect(result.current.text).toBe('  \n');
    expect(conversation.getState().messages).toEqual([]);
  });

  it('keeps the text where sending throws', () => {
    const { conversation } = setUp();
    const refusing: Conversation = {
      ...conversation,
      send: () => {
        throw new Error('refused');
      },
    };
    const { result } = renderHook(() => useComposer(), {
      wrapper: ({ children }) => (
        <AgentConversationProvider conversation={refusing}>{children}</AgentConversationProvider>
      ),
    });
    act(() => result.current.setText('Hello'));
    expect(() => result.current.submit()).toThrow('refused');
    expect(result.current.text).toBe('Hello');
  });
});
