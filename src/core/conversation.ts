import type { AgentEvent } from './agentEvent.js';
import type { ConversationState } from './conversationState.js';
import type { LocalEvent } from './conversationEvent.js';
import type { Tabs } from './tabs/tabs.js';
import type { ClientTools } from './tools/clientTool.js';
import type { AgentTransport, InputPart, TurnContext } from './transport.js';
import type { Clock } from './clock.js';
import type { Connectivity } from './connectivity.js';
import type { ConversationStorage, ConversationSummary, StorageProblem } from './conversationStorage.js';

/** What `send` takes: a string is one text part. */
export type MessageInput = string | { readonly parts: readonly InputPart[] };

/** What `beforeSend` and the transport are about to send. */
export interface OutgoingMessage {
  readonly messageId: string;
  readonly parts: readonly InputPart[];
}

/** How `send` takes a message. */
export interface SendOptions {
  /** While an answer is on its way: wait for one's turn (`queue`, the default) or refuse with `task_active` (`reject`). */
  readonly whenBusy?: 'queue' | 'reject';
}

/** Whom a conversation is with, by what way, and what goes along with every turn. Only `agentKey` and `transport` are needed. */
export interface ConversationOptions extends TurnContext {
  /** The agent to talk to: its key, or its public name behind a proxy. */
  readonly agentKey: string;
  readonly transport: AgentTransport;
  /** Names this conversation. Default: the newest that was kept, else a new ULID. */
  readonly id?: string | undefined;
  /** Where conversations are kept. Default: nowhere; a reload begins anew. */
  readonly storage?: ConversationStorage | undefined;
  /** The other tabs of this browser that show the same conversation: one talks to the agent, all show it. Needs `storage`. Default: every tab for itself. */
  readonly tabs?: Tabs | undefined;
  /** Tools that run in this page when the agent asks for them, by the names that the agent knows them by. Without any, calls wait for `submitToolResult`. */
  readonly tools?: ClientTools | undefined;
  /** Every event, wire and local, in order, after it took effect. For analytics and debugging; what it throws is reported to the console. */
  readonly onEvent?: ((event: AgentEvent | LocalEvent) => void) | undefined;
  /** Sees every user message before it leaves; may change it, or return `null` to keep it from being sent. */
  readonly beforeSend?:
    ((message: OutgoingMessage) => OutgoingMessage | null | Promise<OutgoingMessage | null>) | undefined;
  /** Time and frames. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** What the platform knows of the network. Default: the browser's. */
  readonly connectivity?: Connectivity | undefined;
  /** Spreads the visitors of a server that comes back: 0 ≤ n < 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** What may change while a conversation lives; takes effect with the next turn. */
export type ConversationUpdate = Pick<
  ConversationOptions,
  'identity' | 'thread' | 'memory' | 'variables' | 'metadata' | 'tools' | 'onEvent' | 'beforeSend'
>;

/** One conversation with one agent: state to read, commands to give. */
export interface Conversation {
  /** Which of the visitor's conversations is shown; changes with `reset()` and `open()`. */
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
  /**
   * Ends the answer here. What has arrived stays. A proxy that offers it stops reading too; the Agents API has no way to cancel, so the agent may go on, and the next message
   * waits until it is done.
   */
  stop(): void;
  /**
   * A failed user message is sent again under its own id. An answer whose connection was lost is looked for again; of one that failed otherwise, the input is sent as a
   * new turn. Anything else is left alone.
   */
  retry(messageId: string): void;
  /** Sends a message of uncertain delivery again, as a new message: the agent may get it twice. */
  resend(messageId: string): void;
  /** Takes back a message that waits for its turn, or failed to be sent. One that is on its way, or was, is left alone. */
  withdraw(messageId: string): void;
  /**
   * Says something better. A message that never reached the agent is replaced; any other stays, marked with `editedAs`, because the agent remembers it.
   *
   * @returns the new message's id, or `null` where there is no such message of the visitor's.
   * @throws AgentChatError as `send` does; then nothing has changed.
   */
  editAndResend(messageId: string, input: MessageInput): string | null;
  /**
   * Lets a tool call of the server's go ahead that waits for a person (`pendingReviews`).
   *
   * @throws AgentChatError (rejects) where the decision was not taken: nobody waits for it any more, somebody else decided, or there is no way to the server.
   */
  approve(toolCallId: string): Promise<void>;
  /** Forbids it. @throws as `approve` does. */
  reject(toolCallId: string, reason?: string): Promise<void>;
  /**
   * Says what the visitor thinks of an answer; once more says it anew. Where the backend takes it (`capabilities.feedback`).
   *
   * @param comment - their own words.
   * @throws AgentChatError (rejects) where it was not taken: there is no such answer, it has no trace, or there is no way to the server.
   */
  sendFeedback(messageId: string, rating: 'good' | 'bad', comment?: string): Promise<void>;
  /** Answers a tool call that waits for this page. The turn goes on once every pending call has its answer. `result` is any JSON value. */
  submitToolResult(toolCallId: string, result: unknown): void;
  /**
   * Ends what runs and begins anew: no messages, no task. Where there is a storage, the conversation that was is in `list()`. One in which nothing was said yet is not: if something
   * is being written there, it is gone on with.
   */
  reset(): void;
  /** Shows another of the visitor's conversations. What runs in this one goes on, and is taken up again when it is opened again. */
  open(id: string): void;
  /** The visitor's conversations, the newest first; none where there is no storage. */
  list(): Promise<readonly ConversationSummary[]>;
  /** Gives a conversation a name of the visitor's own. */
  rename(id: string, title: string): Promise<void>;
  /** Removes a conversation for good. The one that is shown is ended, and a new one begun. */
  remove(id: string): Promise<void>;
  /** Resolves once everything said so far is kept as well as it can be; `null` where there is no storage. */
  keep(): Promise<void> | null;
  /** Tells each problem of the storage once, also one from before the call. @returns the undoing. */
  onProblem(listener: (problem: StorageProblem) => void): () => void;
  /** What was being written in this tab when it was left; `''` where nothing was. */
  readDraft(): string;
  writeDraft(draft: string): void;
  /**
   * Context for the turns to come. Only the keys that are given change. Another `identity.id` is another person: what was said is removed, here and in the storage, before
   * anything else is shown. Only who was nobody yet and has said something keeps it.
   */
  update(changes: Partial<ConversationUpdate>): void;
  /** Fetches the agent's public card once, where the transport can. Never fails: without a card the agent goes by its key. */
  loadAgent(): Promise<void>;
  /** Takes up what was under way when `destroy()` was called, and fetches the agent's card. For components: call it when they mount. */
  resume(): void;
  /**
   * Lets go of the network and of all timers. That is no `stop()`: the agent goes on, and `resume()` or the next command gets the rest of its answer. The state stays readable.
   */
  destroy(): void;
}
