import type { Profile } from './profile.js';
import type { Run, RunState, Task } from './task.js';
import { isActive } from './task.js';
import type { JsonObject, WireMessage } from './wire.js';

/** The answer to a sync request, after the run settled. Source: PROTOCOL.md sections 4.3, 4.4 and 4.6. */
export function syncBody(task: Task, profile: Profile): JsonObject {
  switch (profile.answer) {
    case 'sdk':
      return sdkBody(task, profile);
    case 'a2a':
    case 'submitted':
      return a2aBody(task, profile);
    case 'hybrid':
      return hybridBody(task, profile);
  }
}

/** The answer to a background request, at once. Source: PROTOCOL.md section 4.5. */
export function backgroundBody(task: Task, profile: Profile): JsonObject {
  if (profile.background === 'a2a') return { ...a2aEnvelope(task), status: status('submitted', task.run) };
  return { ...sdkEnvelope(task), output: [] };
}

/** The answer to a poll. Source: PROTOCOL.md section 5. */
export function pollBody(task: Task, profile: Profile): JsonObject {
  const { run } = task;
  if (isActive(run)) return { ...sdkEnvelope(task), output: [], status: 'in_progress' };
  if (run.failure !== null) {
    return {
      ...sdkEnvelope(task),
      output: [],
      status: 'failed',
      ...usageField(run, profile),
      error: run.failure.error,
    };
  }
  return { ...sdkBody(task, profile), status: 'completed' };
}

function sdkBody(task: Task, profile: Profile): JsonObject {
  const { run } = task;
  return {
    ...sdkEnvelope(task),
    output: shownOutput(run, profile),
    ...usageField(run, profile),
    ...(run.finishReason !== null && { finish_reason: run.finishReason }),
    ...(run.pending.length > 0 && { pending_tool_calls: run.pending.map((call) => call.wire) }),
    telemetry: { trace_id: run.traceId, span_id: run.spanId },
  };
}

function a2aBody(task: Task, profile: Profile): JsonObject {
  const { run } = task;
  const output = shownOutput(run, profile);
  const inTask = (message: WireMessage): JsonObject => ({ kind: 'message', ...message });
  const last = output.at(-1);
  return {
    ...a2aEnvelope(task),
    status: {
      ...status(run.state, run),
      ...(run.failure !== null && { message: failureMessage(run) }),
      ...(run.failure === null && last !== undefined && { message: statusMessage(last) }),
    },
    messages: [...task.history, run.message, ...output].map(inTask),
  };
}

function hybridBody(task: Task, profile: Profile): JsonObject {
  const { run } = task;
  const output = shownOutput(run, profile).filter((message) => message.role === 'agent');
  const last = output.at(-1);
  return {
    ...a2aEnvelope(task),
    status: {
      ...status(run.state, run),
      ...(last !== undefined && { message: { role: 'agent', parts: last.parts } }),
    },
    output: output.map((message) => ({ parts: message.parts })),
  };
}

function sdkEnvelope(task: Task): JsonObject {
  const { run } = task;
  return { _id: run.responseId, task_id: task.id, output: [], created_at: run.createdAt, model: run.model };
}

function a2aEnvelope(task: Task): JsonObject {
  return {
    id: task.id,
    contextId: task.contextId,
    kind: 'task',
    metadata: {
      orq_workspace_id: task.contextId,
      orq_agent_key: task.agentKey,
      orq_created_by_id: null,
      trace_id: task.run.traceId,
    },
  };
}

function status(state: RunState, run: Run): JsonObject {
  return { state, timestamp: run.createdAt };
}

function statusMessage(message: WireMessage): JsonObject {
  return { kind: 'message', messageId: message.messageId, role: message.role, parts: message.parts };
}

function failureMessage(run: Run): JsonObject {
  const { error, code } = run.failure ?? { error: '', code: 500 };
  return {
    kind: 'message',
    messageId: run.assistantMessageId,
    role: 'agent',
    parts: [{ kind: 'error', error, code }],
  };
}

function usageField(run: Run, profile: Profile): JsonObject {
  if (profile.usage === 'absent') return {};
  return { usage: profile.usage === 'null' ? null : run.usage };
}

// Without its tools, an answer is one agent message, as the newest docs show it. Calls that wait for the page stay.
function shownOutput(run: Run, profile: Profile): WireMessage[] {
  if (profile.toolMessages) return run.output;
  const waiting = new Set(run.pending.map((call) => call.toolCallId));
  const parts = run.output
    .filter((message) => message.role === 'agent')
    .flatMap((message) => message.parts)
    .filter((part) => part.kind !== 'tool_call' || waiting.has(part.tool_call_id));
  return parts.length === 0 ? [] : [{ messageId: run.assistantMessageId, role: 'agent', parts, metadata: {} }];
}
