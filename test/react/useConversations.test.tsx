import { act, render, screen } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import type { Conversation } from '../../src/core/conversation.js';
import { createConversation } from '../../src/core/createConversation.js';
import { useConversations, type Conversations } from '../../src/react/useConversations.js';
import { createFakeStorage } from '../support/fakeStorage.js';
import { createFakeTransport } from '../support/fakeTransport.js';
import { createManualClock } from '../support/manualClock.js';

function setUp(isKept = true) {
  const clock = createManualClock();
  const storage = createFakeStorage();
  const transport = createFakeTransport();
  const conversation = createConversation({
    ...{ agentKey: 'support', transport, clock },
    ...(isKept ? { storage } : {}),
  });
  conversation.resume();
  const hooks: Conversations[] = [];
  function List({ of, index }: { readonly of: Conversation; readonly index: number }): ReactNode {
    const hook = useConversations(of);
    hooks[index] = hook;
    const { conversations, currentId } = hook;
    if (!conversations) return 'Reading';
    const items = conversations.map(({ id, title }) => (
      <li key={id} aria-current={id === currentId}>
        {title}
      </li>
    ));
    return <ul aria-label={`List ${index}`}>{items}</ul>;
  }
  const result = render(
    <StrictMode>
      <List of={conversation} index={0} />
      <List of={conversation} index={1} />
    </StrictMode>,
  );
  const settle = () => act(() => clock.settle());
  const lists = () => screen.getAllByRole('list').map((list) => Array.from(list.children, (item) => item.textContent));
  const say = async (words: string) => {
    act(() => void conversation.send(words));
    await settle();
    await act(() => clock.advance(10));
  };
  return { ...result, conversation, storage, clock, settle, lists, say, hook: () => hooks[0]! };
}

const both = (...titles: readonly string[]) => [titles, titles];

test('lists what is kept, as soon as something is said, and in every place alike', async () => {
  const { settle, lists, say, hook } = setUp();
  await settle();
  expect(lists()).toEqual(both());
  await say('One');
  expect(lists()).toEqual(both('Untitled'));
  expect(screen.getAllByRole('listitem', { current: true })).toHaveLength(2);
  act(() => hook().create());
  await say('Two');
  expect(lists()).toEqual(both('Untitled', 'Untitled'));
});

test('renames, opens and removes', async () => {
  const { settle, lists, say, hook, conversation } = setUp();
  await settle();
  await say('One');
  const first = conversation.id;
  await act(() => hook().rename(first, 'Mine'));
  await settle();
  expect(lists()).toEqual(both('Mine'));
  act(() => hook().create());
  await say('Two');
  const second = conversation.id;
  act(() => hook().open(first));
  await settle();
  expect(hook().currentId).toBe(first);
  await act(() => hook().remove(second));
  await settle();
  expect(lists()).toEqual(both('Mine'));
});

test('what another tab kept is there when the page is looked at again', async () => {
  const { settle, lists, storage } = setUp();
  await settle();
  storage.kept.set('theirs', {
    ...{ id: 'theirs', title: 'Elsewhere', createdAt: 1, updatedAt: 1, taskId: null, messages: [], run: null },
  });
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await settle();
  expect(lists()).toEqual(both('Elsewhere'));
});

test('a token reads nothing, and what is unmounted hears nothing', async () => {
  const { settle, say, storage, unmount } = setUp();
  await settle();
  await say('One');
  unmount();
  const before = storage.calls.length;
  document.dispatchEvent(new Event('visibilitychange'));
  await settle();
  expect(storage.calls).toHaveLength(before);
});

test('without a storage there is nothing to list', async () => {
  const { settle, lists, say } = setUp(false);
  await settle();
  await say('One');
  expect(lists()).toEqual(both());
});
