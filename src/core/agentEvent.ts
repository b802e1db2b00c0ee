import type { AgentChatError } from './errors.js';
import type { FileContent, FinishReason, ResponseStatus, Usage } from './message.js';

/** A piece of a part, to be appended (text, reasoning) or to replace what is there (file, data). */
export type PartDelta =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasoning'; readonly reasoning: string }
  | { readonly kind: 'file'; readonly file: FileContent }
  | {
      readonly kind: 'data';
      readonly data: Readonly<Record<string, unknown>>;
      readonly metadata?: Readonly<Record<string, unknown>>;
    };

/** A whole part as the wire tells it: authoritative over the deltas that built it. */
export type PartContent =
  | PartDelta
  | {
      readonly kind: 'tool_call';
      readonly toolCallId: string;
      readonly toolName?: string;
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'tool_result'; readonly toolCallId: string; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: string; readonly code?: number }
  | { readonly kind: 'unknown'; readonly originalKind: string };

/** A tool call that waits for this page to answer it. */
export interface PendingToolCall {
  readonly toolCallId: string;
  /** Absent where the wire named none; such a call can only be answered with an error. */
  readonly toolName?: string;
  /** The parsed arguments; `{}` where the wire sent none or no valid JSON object. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** One response as a whole, from a JSON answer or a poll. Idempotent: the same snapshot twice changes nothing. */
export interface ResponseSnapshot {
  readonly taskId: string | null;
  readonly responseId: string | null;
  readonly state: 'submitted' | ResponseStatus;
  /** The agent's own parts, in order; empty while it works (the wire has no partial text in JSON). */
  readonly parts: readonly PartContent[];
  readonly pendingToolCalls: readonly PendingToolCall[];
  readonly finishReason: FinishReason | null;
  readonly model: string | null;
  readonly usage: Usage | null;
  readonly traceId: string | null;
  /** Set where `state` is `failed`. */
  readonly error: AgentChatError | null;
}

/** What the backend in front of the agent offers beyond the plain API. The only thing the UI reads about it. */
export interface Capabilities {
  /** `stop()` reaches the server. */
  readonly cancel: boolean;
  /** A dropped stream can be resumed where it broke. */
  readonly replay: boolean;
  /** The backend can say whether a message arrived. */
  readonly receipts: boolean;
  /** Reviews can be answered from here. */
  readonly reviews: boolean;
  /** The stream sends heartbeats, so that silence means a stall. */
  readonly heartbeats: boolean;
  /** Good/bad can be sent for an answer. */
  readonly feedback: boolean;
}

/** Where in a stream an event stood. */
export interface Streamed {
  /** The backend's name for the place behind this event, from which a replay can go on. Absent where there is no replay. */
  readonly eventId?: string;
}

/** What a transport may produce: the API's events in our words, `type` = noun.verb. */
export type AgentEvent = Streamed & AgentEventBody;

type AgentEventBody =
  | {
      readonly type: 'response.started';
      readonly taskId: string | null;
      readonly responseId: string | null;
      readonly model: string | null;
      readonly traceId: string | null;
    }
  | { readonly type: 'part.delta'; readonly partId: string; readonly delta: PartDelta }
  | { readonly type: 'part.done'; readonly partId: string; readonly part: PartContent }
  | {
      readonly type: 'tool.started';
      readonly toolCallId: string;
      readonly toolName?: string;
      readonly arguments: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'tool.done'; readonly toolCallId: string; readonly result: unknown }
  | { readonly type: 'tool.failed'; readonly toolCallId: string; readonly error: string }
  | {
      readonly type: 'tool.review.requested';
      readonly toolCallId: string;
      readonly toolName?: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly requiresApproval: boolean;
    }
  | { readonly type: 'tool.review.done'; readonly toolCallId: string; readonly review: 'approved' | 'rejected' }
  | {
      readonly type: 'response.done';
      readonly finishReason: FinishReason;
      readonly pendingToolCalls: readonly PendingToolCall[];
      readonly usage: Usage | null;
      readonly traceId: string | null;
    }
  | { readonly type: 'response.failed'; readonly error: AgentChatError }
  | { readonly type: 'response.synced'; readonly response: ResponseSnapshot }
  | { readonly type: 'connection.changed'; readonly connection: 'streaming' | 'polling' }
  | {
      readonly type: 'capabilities.changed';
      readonly capabilities: Capabilities;
      /** Names the backend's memory of messages; `null` where it has none. */
      readonly epoch: string | null;
    }
  /** Something on the wire was not understood and left out. Reported through `onEvent`, never thrown. */
  | {
      readonly type: 'event.skipped';
      readonly reason: 'unknown-event' | 'unknown-part' | 'malformed';
      readonly detail: string;
    };

/** Whether nothing more is to be expected of a response. */
export function isOver(response: Pick<ResponseSnapshot, 'state'>): boolean {
  return response.state !== 'submitted' && response.state !== 'working';
}

/** Whether this event ends its response. */
export function isTerminal(event: AgentEvent): boolean {
  if (event.type === 'response.synced') return isOver(event.response);
  return event.type === 'response.done' || event.type === 'response.failed';
}
