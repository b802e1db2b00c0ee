import { selectPendingReviews } from './conversationState.js';
import { AgentChatError } from './errors.js';
import type { RecoveryContext } from './recovery/createRecovery.js';
import type { ReviewRequest } from './transport.js';
import type { ToolRunner } from './tools/createToolRunner.js';

/**
 * Hands a person's decision on a tool call to whoever runs the tool: the server, or this page.
 *
 * @throws AgentChatError where it was not taken.
 */
export async function decideReview(
  {
    agentKey,
    transport,
    getState,
    dispatch,
  }: Pick<RecoveryContext, 'agentKey' | 'transport' | 'getState' | 'dispatch'>,
  loadTools: () => Promise<ToolRunner>,
  { toolCallId, review, reason }: Omit<ReviewRequest, 'agentKey' | 'taskId' | 'signal'>,
): Promise<void> {
  const { capabilities, taskId } = getState();
  const asked = selectPendingReviews(getState()).find((call) => call.toolCallId === toolCallId);
  if (asked?.executor === 'client') return (await loadTools()).decide(toolCallId, review, reason);
  if (!asked || taskId === null || !capabilities.reviews || !transport.review) throw notAsked();
  const { signal } = new AbortController();
  await transport.review({ agentKey, taskId, toolCallId, review, reason, signal });
  // The stream says so too, where there is one; who polls would not hear of it.
  dispatch({ type: 'tool.review.done', toolCallId, review });
}

function notAsked(): AgentChatError {
  return new AgentChatError({
    code: 'invalid_request',
    message:
      'approve() or reject() was called for a tool call that waits for no decision from here. Nothing was decided. Offer it only for `pendingReviews`, and only where `capabilities.reviews`.',
  });
}
