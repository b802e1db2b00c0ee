import type { AgentEvent, PartDelta } from '../core/agentEvent.js';
import { AgentChatError } from '../core/errors.js';
import { decodePart, decodePendingToolCalls, toolCall } from './decodePart.js';
import { decodeFinishReason, decodeTraceId, decodeUsage } from './decodeUsage.js';
import { parseJson } from './parseJson.js';
import { type FieldValue, anything, decoder, firstText, id, object, read, string, text } from './wireSchema.js';

const DONE = '[DONE]';

const EnvelopeSchema = object({ type: string, data: anything });
const WrapperSchema = object({ data: EnvelopeSchema });

/**
 * One SSE frame's data as an agent event (PROTOCOL.md section 6).
 *
 * @returns `'done'` for the closing sentinel; an `event.skipped` for what is not understood: unknown is normal, and never thrown.
 */
export function decodeEvent(data: string): AgentEvent | 'done' {
  if (data.trim() === DONE) return 'done';
  const envelope = decodeEnvelope(parseJson(data));
  if (!envelope) return { type: 'event.skipped', reason: 'malformed', detail: data.slice(0, 200) };
  const decode = Object.hasOwn(DECODERS, envelope.type) ? DECODERS[envelope.type] : undefined;
  if (!decode) return { type: 'event.skipped', reason: 'unknown-event', detail: envelope.type };
  return decode(envelope.data) ?? { type: 'event.skipped', reason: 'malformed', detail: data.slice(0, 200) };
}

// Some servers send the JSON as a JSON string, and the documentation shows it wrapped in `data` (PROTOCOL.md C7).
function decodeEnvelope(value: unknown): FieldValue<typeof EnvelopeSchema> | null {
  const json = typeof value === 'string' ? parseJson(value) : value;
  return read(EnvelopeSchema, json) ?? read(WrapperSchema, json)?.data ?? null;
}

const DECODERS: Readonly<Record<string, (data: unknown) => AgentEvent | null>> = {
  'response.started': decoder(
    { responseId: text, taskId: text, model: text, workflowRunId: text, telemetry: anything },
    ({ responseId = null, taskId = null, model = null, workflowRunId = null, telemetry }) => ({
      type: 'response.started',
      responseId,
      taskId,
      model,
      traceId: decodeTraceId(telemetry) ?? workflowRunId,
    }),
  ),
  'part.delta': decoder({ partId: id, delta: anything }, ({ partId, delta }) => {
    const content = decodePart(delta);
    if (!content) return null;
    if (isDelta(content)) return { type: 'part.delta', partId, delta: content };
    return {
      type: 'event.skipped',
      reason: 'unknown-part',
      detail: content.kind === 'unknown' ? content.originalKind : content.kind,
    };
  }),
  'part.done': decoder({ partId: id, part: anything }, ({ partId, part }) => {
    const content = decodePart(part);
    return content && { type: 'part.done', partId, part: content };
  }),
  'tool.started': decoder({ toolCallId: id, toolName: text, arguments: anything }, (data) => ({
    type: 'tool.started',
    ...toolCall(data.toolCallId, data.toolName, data.arguments),
  })),
  'tool.done': decoder({ toolCallId: id, result: anything }, ({ toolCallId, result = null }) => ({
    type: 'tool.done',
    toolCallId,
    result,
  })),
  'tool.failed': decoder({ toolCallId: id, error: anything }, ({ toolCallId, error }) => ({
    type: 'tool.failed',
    toolCallId,
    error: errorText(error) ?? 'The tool failed.',
  })),
  'tool.review.requested': decoder(
    { toolCallId: id, toolName: text, arguments: anything, requiresApproval: anything },
    (data) => ({
      type: 'tool.review.requested',
      ...toolCall(data.toolCallId, data.toolName, data.arguments),
      requiresApproval: data.requiresApproval !== false,
    }),
  ),
  'tool.review.done': decoder({ toolCallId: id, review: anything }, ({ toolCallId, review }) =>
    review === 'approved' || review === 'rejected' ? { type: 'tool.review.done', toolCallId, review } : null,
  ),
  'response.done': decoder(
    { finishReason: anything, usage: anything, pendingToolCalls: anything, telemetry: anything },
    ({ finishReason, usage, pendingToolCalls, telemetry }) => ({
      type: 'response.done',
      finishReason: decodeFinishReason(finishReason) ?? 'unknown',
      pendingToolCalls: decodePendingToolCalls(pendingToolCalls),
      usage: decodeUsage(usage),
      traceId: decodeTraceId(telemetry),
    }),
  ),
  'response.failed': decoder({ error: anything, code: anything }, ({ error, code }) => ({
    type: 'response.failed',
    error: responseFailed(errorText(error), code),
  })),
};

/** The error of a response that the agent itself could not finish. */
export function responseFailed(reason: string | null, code?: unknown): AgentChatError {
  return new AgentChatError({
    code: 'response_failed',
    message: `The agent's response failed: ${reason ?? 'no reason was given'}. What had arrived is kept. Look the run up in the agent's traces, then retry.`,
    ...(typeof code === 'number' ? { status: code } : {}),
  });
}

function isDelta(content: { readonly kind: string }): content is PartDelta {
  return content.kind === 'text' || content.kind === 'reasoning' || content.kind === 'file' || content.kind === 'data';
}

const ErrorObjectSchema = object({ message: anything });

// A string in this dialect, an object in the older one (PROTOCOL.md trap 21).
function errorText(value: unknown): string | null {
  return firstText(value, read(ErrorObjectSchema, value)?.message);
}
