import type { AgentEvent } from '../agentEvent.js';
import type { ConversationEvent, LocalEvent } from '../conversationEvent.js';
import type { ConversationState } from '../conversationState.js';
import { AgentChatError, isAgentChatError, type AgentChatErrorOptions } from '../errors.js';

/** What all tabs of a conversation show alike. */
export type SharedState = Pick<
  ConversationState,
  'messages' | 'taskId' | 'run' | 'status' | 'connection' | 'error' | 'capabilities' | 'epoch'
>;

export function sharedState(state: ConversationState): SharedState {
  const { messages, taskId, run, status, connection, error, capabilities, epoch } = state;
  return { messages, taskId, run, status, connection, error, capabilities, epoch };
}

/** A command that only the leading tab can carry out. */
export type TabCommand =
  | { readonly name: 'stop' }
  | { readonly name: 'followUp'; readonly messageId: string }
  | {
      readonly name: 'decide';
      readonly toolCallId: string;
      readonly review: 'approved' | 'rejected';
      readonly reason?: string | undefined;
    };

export type TabMessage =
  /** A follower is there and knows nothing. */
  | { readonly kind: 'hello' }
  /** A follower is there. */
  | { readonly kind: 'present' }
  /** The leader: how things stand. `isNew`: it has just begun to lead. */
  | { readonly kind: 'state'; readonly state: SharedState; readonly isNew: boolean }
  /** The leader: what happened. */
  | { readonly kind: 'event'; readonly event: ConversationEvent }
  /** A follower: what its visitor did. */
  | { readonly kind: 'intent'; readonly id: string; readonly event: AgentEvent | LocalEvent }
  /** The leader: that has happened, and is kept. */
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'command'; readonly command: TabCommand };

const KINDS: ReadonlySet<unknown> = new Set(['hello', 'present', 'state', 'event', 'intent', 'kept', 'command']);

/** As text: a channel would make a plain error of ours, without its code. */
export function encodeTabMessage(message: TabMessage): string {
  return JSON.stringify(message, (_, value: unknown) =>
    isAgentChatError(value) ? { $error: describe(value) } : value,
  );
}

/** @returns `null` for anything that is no message of ours. */
export function decodeTabMessage(text: unknown): TabMessage | null {
  if (typeof text !== 'string') return null;
  try {
    const message: unknown = JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') return undefined; // merged by somebody's code it would replace a prototype
      return isRecord(value) && isRecord(value.$error) ? revive(value.$error) : value;
    });
    return isRecord(message) && KINDS.has(message.kind) ? (message as TabMessage) : null;
  } catch {
    return null;
  }
}

function describe(error: AgentChatError): Omit<AgentChatErrorOptions, 'cause'> {
  const { code, message, userMessage, retryable, source, processed, status, retryAfterMs, requestId, traceId } = error;
  const optional = { status, retryAfterMs, requestId, traceId };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { code, message, userMessage, retryable, source, processed, ...given };
}

function revive(options: Record<string, unknown>): AgentChatError {
  return new AgentChatError({ code: 'protocol', message: '', ...options });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
