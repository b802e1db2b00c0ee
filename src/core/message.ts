import type { AgentChatError } from './errors.js';

/**
 * A file that travels with a message: inline as raw base64 (never a `data:` URL) or by address. Source: PROTOCOL.md section 3.
 * One that was inline and comes back from a storage has a `size` in bytes and neither: contents are not kept, so it can be shown and not sent.
 */
export type FileContent =
  | { readonly bytes: string; readonly uri?: never; readonly mimeType?: string; readonly name?: string }
  | { readonly uri: string; readonly bytes?: never; readonly mimeType?: string; readonly name?: string }
  | {
      readonly size: number;
      readonly bytes?: never;
      readonly uri?: never;
      readonly mimeType?: string;
      readonly name?: string;
    };

/** Whether more of a part may still arrive. */
export type PartState = 'streaming' | 'done';

/** Plain text or markdown. */
export interface TextPart {
  readonly kind: 'text';
  readonly partId: string;
  readonly text: string;
  readonly state: PartState;
}

/** What the agent thought before it answered. Never part of the answer's text. */
export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly partId: string;
  readonly reasoning: string;
  readonly state: PartState;
  /** When the first delta arrived, in epoch milliseconds of this browser; `null` where the part came whole. */
  readonly startedAt: number | null;
  /** When the part was done, in epoch milliseconds of this browser; `null` while it streams or where it came whole. */
  readonly endedAt: number | null;
}

/** A file sent by the visitor or made by the agent. */
export interface FilePart {
  readonly kind: 'file';
  readonly partId: string;
  readonly file: FileContent;
}

/** Structured data for a renderer that the host page registered. */
export interface DataPart {
  readonly kind: 'data';
  readonly partId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Where a tool call stands. None stays open once its run has ended. */
export type ToolCallState =
  'running' | 'input-required' | 'review-requested' | 'done' | 'failed' | 'rejected' | 'interrupted';

/** One use of a tool, by the server or (`executor: 'client'`) by this page. */
export interface ToolCallPart {
  readonly kind: 'tool_call';
  /** Same as `toolCallId`: a call is one part, whichever event announces it first. */
  readonly partId: string;
  readonly toolCallId: string;
  /** Absent where the wire named none. */
  readonly toolName?: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly executor: 'server' | 'client';
  /** What the page calls the tool, where it is one of its own. */
  readonly title?: string;
  readonly state: ToolCallState;
  /** True where the page was left while its tool ran: whether it did its work is not known, so a person is asked before it runs again. */
  readonly wasInterrupted?: boolean;
  /** What the tool gave back: any JSON value. Of a call that failed or was rejected, what the agent is told instead. */
  readonly result?: unknown;
  /** Why it failed, once `state` is `failed` or `rejected`. */
  readonly error?: string;
}

/** An error that the agent put into its own answer. */
export interface ErrorPart {
  readonly kind: 'error';
  readonly partId: string;
  readonly error: string;
  readonly code?: number;
}

/** A part of a kind this version does not know: shown as a quiet placeholder, never dropped silently. */
export interface UnknownPart {
  readonly kind: 'unknown';
  readonly partId: string;
  /** The wire's own `kind`. */
  readonly originalKind: string;
}

/** A piece of a message, told apart by `kind`: the wire's own word, or `unknown` for one that this version does not know. */
export type Part = TextPart | ReasoningPart | FilePart | DataPart | ToolCallPart | ErrorPart | UnknownPart;

/** Where the delivery of a visitor's message stands (TRUST.md 3.1). */
export type Delivery = 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain';

/** What the visitor sent. */
export interface UserMessage {
  readonly role: 'user';
  /** ULID made in the browser; also the wire's `messageId` and the `Idempotency-Key`. */
  readonly id: string;
  readonly createdAt: number;
  readonly parts: readonly Part[];
  readonly delivery: Delivery;
  /** Why delivery failed or is uncertain. */
  readonly error: AgentChatError | null;
  /** The id of the message that was sent in its stead, where the visitor edited it. The agent still remembers both. */
  readonly editedAs?: string;
}

/** How far one response has come. */
export type ResponseStatus = 'working' | 'input-required' | 'completed' | 'failed' | 'canceled';

/** Why a response ended (PROTOCOL.md 4.3); `unknown` where the wire does not tell. */
export type FinishReason =
  'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call' | 'max_iterations' | 'max_time' | 'unknown';

/** Tokens and cost as the server counted them. Every field may be missing: never divide by one. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly totalTokens?: number;
  readonly reasoningTokens?: number;
  readonly cachedTokens?: number;
}

/** One response of the agent. A turn with client tools has several in a row. */
export interface AgentMessage {
  readonly role: 'agent';
  readonly id: string;
  readonly createdAt: number;
  /** The user message that this answers. */
  readonly inReplyTo: string;
  readonly parts: readonly Part[];
  readonly status: ResponseStatus;
  readonly responseId: string | null;
  readonly taskId: string | null;
  readonly model: string | null;
  readonly traceId: string | null;
  readonly finishReason: FinishReason | null;
  readonly usage: Usage | null;
  /** Why the response failed. Text that had arrived stays in `parts`. */
  readonly error: AgentChatError | null;
}

/** What was said: by the visitor or by the agent, told apart by `role`. */
export type Message = UserMessage | AgentMessage;

/**
 * The text of a message: its text parts, a blank line between them. Reasoning is not part of it.
 *
 * @returns an empty string where the message has no text part.
 */
export function messageText(message: Message): string {
  return message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
}
