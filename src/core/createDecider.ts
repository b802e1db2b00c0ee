import { selectPendingReviews } from './conversationState.js';
import { AgentChatError, isAgentChatError } from './errors.js';
import type { ToolCallPart } from './message.js';
import type { RecoveryContext } from './recovery/createRecovery.js';
import { sendFeedback } from './sendFeedback.js';
import type { ReviewRequest } from './transport.js';
import type { ToolRunner } from './tools/createToolRunner.js';

/** A person's decision on a tool call. */
export type Decision = Omit<ReviewRequest, 'agentKey' | 'taskId' | 'signal'>;

/** What a person says about what the agent does or did. */
export interface Decider {
  /** @throws AgentChatError where it was not taken. */
  decide(decision: Decision): Promise<void>;
  /** @throws AgentChatError as `Conversation.sendFeedback` does. */
  sendFeedback(messageId: string, rating: 'good' | 'bad', comment?: string): Promise<void>;
}

/** Hands decisions to whoever runs the tools: the server, or this page; and opinions to the server. Loaded with the first of them. */
export function createDecider(
  parties: Pick<RecoveryContext, 'agentKey' | 'transport' | 'getState' | 'dispatch'>,
  loadTools: () => Promise<ToolRunner>,
): Decider {
  const { agentKey, transport, getState, dispatch } = parties;
  /** Until a decision is known to have been taken, a second click is none. */
  const deciding = new Set<string>();

  async function tellServer({ toolCallId, review, reason }: Decision, asked: ToolCallPart): Promise<void> {
    const { capabilities, taskId } = getState();
    if (taskId === null || !capabilities.reviews || !transport.review) throw notAsked();
    const { signal } = new AbortController();
    try {
      await transport.review({ agentKey, taskId, toolCallId, review, reason, signal });
    } catch (thrown) {
      const status = isAgentChatError(thrown) ? thrown.status : undefined;
      // Somebody else has decided, and what they decided will be heard of; or nobody waits for it any more.
      if (status === 409) dispatch({ type: 'tool.started', ...asked });
      if (status === 410) dispatch({ type: 'tool.stopped', toolCallId });
      throw thrown;
    }
    // The stream says so too, where there is one; who polls would not hear of it.
    dispatch({ type: 'tool.review.done', toolCallId, review });
  }

  async function decide(decision: Decision): Promise<void> {
    const { toolCallId, review, reason } = decision;
    const asked = selectPendingReviews(getState()).find((call) => call.toolCallId === toolCallId);
    if (!asked || deciding.has(toolCallId)) throw notAsked();
    deciding.add(toolCallId);
    try {
      if (asked.executor === 'client') await (await loadTools()).decide(toolCallId, review, reason);
      else await tellServer(decision, asked);
    } finally {
      deciding.delete(toolCallId);
    }
  }

  return { decide, sendFeedback: (...feedback) => sendFeedback(parties, ...feedback) };
}

function notAsked(): AgentChatError {
  return new AgentChatError({
    code: 'invalid_request',
    message:
      'approve() or reject() was called for a tool call that waits for no decision from here. Nothing was decided. Offer it only for `pendingReviews`, and only where `capabilities.reviews`.',
  });
}
