import { useMemo, useSyncExternalStore } from 'react';
import type { Capabilities, PendingToolCall } from '../core/agentEvent.js';
import type { Conversation, MessageInput, SendOptions } from '../core/conversation.js';
import {
  selectPendingReviews,
  selectPendingToolCalls,
  selectQueue,
  selectUsage,
  type ConnectionState,
  type ConversationStatus,
} from '../core/conversationState.js';
import type { AgentChatError } from '../core/errors.js';
import type { Message, Usage } from '../core/message.js';
import type { AgentCard, Identity, Thread } from '../core/transport.js';
import { useOwnConversation, type AgentConversationOptions } from './useOwnConversation.js';

/** State and commands of one conversation. */
export interface AgentConversation {
  readonly messages: readonly Message[];
  readonly status: ConversationStatus;
  readonly connection: ConnectionState;
  readonly error: AgentChatError | null;
  readonly agent: AgentCard | null;
  readonly identity: Identity | null;
  readonly thread: Thread | null;
  readonly taskId: string | null;
  readonly pendingToolCalls: readonly PendingToolCall[];
  readonly pendingReviews: readonly PendingToolCall[];
  readonly queue: readonly Message[];
  readonly usage: Usage | null;
  readonly capabilities: Capabilities;
  send(input: MessageInput, options?: SendOptions): string;
  stop(): void;
  retry(messageId: string): void;
  resend(messageId: string): void;
  editAndResend(messageId: string, input: MessageInput): string | null;
  submitToolResult(toolCallId: string, result: unknown): void;
  approve(toolCallId: string): Promise<void>;
  reject(toolCallId: string, reason?: string): Promise<void>;
  sendFeedback(messageId: string, rating: 'good' | 'bad', comment?: string): Promise<void>;
  reset(): void;
  readonly conversation: Conversation;
}

/**
 * One conversation with an agent: its whole state, and the commands.
 *
 * Re-renders with every change, also with every frame of a streaming answer; for finer steps put the returned `conversation` into an
 * `AgentConversationProvider` and use `useConversationSelector`, `useMessageIds` and `useMessage` below it.
 *
 * @example
 * const { messages, send } = useAgentConversation({ url: '/api/agent-chat', agent: 'support' });
 */
export function useAgentConversation(options: AgentConversationOptions): AgentConversation {
  const conversation = useOwnConversation(options);
  const state = useSyncExternalStore(conversation.subscribe, conversation.getState, conversation.getInitialState);
  return useMemo(() => {
    const { messages, status, connection, error, agent, identity, thread, taskId, capabilities } = state;
    const { send, stop, retry, resend, editAndResend, submitToolResult, approve, reject, sendFeedback, reset } =
      conversation;
    return {
      ...{ messages, status, connection, error, agent, identity, thread, taskId, capabilities },
      pendingToolCalls: selectPendingToolCalls(state),
      pendingReviews: selectPendingReviews(state),
      queue: selectQueue(state),
      usage: selectUsage(state),
      ...{
        send,
        stop,
        retry,
        resend,
        editAndResend,
        submitToolResult,
        approve,
        reject,
        sendFeedback,
        reset,
        conversation,
      },
    };
  }, [conversation, state]);
}
