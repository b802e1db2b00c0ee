import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';
import { ChatRoot } from '../../../src/components/ChatRoot.js';
import { ChatView } from '../../../src/components/ChatView.js';
import type { Locale } from '../../../src/components/language/locale.js';
import { ar } from '../../../src/components/locales/ar.js';
import { de } from '../../../src/components/locales/de.js';
import { ja } from '../../../src/components/locales/ja.js';
import { AgentConversationProvider } from '../../../src/react/AgentConversationProvider.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { introduced } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

it.each([
  ['ar', 'rtl', ar],
  ['de', 'ltr', de],
  ['ja', 'ltr', ja],
] as const)('the widget in %s says so and runs %s', (lang, dir, locale) => {
  renderWidget(frozenConversation(introduced), { locale });
  const root = document.querySelector('[data-ac="root"]')!;
  expect(root).toHaveAttribute('lang', lang);
  expect(root).toHaveAttribute('dir', dir);
  const { message, send, closeChat, conversation } = locale.labels;
  expect(screen.getByRole('textbox', { name: message })).toBeVisible();
  expect(screen.getByRole('button', { name: send })).toBeInTheDocument();
  expect(screen.getAllByRole('button', { name: closeChat })[0]).toBeVisible();
  expect(screen.getByRole('log', { name: conversation })).toBeInTheDocument();
});

it('what the agent’s owner wrote runs its own way in a right-to-left widget, and an empty composer the widget’s', async () => {
  const { user } = renderWidget(frozenConversation(introduced), { locale: ar, suggestions: ['Where is my order?'] });
  expect(screen.getByRole('button', { name: 'Where is my order?' })).toHaveAttribute('dir', 'auto');
  const composer = screen.getByRole('textbox', { name: ar.labels.message });
  expect(composer).not.toHaveAttribute('dir');
  await user.type(composer, 'Hello');
  expect(composer).toHaveAttribute('dir', 'auto');
});

it('single strings and the direction are still the page’s to choose', () => {
  renderWidget(frozenConversation(), { locale: de, dir: 'rtl', labels: { send: 'Ab die Post' } });
  expect(screen.getByRole('button', { name: 'Ab die Post' })).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Nachricht' })).toBeInTheDocument();
  expect(document.querySelector('[data-ac="root"]')).toHaveAttribute('dir', 'rtl');
});

it('a language change keeps what was typed', async () => {
  const conversation = frozenConversation(introduced);
  const widget = (locale?: Locale): ReactNode => (
    <AgentConversationProvider conversation={conversation}>
      <ChatRoot mode="inline" locale={locale}>
        <ChatView />
      </ChatRoot>
    </AgentConversationProvider>
  );
  const { rerender } = render(widget());
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Hallo');
  rerender(widget(de));
  expect(screen.getByRole('textbox', { name: 'Nachricht' })).toHaveValue('Hallo');
});
