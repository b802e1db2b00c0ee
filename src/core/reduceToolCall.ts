import type { AgentEvent, PendingToolCall } from './agentEvent.js';
import type { LocalEvent } from './conversationEvent.js';
import { isEqual } from './isEqual.js';
import type { Part, ToolCallPart } from './message.js';

export type ToolEvent = Extract<AgentEvent | LocalEvent, { readonly toolCallId: string }>;

/** Applies what happened to one tool call. Keyed by its id, so that a call announced twice is one part. */
export function applyToolEvent(parts: readonly Part[], event: ToolEvent): readonly Part[] {
  const before = findToolCall(parts, event.toolCallId);
  const ended = before && isToolCallOver(before) ? before.state : null;
  switch (event.type) {
    // What comes after the end (duplicates, reordering) may add the name and the arguments, but must not make it run again.
    case 'tool.started':
      return putToolCall(parts, { ...announced(event, before), state: ended ?? 'running' });
    case 'tool.review.requested':
      return putToolCall(parts, { ...announced(event, before), state: ended ?? 'review-requested' });
    case 'tool.review.done':
      if (before?.state !== 'review-requested') return parts;
      return putToolCall(parts, { ...before, state: event.review === 'approved' ? 'running' : 'rejected' });
    case 'tool.prepared': {
      if (!before || before.result !== undefined) return parts;
      const { title, arguments: given, state } = event;
      return putToolCall(parts, { ...before, ...(title === undefined ? {} : { title }), arguments: given, state });
    }
    case 'tool.stopped':
      return before && !ended ? putToolCall(parts, { ...before, state: 'interrupted' }) : parts;
    case 'tool.answered': {
      if (!before || before.result !== undefined) return parts;
      const result = event.result ?? null;
      return putToolCall(parts, { ...before, ...(event.failure ?? { state: 'done' }), result });
    }
    case 'tool.done':
      if (ended) return parts;
      return putToolCall(parts, { ...(before ?? unannounced(event.toolCallId)), state: 'done', result: event.result });
    case 'tool.failed':
      if (ended && ended !== 'rejected') return parts;
      return putToolCall(parts, {
        ...(before ?? unannounced(event.toolCallId)),
        // A rejected call is reported as failed too (PROTOCOL.md 6.5); the person's decision is the better word for it.
        state: ended ?? 'failed',
        error: event.error,
      });
  }
}

/** Marks the calls that wait for this page. */
export function applyPendingToolCalls(parts: readonly Part[], calls: readonly PendingToolCall[]): readonly Part[] {
  return calls.reduce((all, call) => {
    const before = findToolCall(all, call.toolCallId);
    if (before?.executor === 'client') return all;
    return putToolCall(all, { ...announced(call, before), executor: 'client', state: 'input-required' });
  }, parts);
}

export function findToolCall(parts: readonly Part[], toolCallId: string): ToolCallPart | undefined {
  return parts.find((part): part is ToolCallPart => part.kind === 'tool_call' && part.toolCallId === toolCallId);
}

export function putToolCall(parts: readonly Part[], call: ToolCallPart): readonly Part[] {
  const index = parts.findIndex((part) => part.kind === 'tool_call' && part.toolCallId === call.toolCallId);
  if (index < 0) return [...parts, call];
  return isEqual(parts[index], call) ? parts : parts.with(index, call);
}

function announced(event: PendingToolCall, before: ToolCallPart | undefined): ToolCallPart {
  return {
    ...(before ?? unannounced(event.toolCallId)),
    ...(event.toolName === undefined ? {} : { toolName: event.toolName }),
    arguments: event.arguments,
  };
}

// A result whose start was lost still deserves a line in the transcript.
function unannounced(toolCallId: string): ToolCallPart {
  return { kind: 'tool_call', partId: toolCallId, toolCallId, arguments: {}, executor: 'server', state: 'running' };
}

export function isToolCallOver(call: ToolCallPart): boolean {
  return call.state === 'done' || call.state === 'failed' || call.state === 'rejected' || call.state === 'interrupted';
}
