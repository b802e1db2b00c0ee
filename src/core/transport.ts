import type { AgentEvent } from './agentEvent.js';
import type { FileContent } from './message.js';

/** What the visitor, or this page on behalf of a tool, sends. */
export type InputPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: FileContent }
  | { readonly kind: 'tool_result'; readonly toolCallId: string; readonly result: unknown };

/** Who is talking. `id` is yours; the rest is optional. Unverified unless your proxy verifies it. Source: PROTOCOL.md 4.1. */
export interface Identity {
  readonly id: string;
  readonly displayName?: string;
  /** A valid address, or leave it out: the API refuses an empty one. */
  readonly email?: string;
  readonly metadata?: readonly Readonly<Record<string, unknown>>[];
  readonly logoUrl?: string;
  readonly tags?: readonly string[];
}

/** Groups traces. It does not carry context: continuity lives in the task. */
export interface Thread {
  readonly id: string;
  readonly tags?: readonly string[];
}

/** Whose memory the agent may use. */
export interface Memory {
  readonly entityId: string;
}

/** What is sent with every turn, because nothing on the wire says that it sticks. */
export interface TurnContext {
  readonly identity?: Identity | undefined;
  readonly thread?: Thread | undefined;
  readonly memory?: Memory | undefined;
  /** Template variables. Values are yours: keys are sent as they are. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Ends up in traces; not shown to the agent. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}

/** One message to an agent: the visitor's, or the results of its tool calls. Its answer is what `send` yields. */
export interface SendRequest extends TurnContext {
  readonly agentKey: string;
  /** The newest task id of this conversation; absent starts a new task. */
  readonly taskId?: string | undefined;
  readonly message: {
    /** ULID; also sent as `Idempotency-Key`. */
    readonly messageId: string;
    readonly role: 'user' | 'tool';
    readonly parts: readonly InputPart[];
  };
  readonly signal: AbortSignal;
}

/** What every question about a running agent carries. */
export interface AgentRequest {
  readonly agentKey: string;
  readonly signal: AbortSignal;
  /** Is told what the backend offers (`capabilities.changed`), where its answer says so. */
  readonly onEvent?: ((event: AgentEvent) => void) | undefined;
}

/** A question about one task of an agent. */
export interface TaskRequest extends AgentRequest {
  readonly taskId: string;
}

/** Asks for an answer that is on its way already. */
export interface FollowRequest extends TaskRequest {
  /** The `eventId` of the last event that was seen, `''` for none: go on behind it where the backend can replay. Absent: only the whole answer is of use. */
  readonly lastEventId?: string | undefined;
}

/** Asks what became of a message. */
export interface ReceiptRequest extends AgentRequest {
  readonly messageId: string;
}

/** What a backend knows of a message. */
export type Receipt =
  | {
      readonly status: 'received';
      /** Where its answer can be had; `null` as long as the agent has not named it. */
      readonly taskId: string | null;
      /** Whether that is the last word. */
      readonly isSettled: boolean;
    }
  | {
      /** It did not come, or was certainly not processed: provided that it was sent less than `retainedMs` ago, in this epoch. */
      readonly status: 'unknown';
      readonly retainedMs: number;
      readonly epoch: string | null;
    };

/** A person's decision on a tool call of the server's that waits for it. */
export interface ReviewRequest extends TaskRequest {
  readonly toolCallId: string;
  readonly review: 'approved' | 'rejected';
  readonly reason?: string | undefined;
}

/** What a visitor thinks of an answer. */
export interface FeedbackRequest extends AgentRequest {
  /** The trace of the answer's turn: feedback has no finer target (PROTOCOL.md 12.4). */
  readonly traceId: string;
  readonly rating: 'good' | 'bad';
  readonly comment?: string | undefined;
}

/** The public face of an agent. Never its instructions. */
export interface AgentCard {
  readonly key: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly suggestions: readonly string[];
}

/**
 * How events are obtained. Knows no state and shows none.
 *
 * Both iterables end normally only after a terminal event (`response.done`, `response.failed`, or a `response.synced` whose state is neither `submitted` nor `working`). Anything else throws an
 * `AgentChatError`: `stream_dropped` where an answer that had begun broke off, so that `follow` may still get it; another code where it may not.
 * Aborting `signal` ends them without a further event.
 */
export interface AgentTransport {
  /** How long a message may wait for the first sign of an answer, in milliseconds; one with files may wait 2 minutes longer. Absent: for ever. */
  readonly answerMs?: number | undefined;
  /** Sends one message and yields what comes back. Never sends it twice. */
  send(request: SendRequest): AsyncIterable<AgentEvent>;
  /** Follows a task that already runs, by replay where the backend offers it and `lastEventId` is given, else by polling. Sends nothing. */
  follow(request: FollowRequest): AsyncIterable<AgentEvent>;
  /** What became of a message. Only asked where `capabilities.receipts`. */
  receipt?(request: ReceiptRequest): Promise<Receipt>;
  /** Asks the backend to stop. Only asked where `capabilities.cancel`. */
  cancel?(request: TaskRequest): Promise<void>;
  /** Hands over a person's decision on a tool call. Only asked where `capabilities.reviews`. */
  review?(request: ReviewRequest): Promise<void>;
  /** Says what a visitor thinks of an answer. Only asked where `capabilities.feedback`. */
  feedback?(request: FeedbackRequest): Promise<void>;
  /** The agent's public card, or `null` where the backend has none. */
  agent?(request: AgentRequest): Promise<AgentCard | null>;
}
