import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, says } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});
const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));
const hint = (): HTMLElement | null => screen.queryByText(/Still working/);

test('10 s without news are worth a word, and the next news end it', () => {
  const conversation = frozenConversation(...asked('Hi'), ...says('Let me'));
  renderWidget(conversation);
  pass(9_900);
  expect(hint()).toBeNull();
  act(() => conversation.play(...says(' see')));
  pass(9_900);
  expect(hint()).toBeNull();
  pass(200);
  expect(hint()).toBeVisible();
  act(() => conversation.play(...says('.')));
  expect(hint()).toBeNull();
});

test('nothing of it while a person is waited for, or nobody', () => {
  const conversation = frozenConversation(...asked('Delete it'), {
    type: 'tool.review.requested',
    toolCallId: 'call_1',
    toolName: 'delete_order',
    arguments: {},
    requiresApproval: true,
  });
  const { unmount } = renderWidget(conversation);
  pass(60_000);
  expect(hint()).toBeNull();
  unmount();
  renderWidget(frozenConversation());
  pass(60_000);
  expect(hint()).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test('a network that seems lost is a hint, and no more, while the answer goes on', () => {
  const conversation = frozenConversation(...asked('Hi'), ...says('Let me'));
  renderWidget(conversation);
  const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event('offline')));
  expect(screen.getByText(/You're offline/)).toBeVisible();
  act(() => conversation.play(...says(' see')));
  expect(screen.getByRole('log').textContent).toContain('see');
  network.mockReturnValue(true);
  act(() => void window.dispatchEvent(new Event('online')));
  expect(screen.queryByText(/You're offline/)).toBeNull();
});
