import * as v from 'valibot';
import type { AgentEvent, PartDelta } from '../core/agentEvent.js';
import { AgentChatError } from '../core/errors.js';
import { decodeArguments, decodePart, decodePendingToolCalls, parseJson } from './decodePart.js';
import { decodeFinishReason, decodeTraceId, decodeUsage } from './decodeUsage.js';

const DONE = '[DONE]';

const EnvelopeSchema = v.object({ type: v.string(), data: v.optional(v.unknown()) });
const WrapperSchema = v.object({ data: EnvelopeSchema });

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
function decodeEnvelope(value: unknown): v.InferOutput<typeof EnvelopeSchema> | null {
  const json = typeof value === 'string' ? parseJson(value) : value;
  const plain = v.safeParse(EnvelopeSchema, json);
  if (plain.success) return plain.output;
  const wrapped = v.safeParse(WrapperSchema, json);
  return wrapped.success ? wrapped.output.data : null;
}

const id = v.pipe(v.string(), v.minLength(1));
const text = v.optional(v.nullable(v.string()));
const anything = v.optional(v.unknown());

/** Reads `data` by a schema and translates it, or gives `null` where it does not fit. */
function decoder<const Entries extends v.ObjectEntries>(
  entries: Entries,
  translate: (data: v.InferOutput<v.ObjectSchema<Entries, undefined>>) => AgentEvent | null,
): (data: unknown) => AgentEvent | null {
  const schema = v.object(entries);
  return (data) => {
    const parsed = v.safeParse(schema, data);
    return parsed.success ? translate(parsed.output) : null;
  };
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
  'part.delta': decoder({ partId: id, delta: v.unknown() }, ({ partId, delta }) => {
    const content = decodePart(delta);
    if (!content) return null;
    if (isDelta(content)) return { type: 'part.delta', partId, delta: content };
    return {
      type: 'event.skipped',
      reason: 'unknown-part',
      detail: content.kind === 'unknown' ? content.originalKind : content.kind,
    };
  }),
  'part.done': decoder({ partId: id, part: v.unknown() }, ({ partId, part }) => {
    const content = decodePart(part);
    return content && { type: 'part.done', partId, part: content };
  }),
  'tool.started': decoder({ toolCallId: id, toolName: text, arguments: anything }, (data) => ({
    type: 'tool.started',
    ...toolCall(data),
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
    { toolCallId: id, toolName: text, arguments: anything, requiresApproval: v.optional(v.nullable(v.boolean())) },
    (data) => ({ type: 'tool.review.requested', ...toolCall(data), requiresApproval: data.requiresApproval ?? true }),
  ),
  'tool.review.done': decoder(
    { toolCallId: id, review: v.picklist(['approved', 'rejected']) },
    ({ toolCallId, review }) => ({
      type: 'tool.review.done',
      toolCallId,
      review,
    }),
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

function toolCall(data: { toolCallId: string; toolName?: string | null | undefined; arguments?: unknown }): {
  toolCallId: string;
  toolName?: string;
  arguments: Readonly<Record<string, unknown>>;
} {
  return {
    toolCallId: data.toolCallId,
    ...(data.toolName ? { toolName: data.toolName } : {}),
    arguments: decodeArguments(data.arguments),
  };
}

const ErrorObjectSchema = v.object({ message: v.string() });

// A string in this dialect, an object in the older one (PROTOCOL.md trap 21).
function errorText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const parsed = v.safeParse(ErrorObjectSchema, value);
  return parsed.success ? parsed.output.message : null;
}
