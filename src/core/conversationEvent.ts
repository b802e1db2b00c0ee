import type { AgentEvent, Streamed } from './agentEvent.js';
import type { ConnectionState, ConversationState, Run } from './conversationState.js';
import type { AgentChatError } from './errors.js';
import type { Delivery, ToolCallPart, UserMessage } from './message.js';
import type { SharedState } from './tabs/tabMessage.js';
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
  /** `run.resumed`: for an answer that had been given up, and is written again. */
  | ({ readonly type: 'run.started' | 'run.resumed' } & Pick<Run, 'userMessageId' | 'agentMessageId' | 'messageId'>)
  /** An attempt leaves. */
  | { readonly type: 'run.sent' }
  /** The next attempt has to wait. */
  | { readonly type: 'run.waiting'; readonly retryAt: number }
  | { readonly type: 'run.connected'; readonly connection: ConnectionState }
  /** The run is over. Comes after the terminal event of its response. */
  | { readonly type: 'run.settled' }
  /** The run is over because the visitor ended it. */
  | { readonly type: 'run.stopped' }
  /** The run is over because no answer came, or not the rest of it. */
  | { readonly type: 'run.failed'; readonly error: AgentChatError }
  /** Another task is to be continued, or none: found out otherwise than by an answer that is shown. */
  | { readonly type: 'task.changed'; readonly taskId: string | null }
  | { readonly type: 'message.removed'; readonly messageId: string }
  /** Another message says it better. */
  | { readonly type: 'message.edited'; readonly messageId: string; readonly editedAs: string }
  /** A tool of the page's is about to run, or has to be allowed to. `arguments` are what it will be given. */
  | ({ readonly type: 'tool.prepared'; readonly toolCallId: string } & Pick<ToolCallPart, 'title' | 'arguments'> & {
        readonly state: 'running' | 'review-requested';
      })
  /** A tool of the page's was stopped. What it did is not known. */
  | { readonly type: 'tool.stopped'; readonly toolCallId: string }
  | {
      readonly type: 'tool.answered';
      readonly toolCallId: string;
      /** What the agent is told. */
      readonly result: unknown;
      /** Why there is no real result. */
      readonly failure?: { readonly state: 'failed' | 'rejected'; readonly error: string };
    }
  | { readonly type: 'agent.loaded'; readonly agent: AgentCard }
  | { readonly type: 'context.changed'; readonly identity: Identity | null; readonly thread: Thread | null }
  /** Something was kept, or was not: from here on the conversation goes on. */
  | ({ readonly type: 'conversation.restored' } & Pick<
      ConversationState,
      'conversationId' | 'messages' | 'taskId' | 'run' | 'status'
    >)
  /** How things stand, as the tab says that talks to the agent. */
  | { readonly type: 'conversation.synced'; readonly state: SharedState }
  /** Nothing is shown any more. `isRestoring`: something kept will be. */
  | ({ readonly type: 'conversation.reset' } & Pick<ConversationState, 'conversationId' | 'isRestoring'>);

/** The clock's reading, in epoch milliseconds, travels with the event so that the reducer stays pure. */
export type ConversationEvent = (AgentEvent | (LocalEvent & Streamed)) & { readonly at: number };
