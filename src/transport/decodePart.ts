import * as v from 'valibot';
import type { PartContent, PendingToolCall } from '../core/agentEvent.js';

// Schemas copy the keys they name into new objects, so nothing that the wire adds travels on; what is passed on whole went through `parseJson`.
const id = v.pipe(v.string(), v.minLength(1));
// Not `v.record`: that leaves out keys named `constructor` or `prototype`, which a tool's arguments may well have.
const record = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const optionalText = v.optional(v.nullable(v.string()));

const FileSchema = v.object({ bytes: optionalText, uri: optionalText, mimeType: optionalText, name: optionalText });

const PartSchema = v.variant('kind', [
  v.object({ kind: v.literal('text'), text: v.string() }),
  v.object({ kind: v.literal('reasoning'), reasoning: v.string() }),
  v.object({ kind: v.literal('file'), file: FileSchema }),
  v.object({ kind: v.literal('data'), data: record, metadata: v.optional(v.nullable(record)) }),
  v.object({
    kind: v.literal('tool_call'),
    tool_call_id: id,
    tool_name: optionalText,
    arguments: v.optional(v.unknown()),
  }),
  v.object({ kind: v.literal('tool_result'), tool_call_id: id, result: v.optional(v.unknown()) }),
  v.object({ kind: v.literal('error'), error: v.string(), code: v.optional(v.unknown()) }),
]);

const KNOWN_KINDS: ReadonlySet<string> = new Set(PartSchema.options.map((option) => option.entries.kind.literal));

const KindSchema = v.object({ kind: v.string() });

/**
 * One part of the wire in our words (PROTOCOL.md section 3).
 *
 * @returns a part of kind `unknown` for a kind this version does not know, `null` for something that is no part at all.
 */
export function decodePart(value: unknown): PartContent | null {
  const parsed = v.safeParse(PartSchema, value);
  if (parsed.success) return translate(parsed.output);
  const kind = v.safeParse(KindSchema, value);
  if (!kind.success || KNOWN_KINDS.has(kind.output.kind)) return null;
  return { kind: 'unknown', originalKind: kind.output.kind };
}

/** Arguments as an object, whichever way they came: an object, a JSON string, or nothing usable. */
export function decodeArguments(value: unknown): Readonly<Record<string, unknown>> {
  const parsed = v.safeParse(record, typeof value === 'string' ? parseJson(value) : value);
  return parsed.success ? parsed.output : {};
}

/**
 * A JSON text's value, or `undefined` where it is none. Keys named `__proto__` are left out at every depth: merged by somebody's code into an
 * object of theirs they would replace its prototype.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, MAY_NAME_PROTO.test(text) ? withoutProto : undefined) as unknown;
  } catch {
    return undefined;
  }
}

// A reviver makes parsing several times slower, so it is only used where the key can be, also written with escapes.
const MAY_NAME_PROTO = /__proto__|\\u00/;

function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

const PendingToolCallSchema = v.object({
  id,
  function: v.optional(v.nullable(v.object({ name: optionalText, arguments: v.optional(v.unknown()) }))),
});

/** Tool calls that wait for this page (PROTOCOL.md 8.1); entries without an id cannot be answered and are left out. */
export function decodePendingToolCalls(value: unknown): readonly PendingToolCall[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const parsed = v.safeParse(PendingToolCallSchema, each);
    if (!parsed.success) return [];
    const { id: toolCallId, function: call } = parsed.output;
    return [
      { toolCallId, ...(call?.name ? { toolName: call.name } : {}), arguments: decodeArguments(call?.arguments) },
    ];
  });
}

function translate(part: v.InferOutput<typeof PartSchema>): PartContent | null {
  switch (part.kind) {
    case 'text':
    case 'reasoning':
      return part;
    case 'file':
      return translateFile(part.file);
    case 'data':
      return { kind: 'data', data: part.data, ...(part.metadata ? { metadata: part.metadata } : {}) };
    case 'tool_call':
      return {
        kind: 'tool_call',
        toolCallId: part.tool_call_id,
        ...(part.tool_name ? { toolName: part.tool_name } : {}),
        arguments: decodeArguments(part.arguments),
      };
    case 'tool_result':
      return { kind: 'tool_result', toolCallId: part.tool_call_id, result: part.result ?? null };
    case 'error':
      return { kind: 'error', error: part.error, ...(typeof part.code === 'number' ? { code: part.code } : {}) };
  }
}

function translateFile({ bytes, uri, mimeType, name }: v.InferOutput<typeof FileSchema>): PartContent | null {
  const about = { ...(mimeType ? { mimeType } : {}), ...(name ? { name } : {}) };
  if (uri) return { kind: 'file', file: { uri, ...about } }; // of two, the address is the better one to show
  return bytes ? { kind: 'file', file: { bytes, ...about } } : null;
}
