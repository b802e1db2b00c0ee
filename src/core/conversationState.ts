import type { Capabilities, PendingToolCall } from './agentEvent.js';
import type { AgentChatError } from './errors.js';
import { isToolCall } from './isToolCall.js';
import type { AgentMessage, Message, ToolCallPart, Usage } from './message.js';
import type { AgentCard, Identity, Thread } from './transport.js';

/** What the conversation does, in the A2A task states. Ours: after `stop()` it is `canceled` even if the server goes on. */
export type ConversationStatus =
  'idle' | 'submitted' | 'working' | 'input-required' | 'completed' | 'failed' | 'canceled';

/** What the network does. Never mixed with the status. */
export type ConnectionState = 'idle' | 'connecting' | 'streaming' | 'polling' | 'reconnecting' | 'offline';

/** Our side of one exchange, while it lasts. With it an exchange can be taken up again, also by the next page, without sending a second time. */
export interface Run {
  /** The user message that is being answered. */
  readonly userMessageId: string;
  /** The id that the agent's message has, or will have once something arrived. */
  readonly agentMessageId: string;
  /** What is sent: the user message, or the message with the results of its tool calls. */
  readonly messageId: string;
  /** How often it was sent. More than once only where the earlier attempts were certainly not processed. */
  readonly attempts: number;
  /** When the first attempt left, in epoch milliseconds of this browser; `null` where none did. */
  readonly sentAt: number | null;
  /** The backend's memory at that time; where it was not known, the first that was; else `null`. */
  readonly epoch: string | null;
  /** The `eventId` of the last event that took effect: where a replay goes on. */
  readonly cursor: string | null;
  /** When the next attempt leaves, in epoch milliseconds, where the backend asked to wait. */
  readonly retryAt: number | null;
}

/** Everything there is to know about a conversation. Plain and readonly: a change is a new object, what did not change keeps its identity. */
export interface ConversationState {
  /** Which of the visitor's conversations this is. */
  readonly conversationId: string;
  /** True until what was kept of it has been looked for. What is sent meanwhile waits. */
  readonly isRestoring: boolean;
  /** The transcript, oldest first. */
  readonly messages: readonly Message[];
  /** The ids of `messages`; changes its identity only when one is added, moved or removed, so that a list need not follow every token. */
  readonly messageIds: readonly string[];
  readonly status: ConversationStatus;
  readonly connection: ConnectionState;
  /** Why the last run failed; `null` as soon as the next one begins. */
  readonly error: AgentChatError | null;
  /** The newest task id: what the next turn continues. */
  readonly taskId: string | null;
  readonly run: Run | null;
  readonly agent: AgentCard | null;
  readonly identity: Identity | null;
  readonly thread: Thread | null;
  readonly capabilities: Capabilities;
  /** Names the backend's memory of messages; `null` as long as none was named. */
  readonly epoch: string | null;
}

/** What a plain Orq backend offers: nothing beyond the API. */
export const NO_CAPABILITIES: Capabilities = {
  cancel: false,
  replay: false,
  receipts: false,
  reviews: false,
  heartbeats: false,
  feedback: false,
};

/** A conversation in which nothing has been said. */
export const EMPTY_STATE: ConversationState = {
  conversationId: '',
  isRestoring: false,
  messages: [],
  messageIds: [],
  status: 'idle',
  connection: 'idle',
  error: null,
  taskId: null,
  run: null,
  agent: null,
  identity: null,
  thread: null,
  capabilities: NO_CAPABILITIES,
  epoch: null,
};

/** True while an answer is on its way. */
export function selectIsBusy(state: ConversationState): boolean {
  return state.run !== null;
}

/** The message of that id, or `undefined`. */
export function selectMessage(state: ConversationState, id: string): Message | undefined {
  return state.messages[indexOfMessage(state.messageIds, id)];
}

/** The last message of the agent, or `undefined`. */
export function selectLastAgentMessage(state: ConversationState): AgentMessage | undefined {
  return state.messages.findLast((message): message is AgentMessage => message.role === 'agent');
}

/** The answer of the run that is under way, once something of it arrived. */
export function answerOf(state: ConversationState): AgentMessage | undefined {
  const message = state.run ? state.messages[indexOfMessage(state.messageIds, state.run.agentMessageId)] : undefined;
  return message?.role === 'agent' ? message : undefined;
}

/** User messages that wait for their turn, oldest first. */
export function selectQueue(state: ConversationState): readonly Message[] {
  return state.messages.filter((message) => message.role === 'user' && message.delivery === 'queued');
}

/** Whether a message of the visitor's waits for its turn or failed, and can still be taken back. */
export function selectIsUnheard(state: ConversationState, messageId: string): boolean {
  const message = selectMessage(state, messageId);
  return (
    message?.role === 'user' &&
    (message.delivery === 'failed' || (message.delivery === 'queued' && messageId !== state.run?.messageId))
  );
}

/** Tool calls that wait for this page. They are asked for by the newest response only. */
export function selectPendingToolCalls(state: ConversationState): readonly PendingToolCall[] {
  return selectOpenToolCalls(state).filter((part) => part.state === 'input-required');
}

/** Tool calls of this page that have no result yet, whatever has become of them. The task waits for each. */
export function selectOpenToolCalls(state: ConversationState): readonly ToolCallPart[] {
  const last = selectLastAgentMessage(state);
  if (last?.status !== 'input-required') return [];
  return last.parts.filter(isToolCall).filter((part) => part.executor === 'client' && part.result === undefined);
}

/** Tool calls that wait for a person's decision: of the server's tools, and of the page's own. */
export function selectPendingReviews(state: ConversationState): readonly ToolCallPart[] {
  return (selectLastAgentMessage(state)?.parts ?? [])
    .filter(isToolCall)
    .filter((part) => part.state === 'review-requested');
}

/** What the last answer cost, or `null` where the server did not count. */
export function selectUsage(state: ConversationState): Usage | null {
  return selectLastAgentMessage(state)?.usage ?? null;
}

// One index per list of ids: looking a row up by scanning would cost rows × messages on every frame of a stream.
const indexes = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** The position of a message, or −1. */
export function indexOfMessage(ids: readonly string[], id: string): number {
  let index = indexes.get(ids);
  if (!index) {
    index = new Map(ids.map((each, position) => [each, position]));
    indexes.set(ids, index);
  }
  return index.get(id) ?? -1;
}
