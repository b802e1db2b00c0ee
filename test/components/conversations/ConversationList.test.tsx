import { screen, waitFor, within } from '@testing-library/react';
import { act, useEffect, type ReactNode } from 'react';
import { expect, test } from 'vitest';
import { LazyConversationList } from '../../../src/components/lazyParts.js';
import { useWidget } from '../../../src/components/WidgetContext.js';
import type { ConversationSummary } from '../../../src/core/conversationStorage.js';
import { frozenConversation, type FrozenConversation } from '../../../stories/support/frozenConversation.js';
import { exchange, introduced } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

await LazyConversationList.load();

const NOW = Date.now();
const summary = (id: string, title: string): ConversationSummary => ({ id, title, createdAt: NOW, updatedAt: NOW });

function rememberingConversation(): FrozenConversation {
  let kept = [summary('', 'Watering'), summary('b', 'Orders')];
  const conversation = frozenConversation(introduced, ...exchange('Hello', 'Hi'));
  return {
    ...conversation,
    list: () => Promise.resolve(kept),
    rename: async (id, title) => {
      kept = kept.map((each) => (each.id === id ? { ...each, title } : each));
    },
    remove: async (id) => {
      kept = kept.filter((each) => each.id !== id);
    },
  };
}

/** A header that has what a host's menu would have. */
function MenuHeader(): ReactNode {
  const { setView } = useWidget();
  return <button onClick={() => setView('conversations')}>Menu</button>;
}

async function openList(conversation = rememberingConversation()) {
  const widget = renderWidget(conversation, { slots: { Header: MenuHeader } });
  await widget.user.click(screen.getByRole('button', { name: 'Menu' }));
  const list = screen.getByRole('region', { name: 'Conversations' });
  await within(list).findByRole('button', { name: /Orders/, description: '' });
  return { ...widget, list, conversation };
}

test('lists what was said before, with the one that is shown marked, over a transcript that keeps its place', async () => {
  const { list } = await openList();
  expect(within(list).getByRole('heading', { name: 'Conversations' })).toHaveFocus();
  expect(within(list).getByRole('button', { name: 'Watering Today' })).toHaveAttribute('aria-current', 'true');
  expect(within(list).getByRole('button', { name: 'Orders Today' })).not.toHaveAttribute('aria-current');
  expect(screen.getByText('Hi')).not.toBeVisible();
});

test('has one button that begins a new one, not the header as well', async () => {
  const { user } = renderWidget(rememberingConversation());
  expect(screen.getAllByRole('button', { name: 'New conversation' })).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Menu' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Conversations' }));
  expect(await screen.findAllByRole('button', { name: 'New conversation' })).toHaveLength(1);
});

test('opening one leads back to the composer', async () => {
  const { user, conversation } = await openList();
  await user.click(screen.getByRole('button', { name: 'Orders Today' }));
  expect(conversation.commands).toContainEqual(['open', 'b']);
  expect(screen.queryByRole('region', { name: 'Conversations' })).not.toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus());
});

test('Escape leads back, and does not close the panel', async () => {
  const { user } = await openList();
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('region', { name: 'Conversations' })).not.toBeInTheDocument();
  expect(screen.getByText('Hi')).toBeVisible();
});

test('a conversation can be given a name', async () => {
  const { user } = await openList();
  await user.click(screen.getByRole('button', { name: 'Rename “Orders”' }));
  const field = screen.getByRole('textbox', { name: 'Name of the conversation' });
  expect(field).toHaveFocus();
  await user.clear(field);
  await user.type(field, 'My fern{Enter}');
  expect(await screen.findByRole('button', { name: 'My fern Today' })).toBeVisible();
});

test('Escape while naming changes nothing and stays in the list', async () => {
  const { user } = await openList();
  await user.click(screen.getByRole('button', { name: 'Rename “Orders”' }));
  await user.keyboard('x{Escape}');
  expect(screen.getByRole('button', { name: 'Orders Today' })).toHaveFocus();
});

test('removing asks first, and the safe answer has the focus', async () => {
  const { user } = await openList();
  await user.click(screen.getByRole('button', { name: 'Remove “Orders”' }));
  const question = screen.getByRole('group', { name: 'Remove “Orders” for good?' });
  expect(within(question).getByRole('button', { name: 'Cancel' })).toHaveFocus();
  await user.click(within(question).getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByText('Orders')).not.toBeInTheDocument());
  expect(screen.getByRole('heading', { name: 'Conversations' })).toHaveFocus();
});

test('a new one begins and the list closes', async () => {
  const { user, list, conversation } = await openList();
  await user.click(within(list).getByRole('button', { name: 'New conversation' }));
  expect(conversation.commands).toContainEqual(['reset']);
  expect(screen.queryByRole('region', { name: 'Conversations' })).not.toBeInTheDocument();
});

test('without any, it says so', async () => {
  function OpenAtOnce(): ReactNode {
    const { setView } = useWidget();
    useEffect(() => setView('conversations'), [setView]);
    return null;
  }
  await act(async () => void renderWidget(frozenConversation(introduced), { slots: { Header: OpenAtOnce } }));
  expect(await screen.findByText('No conversations yet.')).toBeVisible();
});
