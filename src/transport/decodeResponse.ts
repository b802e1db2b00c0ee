import type { PartContent, PendingToolCall, ResponseSnapshot } from '../core/agentEvent.js';
import { isEqual } from '../core/isEqual.js';
import { responseFailed } from './decodeEvent.js';
import { decodePart, decodePendingToolCalls } from './decodePart.js';
import { decodeFinishReason, decodeTraceId, decodeUsage } from './decodeUsage.js';
import { type FieldValue, anything, array, firstText, id, nullish, object, read, string, text } from './wireSchema.js';

const MessageSchema = object({ role: text, parts: nullish(array(anything)) });
const messages = nullish(array(MessageSchema));
const StatusSchema = object({ state: string, message: nullish(MessageSchema) });

const common = {
  output: messages,
  model: text,
  usage: anything,
  finish_reason: anything,
  pending_tool_calls: anything,
  telemetry: anything,
};

/** The answer to a POST, as the SDK types it (PROTOCOL.md 4.3); with `status` it is the answer to a GET (section 5). */
const ResponseSchema = object({
  ...common,
  _id: text,
  task_id: id,
  // A word by the schema, an A2A object by the prose (PROTOCOL.md C6).
  status: anything,
  error: anything,
});

/** An A2A task, with or without the newer `output` (PROTOCOL.md 4.4, 4.6). */
const TaskSchema = object({
  ...common,
  id,
  status: StatusSchema,
  messages,
  metadata: nullish(object({ trace_id: text, orq_trace_id: text })),
});

type WireMessages = FieldValue<typeof MessageSchema>[];

/**
 * Every JSON answer of the Responses endpoints in one form (PROTOCOL.md 4.7).
 *
 * @param isBackground - whether the response was asked for in the background: then an answer without output is one that has only been submitted.
 * @returns `null` for JSON of any other shape.
 */
export function decodeResponse(json: unknown, isBackground: boolean): ResponseSnapshot | null {
  const task = read(TaskSchema, json);
  if (task) return fromTask(task);
  const response = read(ResponseSchema, json);
  return response && fromResponse(response, isBackground);
}

function fromResponse(wire: FieldValue<typeof ResponseSchema>, isBackground: boolean): ResponseSnapshot | null {
  const status = firstText(wire.status, read(StatusSchema, wire.status)?.state);
  if (status === null && wire.status != null) return null;
  const parts = partsOf(wire.output ?? []);
  const pendingToolCalls = paired(decodePendingToolCalls(wire.pending_tool_calls), parts);
  const finishReason = decodeFinishReason(wire.finish_reason);
  const hasOnlyBegun = isBackground && status === null && parts.length === 0 && finishReason === null;
  const state = hasOnlyBegun ? 'submitted' : stateOf(status ?? 'completed', pendingToolCalls);
  return {
    taskId: wire.task_id,
    responseId: wire._id ?? null,
    state,
    parts,
    pendingToolCalls,
    finishReason,
    model: wire.model ?? null,
    usage: decodeUsage(wire.usage),
    traceId: decodeTraceId(wire.telemetry),
    error: state === 'failed' ? responseFailed(firstText(wire.error)) : null,
  };
}

function fromTask(wire: FieldValue<typeof TaskSchema>): ResponseSnapshot {
  const { status, metadata } = wire;
  // The same text may stand in all three (PROTOCOL.md trap 8): the first that has any is taken, never two together.
  const sources: WireMessages[] = [wire.output ?? [], wire.messages ?? [], status.message ? [status.message] : []];
  const parts = sources.map(partsOf).find((each) => each.length > 0) ?? [];
  const declared = paired(decodePendingToolCalls(wire.pending_tool_calls), parts);
  const state = stateOf(status.state, declared);
  const reason = parts.flatMap((part) =>
    part.kind === 'error' ? [part.error] : part.kind === 'text' ? [part.text] : [],
  );
  return {
    taskId: wire.id,
    responseId: null,
    state,
    parts,
    pendingToolCalls: declared.length === 0 && state === 'input-required' ? unansweredCalls(parts) : declared,
    finishReason: decodeFinishReason(wire.finish_reason) ?? (state === 'completed' ? 'stop' : null),
    model: wire.model ?? null,
    usage: decodeUsage(wire.usage),
    traceId: decodeTraceId(wire.telemetry) ?? metadata?.trace_id ?? metadata?.orq_trace_id ?? null,
    error: state === 'failed' ? responseFailed(reason.join(' ') || null) : null,
  };
}

function stateOf(wire: string, pending: readonly PendingToolCall[]): ResponseSnapshot['state'] {
  switch (wire) {
    case 'completed':
      return pending.length > 0 ? 'input-required' : 'completed'; // the enum has no word for waiting (PROTOCOL.md section 5)
    case 'submitted':
    case 'input-required':
    case 'failed':
    case 'canceled':
      return wire;
    case 'rejected':
    case 'auth-required':
      return 'failed';
    default:
      return 'working'; // in_progress, working, unknown, and words of a later version: keep asking
  }
}

// `output` may hold the user's and the tools' messages as well (PROTOCOL.md trap 9); a missing role is the agent's.
function partsOf(wire: WireMessages): readonly PartContent[] {
  return wire
    .filter((message) => message.role == null || message.role === 'agent' || message.role === 'tool')
    .flatMap((message) => {
      const parts = (message.parts ?? []).map(decodePartOrPlaceholder);
      return message.role === 'tool' ? parts.filter((part) => part.kind === 'tool_result') : parts;
    });
}

// Something left out in silence would make the answer look whole.
function decodePartOrPlaceholder(value: unknown): PartContent {
  return decodePart(value) ?? { kind: 'unknown', originalKind: 'malformed' };
}

function unansweredCalls(parts: readonly PartContent[]): readonly PendingToolCall[] {
  const answered = new Set(parts.flatMap((part) => (part.kind === 'tool_result' ? [part.toolCallId] : [])));
  return parts.filter((part) => part.kind === 'tool_call').filter((call) => !answered.has(call.toolCallId));
}

/** The id that an answer must carry is that of the call in `output`, where the two lists disagree (PROTOCOL.md C9). */
function paired(pending: readonly PendingToolCall[], parts: readonly PartContent[]): readonly PendingToolCall[] {
  const calls = parts.filter((part) => part.kind === 'tool_call');
  if (pending.some((call) => calls.some((part) => part.toolCallId === call.toolCallId))) return pending;
  const free = [...calls];
  return pending.map((call) => {
    const index = free.findIndex((part) => part.toolName === call.toolName && isEqual(part.arguments, call.arguments));
    const [partner] = index < 0 ? [] : free.splice(index, 1);
    return partner ? { ...call, toolCallId: partner.toolCallId } : call;
  });
}
