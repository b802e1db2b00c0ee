import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadLikelyParts } from '../../../src/components/lazyParts.js';
import type { ConnectionState } from '../../../src/core/conversationState.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, says } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

beforeEach(async () => {
  await loadLikelyParts();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const LOST = "Can't connect. Trying again…";

function show() {
  const conversation = frozenConversation(...asked('Hi'), ...says('Let me'));
  const { container, unmount } = renderWidget(conversation);
  const textOf = (part: string): string => container.querySelector(`[data-ac="${part}"]`)?.textContent ?? '';
  return {
    unmount,
    becomes: (connection: ConnectionState) => act(() => conversation.play({ type: 'run.connected', connection })),
    pass: (ms: number) => act(() => void vi.advanceTimersByTime(ms)),
    header: () => textOf('header'),
    notice: () => textOf('connection-notice'),
    spoken: () => textOf('announcer'),
  };
}

test('a connection that is back within 250 ms is no news: not in the header, not in a notice, not spoken', () => {
  const { becomes, pass, header, notice, spoken } = show();
  pass(2_500);
  const before = [header(), notice(), spoken()];
  becomes('reconnecting');
  expect([header(), notice(), spoken()]).toEqual(before);
  pass(249);
  expect([header(), notice(), spoken()]).toEqual(before);
  becomes('streaming');
  pass(5_000);
  expect([header(), notice(), spoken()]).toEqual(before);
});

test('one that takes longer is told by all three, and so is its end', () => {
  const { becomes, pass, header, notice, spoken } = show();
  pass(2_500);
  becomes('reconnecting');
  pass(250);
  expect(header()).toContain('Reconnecting…');
  expect(notice()).toBe(LOST);
  pass(2_500);
  expect(spoken()).toBe(LOST);
  becomes('streaming');
  expect(header()).toContain('Answering…');
  expect(notice()).toBe('');
  pass(2_500);
  expect(spoken()).toBe('Connected again.');
});

test('the lack of any network is told at once', () => {
  const { becomes, header, notice } = show();
  becomes('reconnecting');
  becomes('offline');
  expect(header()).toContain('Offline');
  expect(notice()).toBe("You're offline. Waiting for a connection…");
});

test('nothing waits once the widget is gone', () => {
  const { becomes, unmount } = show();
  becomes('reconnecting');
  unmount();
  expect(vi.getTimerCount()).toBe(0);
  expect(screen.queryByText(LOST)).toBeNull();
});
