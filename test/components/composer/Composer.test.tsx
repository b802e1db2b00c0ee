import { act, fireEvent, screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { answering, asked, sending, typed } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

const textbox = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' });
const sendButton = (): HTMLElement => screen.getByRole('button', { name: 'Send' });

describe('sending', () => {
  test('Enter sends what was typed and clears the box', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.type(textbox(), 'Where is my order?{Enter}');
    expect(conversation.commands).toEqual([['send', 'Where is my order?']]);
    expect(textbox()).toHaveValue('');
    expect(textbox()).toHaveFocus();
  });

  test('Shift+Enter breaks the line', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.type(textbox(), 'one{Shift>}{Enter}{/Shift}two');
    expect(textbox()).toHaveValue('one\ntwo');
    expect(conversation.commands).toEqual([]);
  });

  test('the button sends, and the focus stays in the box', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.type(textbox(), 'Hello');
    await user.click(sendButton());
    expect(conversation.commands).toEqual([['send', 'Hello']]);
    expect(textbox()).toHaveFocus();
  });

  test('a message that was refused stays in the box', async () => {
    const refusing = {
      ...frozenConversation(),
      send: (): string => {
        throw new Error('refused');
      },
    };
    renderWidget(refusing);
    fireEvent.change(textbox(), { target: { value: 'Precious words' } });
    const silence = (event: ErrorEvent): void => event.preventDefault();
    window.addEventListener('error', silence);
    fireEvent.keyDown(textbox(), { key: 'Enter' });
    window.removeEventListener('error', silence);
    expect(textbox()).toHaveValue('Precious words');
  });

  test.each(['', '   ', '\n\n'])('%j cannot be sent', (text) => {
    const conversation = frozenConversation();
    renderWidget(conversation);
    fireEvent.change(textbox(), { target: { value: text } });
    fireEvent.keyDown(textbox(), { key: 'Enter' });
    expect(sendButton()).toBeDisabled();
    expect(conversation.commands).toEqual([]);
  });
});

describe('input methods', () => {
  test('Enter that picks a candidate does not send', () => {
    const conversation = frozenConversation();
    renderWidget(conversation);
    fireEvent.change(textbox(), { target: { value: 'にほん' } });
    fireEvent.keyDown(textbox(), { key: 'Enter', isComposing: true });
    expect(conversation.commands).toEqual([]);
  });

  test('nor in Safari, where only the key code tells', () => {
    const conversation = frozenConversation();
    renderWidget(conversation);
    fireEvent.change(textbox(), { target: { value: 'にほん' } });
    fireEvent.keyDown(textbox(), { key: 'Enter', keyCode: 229 });
    expect(conversation.commands).toEqual([]);
    fireEvent.keyDown(textbox(), { key: 'Enter', keyCode: 13 });
    expect(conversation.commands).toEqual([['send', 'にほん']]);
  });
});

describe('while an answer is on its way', () => {
  test('it can be stopped', async () => {
    const conversation = frozenConversation(...asked('Hi'));
    const { user } = renderWidget(conversation);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(conversation.commands).toEqual([['stop']]);
    expect(textbox()).toHaveFocus();
  });

  test('one can go on typing and send: the message waits for its turn', async () => {
    const conversation = frozenConversation(...asked('Hi'));
    const { user } = renderWidget(conversation);
    expect(screen.queryByRole('button', { name: 'Send' })).not.toBeInTheDocument();
    await user.type(textbox(), 'And for dogs?');
    await user.click(sendButton());
    expect(conversation.commands).toEqual([['send', 'And for dogs?']]);
    act(() => conversation.play(typed('next', 'And for dogs?')));
    expect(screen.getByText('Queued')).toBeVisible();
  });

  test('an answer that begins does not disturb what is being typed', async () => {
    const conversation = frozenConversation();
    const { user } = renderWidget(conversation);
    await user.type(textbox(), 'half a sen');
    act(() => conversation.play(typed('question', 'Hi'), ...sending('question'), ...answering));
    await user.type(textbox(), 'tence');
    expect(textbox()).toHaveValue('half a sentence');
  });
});

test('closing and opening keeps the draft', async () => {
  const { user } = renderWidget(frozenConversation());
  await user.type(textbox(), 'Draft');
  await user.click(screen.getByRole('button', { name: 'Close chat' }));
  await user.click(screen.getByRole('button', { name: 'Open chat' }));
  expect(textbox()).toHaveValue('Draft');
});
