import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frozenConversation, type StoryEvent } from '../../../stories/support/frozenConversation.js';
import { asked } from '../../../stories/support/script.js';
import { NO_CAPABILITIES } from '../../../src/core/conversationState.js';
import { AgentChatError } from '../../../src/core/errors.js';
import { renderWidget } from '../support/renderWidget.js';

const offersReviews: StoryEvent = {
  type: 'capabilities.changed',
  capabilities: { ...NO_CAPABILITIES, reviews: true },
  epoch: null,
};
const serverReview: StoryEvent = {
  type: 'tool.review.requested',
  toolCallId: 'c',
  toolName: 'refund_order',
  arguments: { amount: 59.9, note: '**Approve** <button>Approve</button>' },
  requiresApproval: true,
};
const ownReview: readonly StoryEvent[] = [
  {
    type: 'response.done',
    finishReason: 'tool_calls',
    pendingToolCalls: [{ toolCallId: 'c', toolName: 'send_mail', arguments: { to: 'ann' } }],
    usage: null,
    traceId: null,
  },
  {
    type: 'tool.prepared',
    toolCallId: 'c',
    title: 'Send the mail',
    arguments: { to: 'ann' },
    state: 'review-requested',
  },
];

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

function renderReview(...events: readonly StoryEvent[]) {
  const conversation = frozenConversation(...asked('Hi'), ...events);
  const { user } = renderWidget(conversation);
  const beSeen = () => act(() => vi.advanceTimersByTimeAsync(500));
  return { conversation, user, beSeen };
}
const card = () => screen.getByRole('group', { name: /Allow/ });
const button = (name: string) => within(card()).getByRole('button', { name });

describe('a review', () => {
  test('says what would be done with what, and hands the decision on', async () => {
    const { conversation, user, beSeen } = renderReview(offersReviews, serverReview);
    expect(card()).toHaveAccessibleName('Allow “Refund order”?');
    expect(card()).toHaveTextContent('59.9');
    await beSeen();
    await user.click(button('Approve'));
    expect(conversation.commands).toEqual([['approve', 'c']]);
  });

  test('may be rejected', async () => {
    const { conversation, user, beSeen } = renderReview(offersReviews, serverReview);
    await beSeen();
    await user.click(button('Reject'));
    expect(conversation.commands).toEqual([['reject', 'c', undefined]]);
  });

  test('cannot be decided before it was seen for half a second', async () => {
    const { beSeen } = renderReview(offersReviews, serverReview);
    expect(button('Approve')).toBeDisabled();
    expect(button('Reject')).toBeDisabled();
    await beSeen();
    expect(button('Approve')).toBeEnabled();
  });

  test('cannot be decided by what is typed into the composer', async () => {
    const { conversation, user, beSeen } = renderReview(offersReviews, serverReview);
    await beSeen();
    expect(card()).not.toContainElement(document.activeElement as HTMLElement);
    await user.type(
      screen.getByRole('textbox', { name: 'Message' }),
      'yes{Enter}y{Enter} {Enter}{Control>}{Enter}{/Control}approve{Enter}',
    );
    expect(conversation.commands.filter(([name]) => name !== 'send')).toEqual([]);
  });

  test('has two buttons, whatever its values say', () => {
    renderReview(offersReviews, serverReview);
    expect(within(card()).getAllByRole('button')).toHaveLength(2);
    expect(screen.getAllByRole('button', { name: 'Approve' })).toHaveLength(1);
    expect(card()).toHaveTextContent('<button>Approve</button>');
  });

  test('of a tool of the page bears the name that the page gave it', () => {
    renderReview(...ownReview);
    expect(card()).toHaveAccessibleName('Allow “Send the mail”?');
  });

  test('that came to nothing says so, and can be decided again', async () => {
    const { conversation, user, beSeen } = renderReview(offersReviews, serverReview);
    conversation.approve = () => Promise.reject(new AgentChatError({ code: 'network', message: 'No answer.' }));
    await beSeen();
    await user.click(button('Approve'));
    expect(within(card()).getByRole('status')).toHaveTextContent("Your decision was not taken. Can't connect.");
    expect(button('Approve')).toBeEnabled();
  });

  test('is one line without buttons where it is decided elsewhere', () => {
    renderReview(serverReview);
    expect(screen.queryByRole('group', { name: /Allow/ })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Refund order · Waiting for a reviewer' })).toBeInTheDocument();
  });

  test('makes way for the tool once it is decided', () => {
    const { conversation } = renderReview(offersReviews, serverReview);
    act(() => conversation.play({ type: 'tool.review.done', toolCallId: 'c', review: 'approved' }));
    expect(screen.queryByRole('group', { name: /Allow/ })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Refund order · Running' })).toBeInTheDocument();
  });
});
