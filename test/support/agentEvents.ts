import type { AgentEvent, PendingToolCall, ResponseSnapshot } from '../../src/core/agentEvent.js';
import { AgentChatError } from '../../src/core/errors.js';

/** Agent events with only what a test is about. */
export function started(taskId: string | null = 'task-1'): AgentEvent {
  return { type: 'response.started', taskId, responseId: 'response-1', model: 'openai/gpt-4o', traceId: 'trace-1' };
}

export function delta(text: string, partId = 'text_1'): AgentEvent {
  return { type: 'part.delta', partId, delta: { kind: 'text', text } };
}

export function done(pendingToolCalls: readonly PendingToolCall[] = []): AgentEvent {
  const finishReason = pendingToolCalls.length > 0 ? 'function_call' : 'stop';
  return { type: 'response.done', finishReason, pendingToolCalls, usage: null, traceId: null };
}

export function failed(): AgentEvent {
  return { type: 'response.failed', error: new AgentChatError({ code: 'response_failed', message: 'It failed.' }) };
}

export function call(toolCallId: string, toolName = 'get_cart'): PendingToolCall {
  return { toolCallId, toolName, arguments: {} };
}

export function synced(changes: Partial<ResponseSnapshot> = {}): AgentEvent {
  return {
    type: 'response.synced',
    response: {
      taskId: 'task-1',
      responseId: 'response-1',
      state: 'completed',
      parts: [],
      pendingToolCalls: [],
      finishReason: null,
      model: null,
      usage: null,
      traceId: null,
      error: null,
      ...changes,
    },
  };
}

/** A whole answer of one text. */
export function answer(text: string, taskId = 'task-1'): readonly AgentEvent[] {
  return [started(taskId), delta(text), done()];
}

export function error(code: AgentChatError['code'], message = 'It went wrong.'): AgentChatError {
  return new AgentChatError({ code, message });
}
