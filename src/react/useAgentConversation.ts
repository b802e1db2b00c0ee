import type { Capabilities, PendingToolCall } from '../core/agentEvent.js';
import type { Conversation, ConversationOptions, MessageInput, SendOptions } from '../core/conversation.js';
import type { ConnectionState, ConversationStatus } from '../core/conversationState.js';
import type { AgentChatError } from '../core/errors.js';
import type { Message, Usage } from '../core/message.js';
import type { AgentCard, Identity, Thread, AgentTransport } from '../core/transport.js';

/** Where to find the agent: the proxy's address and the agent's public name there, or a conversation of your own. */
export type AgentConversationOptions =
  | ({ readonly url: string; readonly agent: string; readonly transport?: AgentTransport; readonly conversation?: never } & Omit<
      ConversationOptions,
      'agentKey' | 'transport'
    >)
  | { readonly conversation: Conversation };

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
  submitToolResult(toolCallId: string, result: unknown): void;
  reset(): void;
  readonly conversation: Conversation;
}
