import { describe, expect, it, vi } from 'vitest';
import { NO_CAPABILITIES, selectPendingReviews } from '../../src/core/conversationState.js';
import { createConversation } from '../../src/core/createConversation.js';
import { AgentChatError } from '../../src/core/errors.js';
import type { AgentTransport } from '../../src/core/transport.js';
import { started } from '../support/agentEvents.js';
import { createFakeTransport } from '../support/fakeTransport.js';
import { createManualClock } from '../support/manualClock.js';

async function askForReview(reviews: boolean) {
  const review = vi.fn<NonNullable<AgentTransport['review']>>().mockResolvedValue();
  const transport = createFakeTransport({ review });
  const clock = createManualClock();
  const conversation = createConversation({ agentKey: 'support', transport, clock });
  conversation.send('Delete it');
  transport.sends[0]!.emit(
    { type: 'capabilities.changed', capabilities: { ...NO_CAPABILITIES, reviews }, epoch: null },
    started('task-1'),
    { type: 'tool.review.requested', toolCallId: 'c', toolName: 'delete', arguments: {}, requiresApproval: true },
  );
  await clock.settle();
  const part = () => conversation.getState().messages[1]!.parts[0];
  return { conversation, review, part };
}

describe('a review', () => {
  it.each([
    ['approved', 'running'],
    ['rejected', 'rejected'],
  ] as const)('that is %s goes to the server, and is told', async (decision, state) => {
    const { conversation, review, part } = await askForReview(true);
    await (decision === 'approved' ? conversation.approve('c') : conversation.reject('c', 'Too much.'));
    expect(review.mock.lastCall?.[0]).toMatchObject({ agentKey: 'support', taskId: 'task-1', toolCallId: 'c' });
    expect(review.mock.lastCall?.[0].review).toBe(decision);
    expect(review.mock.lastCall?.[0].reason).toBe(decision === 'approved' ? undefined : 'Too much.');
    expect(part()).toMatchObject({ state });
  });

  it('waits on where the decision was not taken', async () => {
    const { conversation, review } = await askForReview(true);
    review.mockRejectedValue(new AgentChatError({ code: 'network', message: 'No answer.' }));
    await expect(conversation.approve('c')).rejects.toMatchObject({ code: 'network' });
    expect(selectPendingReviews(conversation.getState())).toHaveLength(1);
  });

  it('is not decided twice, nor where nobody asked or nothing can be decided', async () => {
    const { conversation, review } = await askForReview(true);
    await conversation.approve('c');
    await expect(conversation.reject('c')).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(conversation.approve('other')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(review).toHaveBeenCalledTimes(1);
    const elsewhere = await askForReview(false);
    await expect(elsewhere.conversation.approve('c')).rejects.toMatchObject({ code: 'invalid_request' });
    expect(elsewhere.review).not.toHaveBeenCalled();
  });
});
