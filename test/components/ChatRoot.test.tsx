import { act, fireEvent, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { ChatRoot } from '../../src/components/ChatRoot.js';
import { ChatView } from '../../src/components/ChatView.js';
import { Header } from '../../src/components/shell/Header.js';
import { AgentConversationProvider } from '../../src/react/AgentConversationProvider.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import { exchange, introduced } from '../../stories/support/script.js';
import { renderWidget } from './support/renderWidget.js';

const launcher = (name: string): HTMLElement => screen.getByRole('button', { name });
const textbox = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' });

describe('opening and closing', () => {
  test('the launcher opens the dialog and the composer gets the focus', async () => {
    const { user } = renderWidget(frozenConversation(introduced), { defaultOpen: false });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await user.click(launcher('Open chat'));
    expect(screen.getByRole('dialog', { name: 'Fern' })).toBeVisible();
    expect(textbox()).toHaveFocus();
    expect(launcher('Close chat')).toHaveAttribute('aria-expanded', 'true');
  });

  test('Escape closes and gives the focus back to the launcher', async () => {
    const { user } = renderWidget(frozenConversation(), { defaultOpen: false });
    await user.click(launcher('Open chat'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(launcher('Open chat')).toHaveFocus();
  });

  test('Escape that ends a composition leaves the panel open', () => {
    renderWidget(frozenConversation());
    fireEvent.keyDown(textbox(), { key: 'Escape', isComposing: true });
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  test('a panel that is open from the start does not take the focus from the page', () => {
    renderWidget(frozenConversation());
    expect(document.body).toHaveFocus();
  });

  test('a host that decides is asked, and nothing happens until it says so', async () => {
    const onOpenChange = vi.fn();
    const { user } = renderWidget(frozenConversation(), { open: false, onOpenChange });
    await user.click(launcher('Open chat'));
    expect(onOpenChange.mock.calls).toEqual([[true]]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('answers that arrive meanwhile are counted on the launcher until it is opened', async () => {
    const conversation = frozenConversation(...exchange('Hi', 'Hello', 'before'));
    const { user } = renderWidget(conversation, { defaultOpen: false });
    expect(launcher('Open chat')).not.toHaveAccessibleDescription();
    act(() => conversation.play(...exchange('One?', 'One.', 'one'), ...exchange('Two?', 'Two.', 'two')));
    expect(launcher('Open chat')).toHaveAccessibleDescription('2 new messages');
    await user.click(launcher('Open chat'));
    await user.click(launcher('Close chat'));
    expect(launcher('Open chat')).not.toHaveAccessibleDescription();
  });
});

describe('keyboard', () => {
  test('F6 goes from the composer to the transcript and back', async () => {
    const { user } = renderWidget(frozenConversation());
    await user.click(textbox());
    await user.keyboard('{F6}');
    expect(screen.getByRole('log', { name: 'Conversation' })).toHaveFocus();
    await user.keyboard('{F6}');
    expect(textbox()).toHaveFocus();
  });

  test('on a phone the dialog is modal and Tab stays inside of it', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query.includes('max-width'),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    const { user } = renderWidget(frozenConversation(introduced), { defaultOpen: false });
    await user.click(launcher('Open chat'));
    expect(screen.getByRole('dialog')).toHaveAttribute('aria-modal', 'true');
    expect(document.documentElement.style.overflow).toBe('hidden');
    const seen = new Set<Element | null>();
    for (let step = 0; step < 12; step += 1) {
      await user.tab();
      expect(screen.getByRole('dialog')).toContainElement(document.activeElement as HTMLElement);
      seen.add(document.activeElement);
    }
    expect(seen.size).toBeGreaterThan(3);
    await user.click(launcher('Close chat'));
    expect(document.documentElement.style.overflow).toBe('');
    vi.unstubAllGlobals();
  });
});

test('on a phone the panel keeps to what the keyboard leaves visible, but not while the visitor zooms', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('max-width'),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const viewport = Object.assign(new EventTarget(), { height: 667, offsetTop: 0, scale: 1 });
  vi.stubGlobal('visualViewport', viewport);
  const { unmount } = renderWidget(frozenConversation());
  const { style } = screen.getByRole('dialog');
  expect(style.getPropertyValue('--ac-viewport-height')).toBe('667px');
  Object.assign(viewport, { height: 380, offsetTop: 40 }).dispatchEvent(new Event('resize'));
  expect(style.getPropertyValue('--ac-viewport-height')).toBe('380px');
  expect(style.getPropertyValue('--ac-viewport-top')).toBe('40px');
  Object.assign(viewport, { height: 190, scale: 2 }).dispatchEvent(new Event('resize'));
  expect(style.getPropertyValue('--ac-viewport-height')).toBe('380px');
  unmount();
  vi.unstubAllGlobals();
});

describe('modes', () => {
  test.each(['inline', 'sidebar', 'fullscreen'] as const)('%s is a region, named by the agent', (mode) => {
    renderWidget(frozenConversation(introduced), { mode });
    expect(screen.getByRole('region', { name: 'Fern' })).toBeVisible();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  test('inline cannot be closed', () => {
    renderWidget(frozenConversation(), { mode: 'inline', defaultOpen: false });
    fireEvent.keyDown(textbox(), { key: 'Escape' });
    expect(screen.getByRole('region')).toBeVisible();
    expect(screen.queryByRole('button', { name: /chat/ })).not.toBeInTheDocument();
  });

  test('a sidebar closes with its own button and comes back with the launcher', async () => {
    const { user } = renderWidget(frozenConversation(), { mode: 'sidebar' });
    await user.click(launcher('Close chat'));
    expect(launcher('Open chat')).toHaveFocus();
    await user.click(launcher('Open chat'));
    expect(screen.getByRole('region')).toBeVisible();
  });
});

describe('names', () => {
  test('without a card the title names the agent, without a title the label', () => {
    const { unmount } = renderWidget(frozenConversation(), { title: 'Support' });
    expect(screen.getByRole('dialog', { name: 'Support' })).toBeVisible();
    unmount();
    renderWidget(frozenConversation());
    expect(screen.getByRole('dialog', { name: 'Agent' })).toBeVisible();
  });

  test('single labels can be replaced, also by an object written inline', () => {
    renderWidget(frozenConversation(), { labels: { send: 'Verstuur', message: 'Bericht' } });
    expect(screen.getByRole('button', { name: 'Verstuur' })).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Bericht' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Close chat' })).toBeVisible();
  });
});

describe('slots', () => {
  test('null leaves a part out', () => {
    renderWidget(frozenConversation(introduced), { slots: { Header: null } });
    expect(screen.queryByText('AI agent')).not.toBeInTheDocument();
    expect(textbox()).toBeVisible();
  });

  test('a component takes the place of a part, also of one deep inside', () => {
    renderWidget(frozenConversation(introduced, ...exchange('Hi', 'Hello!')), {
      slots: {
        Header: () => <h2>My header</h2>,
        Text: ({ part, role }) => <p>{`${role} says ${part.text}`}</p>,
      },
    });
    expect(screen.getByRole('heading', { name: 'My header' })).toBeVisible();
    expect(screen.getByText('user says Hi')).toBeVisible();
    expect(screen.getByText('agent says Hello!')).toBeVisible();
  });

  test('a part outside of Chat.Root says where it belongs', () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() =>
      renderToString(
        <AgentConversationProvider conversation={frozenConversation()}>
          <Header />
        </AgentConversationProvider>,
      ),
    ).toThrow('Wrap it: <Chat.Root>');
    silence.mockRestore();
  });
});

test('a server renders the same conversation without touching window or document', () => {
  const html = renderToString(
    <StrictMode>
      <AgentConversationProvider conversation={frozenConversation(introduced, ...exchange('Hi', 'Hello!'))}>
        <ChatRoot defaultOpen>
          <ChatView />
        </ChatRoot>
      </AgentConversationProvider>
    </StrictMode>,
  );
  expect(html).toContain('Hello!');
  expect(html).not.toContain('style=');
});
