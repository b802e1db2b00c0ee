import type { AgentEvent } from './agentEvent.js';
import type { ConnectionState } from './conversationState.js';
import type { AgentChatError } from './errors.js';
import type { Delivery, UserMessage } from './message.js';
import type { AgentCard, Identity, Thread } from './transport.js';

/** What happens on this side. Local happenings are events too, so that state has one way in. */
export type LocalEvent =
  | { readonly type: 'message.added'; readonly message: UserMessage }
  | {
      readonly type: 'delivery.changed';
      readonly messageId: string;
      readonly delivery: Delivery;
      readonly error: AgentChatError | null;
    }
  | { readonly type: 'run.started'; readonly userMessageId: string; readonly agentMessageId: string }
  | { readonly type: 'run.connected'; readonly connection: ConnectionState }
  /** The run is over, whether it was answered, stopped or failed. Ends whatever the response left open. */
  | { readonly type: 'run.settled' }
  | { readonly type: 'run.stopped' }
  | { readonly type: 'run.failed'; readonly error: AgentChatError }
  | { readonly type: 'tool.answered'; readonly toolCallId: string; readonly result: unknown }
  | { readonly type: 'agent.loaded'; readonly agent: AgentCard }
  | { readonly type: 'context.changed'; readonly identity: Identity | null; readonly thread: Thread | null }
  | { readonly type: 'conversation.reset' };

/** The clock's reading, in epoch milliseconds, travels with the event so that the reducer stays pure. */
export type ConversationEvent = (AgentEvent | LocalEvent) & { readonly at: number };
