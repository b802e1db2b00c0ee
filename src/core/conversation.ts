import type { AgentEvent } from './agentEvent.js';
import type { ConversationState } from './conversationState.js';
import type { LocalEvent } from './conversationEvent.js';
import type { AgentTransport, InputPart, TurnContext } from './transport.js';
import type { Clock } from './clock.js';

/** What `send` takes: a string is one text part. */
export type MessageInput = string | { readonly parts: readonly InputPart[] };

/** What `beforeSend` and the transport are about to send. */
export interface OutgoingMessage {
  readonly messageId: string;
  readonly parts: readonly InputPart[];
}

export interface SendOptions {
  /** While an answer is on its way: wait for one's turn (`queue`, the default) or refuse with `task_active` (`reject`). */
  readonly whenBusy?: 'queue' | 'reject';
}

export interface ConversationOptions extends TurnContext {
  /** The agent to talk to: its key, or its public name behind a proxy. */
  readonly agentKey: string;
  readonly transport: AgentTransport;
  /** Names this conversation. Default: a new ULID. */
  readonly id?: string | undefined;
  /** Every event, wire and local, in order, after it took effect. For analytics and debugging; what it throws is reported to the console. */
  readonly onEvent?: ((event: AgentEvent | LocalEvent) => void) | undefined;
  /** Sees every user message before it leaves; may change it, or return `null` to keep it from being sent. */
  readonly beforeSend?:
    ((message: OutgoingMessage) => OutgoingMessage | null | Promise<OutgoingMessage | null>) | undefined;
  /** Time and frames. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** What may change while a conversation lives; takes effect with the next turn. */
export type ConversationUpdate = Pick<
  ConversationOptions,
  'identity' | 'thread' | 'memory' | 'variables' | 'metadata' | 'onEvent' | 'beforeSend'
>;

/** One conversation with one agent: state to read, commands to give. */
export interface Conversation {
  readonly id: string;
  readonly agentKey: string;
  getState(): ConversationState;
  /** The state before anything happened: what a server renders and a browser hydrates. */
  getInitialState(): ConversationState;
  /** Calls `listener` after every change. @returns the undoing. */
  subscribe(listener: () => void): () => void;
  /**
   * Sends a message.
   *
   * @returns the message's id, at once; delivery is told by the message itself.
   * @throws AgentChatError `empty_message` for nothing but white space, `task_active` with `whenBusy: 'reject'` while busy.
   */
  send(input: MessageInput, options?: SendOptions): string;
  /** Stops reading the answer. What has arrived stays. Aborting reaches the proxy; plain Orq has no way to cancel, so the server may go on. */
  stop(): void;
  /** A failed user message is sent again under its own id; the failed answer's input is sent as a new turn. Anything else is left alone. */
  retry(messageId: string): void;
  /** Sends a message of uncertain delivery again, as a new message: the agent may get it twice. */
  resend(messageId: string): void;
  /** Answers a tool call that waits for this page. The turn goes on once every pending call has its answer. `result` is any JSON value. */
  submitToolResult(toolCallId: string, result: unknown): void;
  /** Ends what runs and begins anew: no messages, no task. */
  reset(): void;
  /** Context for the turns to come. Only the keys that are given change. */
  update(changes: Partial<ConversationUpdate>): void;
  /** Fetches the agent's public card once, where the transport can. Never fails: without a card the agent goes by its key. */
  loadAgent(): Promise<void>;
  /** Ends what runs, as `stop()` does, and what waits in the queue stays there. The state stays readable; a later command starts anew. */
  destroy(): void;
}
