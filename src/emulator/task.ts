import type { EventLog } from './eventLog.js';
import type { PendingReviews } from './pendingReviews.js';
import type { JsonObject, WireFinishReason, WireMessage, WirePendingToolCall, WireUsage } from './wire.js';

/** Where a run stands. Source: PROTOCOL.md section 7.3. */
export type RunState = 'submitted' | 'working' | 'input-required' | 'completed' | 'failed';

/** The server's unit of continuity. */
export interface Task {
  readonly id: string;
  readonly agentKey: string;
  readonly contextId: string;
  /** Messages before the run's own. */
  readonly history: readonly WireMessage[];
  readonly run: Run;
  /** True once a newer task id carries the conversation on. */
  isContinued: boolean;
}

/** One response in the making. */
export interface Run {
  readonly responseId: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Id of the first agent message. */
  readonly assistantMessageId: string;
  /** ISO timestamp. */
  readonly createdAt: string;
  readonly model: string;
  readonly message: WireMessage;
  readonly log: EventLog;
  readonly reviews: PendingReviews;
  state: RunState;
  output: WireMessage[];
  pending: PendingCall[];
  usage: WireUsage | null;
  finishReason: WireFinishReason | null;
  failure: { readonly error: string; readonly code: number } | null;
}

/** A client tool call that nobody has answered. */
export interface PendingCall {
  /** What a tool result has to name. */
  readonly toolCallId: string;
  readonly name: string;
  readonly arguments: JsonObject;
  /** As the wire shows it; its id may differ by profile (C9). */
  readonly wire: WirePendingToolCall;
}

/** True while the agent works and nothing can be continued. */
export function isActive(run: Run): boolean {
  return run.state === 'submitted' || run.state === 'working';
}
