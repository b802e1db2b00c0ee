import { act, screen, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';
import type { FinishReason } from '../../src/core/message.js';
import { frozenConversation } from '../../stories/support/frozenConversation.js';
import {
  answering,
  asked,
  done,
  exchange,
  failed,
  introduced,
  said,
  says,
  sending,
  typed,
  undelivered,
} from '../../stories/support/script.js';
import { renderWidget } from './support/renderWidget.js';

const SERVER_ERROR = {
  code: 'server_error',
  message: 'The provider answered 503.',
  status: 503,
  requestId: 'req_7f3a',
} as const;
const from = (name: string): HTMLElement => screen.getByRole('article', { name });

describe('what the visitor sent', () => {
  test('is shown as typed, never as markdown', () => {
    renderWidget(frozenConversation(...exchange('**not bold**', 'ok')));
    expect(within(from('You')).getByText('**not bold**')).toBeVisible();
  });

  test('says when it is on its way and nothing once it arrived', () => {
    const conversation = frozenConversation(typed('q', 'Hi'), ...sending('q'));
    renderWidget(conversation);
    expect(within(from('You')).getByText('Sending…')).toBeVisible();
    act(() => conversation.play(...answering));
    expect(within(from('You')).getByText('Hi')).toBeVisible();
    expect(within(from('You')).queryByText(/Sending/)).not.toBeInTheDocument();
  });

  test('that failed says why and can be tried again', async () => {
    const conversation = frozenConversation(
      typed('q', 'Hi'),
      ...sending('q'),
      ...undelivered('q', 'failed', { code: 'rate_limited', message: '429.' }),
    );
    const { user } = renderWidget(conversation);
    expect(from('You')).toHaveTextContent('Not sent. Too many messages right now. Please wait a moment.');
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(conversation.commands).toEqual([['retry', 'q']]);
  });

  test('that would be refused again offers no button for it', () => {
    renderWidget(
      frozenConversation(
        typed('q', 'Hi'),
        ...sending('q'),
        ...undelivered('q', 'failed', { code: 'too_large', message: '' }),
      ),
    );
    expect(screen.queryByRole('button', { name: 'Retry' })).not.toBeInTheDocument();
  });

  test('whose delivery is uncertain says so and can be sent once more', async () => {
    const conversation = frozenConversation(
      typed('q', 'Hi'),
      ...sending('q'),
      ...undelivered('q', 'uncertain', { code: 'network', message: 'fetch failed' }),
    );
    const { user } = renderWidget(conversation);
    expect(from('You')).toHaveTextContent('This may have been received. No answer has arrived.');
    await user.click(screen.getByRole('button', { name: 'Resend' }));
    expect(conversation.commands).toEqual([['resend', 'q']]);
  });
});

describe('the answer', () => {
  test('that failed midway keeps what arrived, explains itself, and can be tried again', async () => {
    const conversation = frozenConversation(introduced, ...asked('Hi'), ...says('Half an'), ...failed(SERVER_ERROR));
    const { user } = renderWidget(conversation);
    expect(from('Fern')).toHaveTextContent('Half an');
    expect(from('Fern')).toHaveTextContent('Something went wrong on our side. Please try again.');
    await user.click(screen.getByRole('button', { name: 'Retry' }));
    expect(conversation.commands).toEqual([['retry', 'answer-to-question']]);
  });

  test('keeps codes one click away from visitors', async () => {
    const { user } = renderWidget(frozenConversation(...asked('Hi'), ...failed(SERVER_ERROR)));
    expect(screen.queryByText('503')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Details' }));
    for (const detail of ['The provider answered 503.', 'server_error', '503', 'req_7f3a']) {
      expect(screen.getByText(detail)).toBeVisible();
    }
  });

  test('that was stopped says so and keeps what arrived', () => {
    renderWidget(frozenConversation(introduced, ...asked('Hi'), ...says('Half an'), { type: 'run.stopped' }));
    expect(from('Fern')).toHaveTextContent('Half an');
    expect(within(from('Fern')).getByText('Stopped')).toBeVisible();
  });

  test.each<[FinishReason, string]>([
    ['length', 'This answer reached its maximum length.'],
    ['content_filter', 'Part of this answer was withheld by a content filter.'],
    ['max_iterations', 'The agent stopped because this took too many steps.'],
    ['max_time', 'The agent stopped because this took too long.'],
  ])('that ended by %s says so', (reason, note) => {
    renderWidget(frozenConversation(...asked('Hi'), ...said('Half an'), ...done(reason)));
    expect(screen.getByText(note)).toBeVisible();
  });

  test('that simply ended has no note', () => {
    renderWidget(frozenConversation(introduced, ...exchange('Hi', 'Hello!')));
    expect(from('Fern').querySelector('[data-ac="notice"]')).toBeNull();
  });

  test('can be copied as the agent wrote it', async () => {
    const { user } = renderWidget(frozenConversation(...exchange('Hi', '**Hello**')));
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(write).toHaveBeenCalledWith('**Hello**');
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  });

  test('that was refused by the clipboard never claims to be copied', async () => {
    const { user } = renderWidget(frozenConversation(...exchange('Hi', 'Hello')));
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    await user.click(screen.getByRole('button', { name: 'Copy' }));
    expect(screen.getByRole('button', { name: 'Copy' })).toBeVisible();
  });

  test('shows three dots until its first word', () => {
    const conversation = frozenConversation(typed('q', 'Hi'), ...sending('q'));
    const { container } = renderWidget(conversation);
    const dots = (): Element | null => container.querySelector('[data-ac="typing-indicator"]');
    expect(dots()).not.toBeNull();
    act(() => conversation.play(...answering));
    expect(dots()).not.toBeNull();
    act(() => conversation.play(...says('Hello')));
    expect(dots()).toBeNull();
  });

  test('shows no dots once it is complete, also while its run has not ended', () => {
    const conversation = frozenConversation(...asked('Hi'), ...said('Hello'));
    const { container } = renderWidget(conversation);
    const dots = (): Element | null => container.querySelector('[data-ac="typing-indicator"]');
    expect(dots()).not.toBeNull();
    act(() => conversation.play(done()[0]!));
    expect(dots()).toBeNull();
  });
});

describe('connection', () => {
  test.each([
    ['reconnecting', "Can't connect. Trying again…"],
    ['offline', "You're offline. Waiting for a connection…"],
  ] as const)('%s shows one notice, which goes when it is over', (connection, words) => {
    const conversation = frozenConversation(...asked('Hi'), { type: 'run.connected', connection });
    renderWidget(conversation);
    expect(screen.getByText(words)).toBeVisible();
    act(() => conversation.play({ type: 'run.connected', connection: 'streaming' }));
    expect(screen.queryByText(words)).not.toBeInTheDocument();
  });
});

describe('an empty conversation', () => {
  test('greets, and offers what the agent suggests', async () => {
    const conversation = frozenConversation(introduced);
    const { user } = renderWidget(conversation, { greeting: 'Welcome!' });
    expect(screen.getByText('Welcome!')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Where is my order?' }));
    expect(conversation.commands).toEqual([['send', 'Where is my order?']]);
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus();
  });

  test('offers what the host suggests instead, each once', () => {
    renderWidget(frozenConversation(introduced), { suggestions: ['Mine', 'Mine'] });
    const list = screen.getByRole('list', { name: 'Suggestions' });
    expect(
      within(list)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Mine']);
  });

  test('offers nothing while a conversation comes back, whose messages would take its place', () => {
    const restoring = { type: 'conversation.reset', conversationId: 'kept', isRestoring: true } as const;
    renderWidget(frozenConversation(introduced, restoring));
    expect(screen.getByText('Loading the conversation…')).toBeVisible();
    expect(screen.queryByRole('list', { name: 'Suggestions' })).not.toBeInTheDocument();
  });

  test('is what "New conversation" leads back to', async () => {
    const conversation = frozenConversation(introduced, ...exchange('Hi', 'Hello!'));
    const { user } = renderWidget(conversation);
    await user.click(screen.getByRole('button', { name: 'New conversation' }));
    expect(conversation.commands).toEqual([['reset']]);
    act(() => conversation.play({ type: 'conversation.reset', conversationId: 'next', isRestoring: false }));
    expect(screen.getByText('How can I help?')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'New conversation' })).not.toBeInTheDocument();
  });
});
