import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, done, exchange, introduced, said } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

const button = (): HTMLElement => screen.getByRole('button', { name: 'Menu' });
const names = (): readonly (string | null)[] => screen.getAllByRole('menuitem').map((item) => item.textContent);
const talked = exchange('Hi', 'Hello!');

describe('the menu', () => {
  test('opens with its first entry focused, goes round with the arrows, and Escape gives the focus back', async () => {
    const { user } = renderWidget(frozenConversation(...talked));
    await user.click(button());
    expect(names()).toEqual([
      'Conversations',
      'Search in conversation',
      'Export as Markdown',
      'Export as JSON',
      'Enlarge window',
      'Delete all conversations',
    ]);
    expect(screen.getByRole('menuitem', { name: 'Conversations' })).toHaveFocus();
    await user.keyboard('{ArrowUp}');
    expect(screen.getByRole('menuitem', { name: 'Delete all conversations' })).toHaveFocus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(screen.getByRole('menuitem', { name: 'Search in conversation' })).toHaveFocus();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
    expect(button()).toHaveFocus();
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  test('closes when something else is pressed', async () => {
    const { user } = renderWidget(frozenConversation(...talked));
    await user.click(button());
    await user.click(screen.getByText('Hello!'));
    expect(screen.queryByRole('menu')).not.toBeInTheDocument();
  });

  test('makes the window larger, without dragging, and smaller again', async () => {
    const { user, container } = renderWidget(frozenConversation());
    await user.click(button());
    await user.click(screen.getByRole('menuitem', { name: 'Enlarge window' }));
    expect(container.querySelector('[data-ac="root"]')).toHaveAttribute('data-size', 'large');
    await user.click(button());
    await user.click(screen.getByRole('menuitem', { name: 'Shrink window' }));
    expect(container.querySelector('[data-ac="root"]')).not.toHaveAttribute('data-size');
  });

  test('lets the visitor choose a theme where the host has not', async () => {
    const { user, container } = renderWidget(frozenConversation());
    await user.click(button());
    await user.click(screen.getByRole('menuitemradio', { name: 'Dark' }));
    expect(screen.getByRole('menuitemradio', { name: 'Dark' })).toBeChecked();
    expect(container.querySelector('[data-ac="root"]')).toHaveAttribute('data-theme', 'dark');
    expect(localStorage.getItem('agent-chat-widget:theme')).toBe('dark');
    await user.click(screen.getByRole('menuitemradio', { name: 'System' }));
    expect(localStorage.getItem('agent-chat-widget:theme')).toBe(null);
  });

  test('offers no theme where the host has chosen one', async () => {
    const { user } = renderWidget(frozenConversation(), { theme: 'light' });
    await user.click(button());
    expect(screen.queryByRole('menuitemradio')).not.toBeInTheDocument();
  });

  test('asks before it deletes, and the answer is not yes by itself', async () => {
    const removed: string[] = [];
    const conversation = {
      ...frozenConversation(...talked),
      list: () => Promise.resolve([{ id: 'a', title: 'A', createdAt: 0, updatedAt: 0 }]),
      remove: (id: string) => Promise.resolve(void removed.push(id)),
    };
    const { user } = renderWidget(conversation);
    await user.click(button());
    await user.click(screen.getByRole('menuitem', { name: 'Delete all conversations' }));
    expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    await user.click(screen.getByRole('button', { name: 'Delete all conversations' }));
    await waitFor(() => expect(removed).toEqual(['a']));
    expect(conversation.commands).toEqual([['reset']]);
  });

  test('is not there where the host wants none', () => {
    renderWidget(frozenConversation(), { menu: false });
    expect(screen.queryByRole('button', { name: 'Menu' })).not.toBeInTheDocument();
  });
});

describe('around the conversation', () => {
  test('what could follow is offered once the answer is complete, and sent when chosen', async () => {
    const conversation = frozenConversation(...asked('Hi'), ...said('Hello!'));
    const { user } = renderWidget(conversation, { followUps: () => ['And now?'] });
    expect(screen.queryByRole('button', { name: 'And now?' })).not.toBeInTheDocument();
    act(() => conversation.play(...done()));
    await user.click(screen.getByRole('button', { name: 'And now?' }));
    expect(conversation.commands).toEqual([['send', 'And now?']]);
  });

  test('a line beside the launcher invites, and can be sent away', async () => {
    sessionStorage.clear();
    const { user } = renderWidget(frozenConversation(introduced), { defaultOpen: false, teaser: 'Questions?' });
    expect(await screen.findByRole('button', { name: 'Questions?' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('button', { name: 'Questions?' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Open chat' })).toHaveFocus();
    sessionStorage.clear();
  });

  test('the seconds to the next attempt are counted', async () => {
    const conversation = frozenConversation(...asked('Hi'));
    renderWidget(conversation);
    act(() => conversation.play({ type: 'run.waiting', retryAt: Date.now() + 60_000 }));
    expect(await screen.findByText(/^Busy right now\. Trying again in \d+ s…$/)).toBeVisible();
  });
});
