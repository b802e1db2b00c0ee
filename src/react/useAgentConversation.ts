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
  /** Everything that was said, oldest first; each is replaced by a new object when it changes, the others stay the same objects. */
  readonly messages: readonly Message[];
  /** Where the conversation stands: `submitted` until the agent begins, then `working`; `input-required` where a tool call waits for this page or for a person. */
  readonly status: ConversationStatus;
  /** How the agent is being reached; `idle` while nothing is on its way. */
  readonly connection: ConnectionState;
  /** Why the last turn failed; `null` where it did not. */
  readonly error: AgentChatError | null;
  /** The agent's public card; `null` until it is loaded, or where the backend has none. */
  readonly agent: AgentCard | null;
  /** Who is talking, as far as this page says. */
  readonly identity: Identity | null;
  /** What the turns are grouped under in traces. */
  readonly thread: Thread | null;
  /** The handle that the next turn goes on from: always the newest. `null` before the first answer. */
  readonly taskId: string | null;
  /** Calls of this page's tools that nobody answered yet: for `submitToolResult`. Those of `tools` are answered by themselves. */
  readonly pendingToolCalls: readonly PendingToolCall[];
  /** Tool calls that wait for a person: for `approve` and `reject`. */
  readonly pendingReviews: readonly PendingToolCall[];
  /** The visitor's messages that wait for their turn, first in, first out. */
  readonly queue: readonly Message[];
  /** What the last answer took, in tokens as the server counts; `null` where it did not say. */
  readonly usage: Usage | null;
  /** What the backend offers beyond the plain API. */
  readonly capabilities: Capabilities;
  /**
   * Sends a message; while an answer is on its way it waits for its turn.
   *
   * @returns the message's id, at once; delivery is told by the message itself.
   * @throws AgentChatError `empty_message` for nothing but white space, `task_active` with `whenBusy: 'reject'` while busy.
   */
  send(input: MessageInput, options?: SendOptions): string;
  /** Ends the answer here; what has arrived stays. The agent may go on, and the next message waits until it is done. */
  stop(): void;
  /** Sends a failed message again under its own id, looks again for an answer whose connection was lost, or asks anew where an answer failed. */
  retry(messageId: string): void;
  /** Sends a message of uncertain delivery again, as a new message: the agent may get it twice. */
  resend(messageId: string): void;
  /** Takes back a message that waits for its turn, or failed to be sent; any other is left alone. */
  withdraw(messageId: string): void;
  /**
   * Says something better in place of an earlier message.
   *
   * @returns the new message's id, or `null` where there is no such message of the visitor's.
   * @throws AgentChatError as `send` does; then nothing has changed.
   */
  editAndResend(messageId: string, input: MessageInput): string | null;
  /** Answers a pending tool call with any JSON value. The turn goes on once every pending call has its answer. */
  submitToolResult(toolCallId: string, result: unknown): void;
  /** Lets a tool call run that waits for a person. @throws AgentChatError (rejects) where the decision was not taken. */
  approve(toolCallId: string): Promise<void>;
  /** Forbids it. @throws as `approve` does. */
  reject(toolCallId: string, reason?: string): Promise<void>;
  /** Says what the visitor thinks of an answer, where `capabilities.feedback`. @throws AgentChatError (rejects) where it was not taken. */
  sendFeedback(messageId: string, rating: 'good' | 'bad', comment?: string): Promise<void>;
  /** Ends what runs and begins a new conversation; a storage keeps the one that was. */
  reset(): void;
  /** The conversation itself: for `AgentConversationProvider`, and for the rest of its commands. The same object for the same `url`, `agent` and `id`. */
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
    const { send, stop, retry, resend, withdraw, editAndResend } = conversation;
    const { submitToolResult, approve, reject, sendFeedback, reset } = conversation;
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
        withdraw,
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
