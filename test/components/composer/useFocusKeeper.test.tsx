import { act, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { NO_CAPABILITIES } from '../../../src/core/conversationState.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, done, exchange, introduced, says } from '../../../stories/support/script.js';
import { renderWidget } from '../support/renderWidget.js';

const composer = (): HTMLElement => screen.getByRole('textbox', { name: 'Message' });

test('an answer that ends while "Stop" has the focus gives it to the composer', async () => {
  const conversation = frozenConversation(introduced, ...asked('Hi'), ...says('Hello'));
  renderWidget(conversation);
  screen.getByRole('button', { name: 'Stop' }).focus();
  await act(async () => conversation.play(...done()));
  expect(composer()).toHaveFocus();
});

test('a decided review gives the focus to the tool call that takes its place', async () => {
  const conversation = frozenConversation(
    introduced,
    ...asked('Hi'),
    { type: 'capabilities.changed', capabilities: { ...NO_CAPABILITIES, reviews: true }, epoch: null },
    {
      type: 'tool.review.requested',
      ...{ toolCallId: 'c', toolName: 'refund_order', arguments: { amount: 59.9 }, requiresApproval: true },
    },
  );
  renderWidget(conversation);
  const approve = within(screen.getByRole('group', { name: /Allow/ })).getByRole('button', { name: 'Approve' });
  await expect.poll(() => approve.matches(':disabled')).toBe(false);
  approve.focus();
  await act(async () => conversation.play({ type: 'tool.review.done', toolCallId: 'c', review: 'approved' }));
  expect(screen.getByRole('button', { name: 'Refund order · Running' })).toHaveFocus();
});

test('a message without a control left gives the focus to the transcript', async () => {
  const conversation = frozenConversation(introduced, ...exchange('Hi', 'Hello.'));
  renderWidget(conversation);
  screen.getByRole('button', { name: 'Copy' }).focus();
  await act(async () =>
    conversation.play(
      { type: 'conversation.reset', conversationId: 'c2', isRestoring: false },
      ...asked('Something else', 'other'),
    ),
  );
  expect(screen.getByRole('log', { name: 'Conversation' })).toHaveFocus();
});

test('who goes away with the focus is not called back', async () => {
  const conversation = frozenConversation(introduced, ...asked('Hi'), ...says('Hello'));
  const { user } = renderWidget(conversation);
  screen.getByRole('button', { name: 'Stop' }).focus();
  await user.click(document.body);
  await act(async () => conversation.play(...done()));
  expect(document.body).toHaveFocus();
});
