import { render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { AgentChatWidget } from '../../src/components/AgentChatWidget.js';

afterEach(() => void vi.restoreAllMocks());

test('a part that throws ends the widget, and not the page that it is in', () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  function Header(): never {
    throw new Error('A mistake in a slot');
  }
  render(
    <main>
      <h1>The host</h1>
      <AgentChatWidget conversation={frozenConversation()} mode="inline" slots={{ Header }} />
    </main>,
  );
  expect(screen.getByRole('heading', { name: 'The host' })).toBeVisible();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(logged.mock.calls.flat().map(String).join()).toContain('A mistake in a slot');
});
