import type { PartContent, PendingToolCall } from '../core/agentEvent.js';
import { parseJson } from './parseJson.js';
import {
  anything,
  decoder,
  firstText,
  id,
  nullish,
  object,
  optional,
  read,
  record,
  string,
  text,
} from './wireSchema.js';

const DECODERS: Readonly<Record<string, (value: unknown) => PartContent | null>> = {
  text: decoder({ text: string }, ({ text }) => ({ kind: 'text', text })),
  reasoning: decoder({ reasoning: string }, ({ reasoning }) => ({ kind: 'reasoning', reasoning })),
  file: decoder(
    { file: object({ bytes: text, uri: text, mimeType: text, name: text }) },
    ({ file: { bytes, uri, mimeType, name } }) => {
      const about = { ...optional('mimeType', firstText(mimeType)), ...optional('name', firstText(name)) };
      if (uri) return { kind: 'file', file: { uri, ...about } }; // of two, the address is the better one to show
      return bytes ? { kind: 'file', file: { bytes, ...about } } : null;
    },
  ),
  data: decoder({ data: record, metadata: nullish(record) }, ({ data, metadata }) => ({
    kind: 'data',
    data,
    ...optional('metadata', metadata),
  })),
  tool_call: decoder({ tool_call_id: id, tool_name: text, arguments: anything }, (wire) => ({
    kind: 'tool_call',
    ...toolCall(wire.tool_call_id, wire.tool_name, wire.arguments),
  })),
  tool_result: decoder({ tool_call_id: id, result: anything }, ({ tool_call_id: toolCallId, result = null }) => ({
    kind: 'tool_result',
    toolCallId,
    result,
  })),
  error: decoder({ error: string, code: anything }, ({ error, code }) => ({
    kind: 'error',
    error,
    ...optional('code', typeof code === 'number' ? code : null),
  })),
};

const KindSchema = object({ kind: string });

/**
 * One part of the wire in our words (PROTOCOL.md section 3).
 *
 * @returns a part of kind `unknown` for a kind this version does not know, `null` for something that is no part at all.
 */
export function decodePart(value: unknown): PartContent | null {
  const kind = read(KindSchema, value)?.kind;
  if (kind === undefined) return null;
  const decode = Object.hasOwn(DECODERS, kind) ? DECODERS[kind] : undefined;
  return decode ? decode(value) : { kind: 'unknown', originalKind: kind };
}

/** A tool call in our words. The arguments are an object, whichever way they came: an object, a JSON string, or nothing usable. */
export function toolCall(toolCallId: string, toolName: unknown, args: unknown): PendingToolCall {
  return {
    toolCallId,
    ...optional('toolName', firstText(toolName)),
    arguments: read(record, typeof args === 'string' ? parseJson(args) : args) ?? {},
  };
}

const decodePendingToolCall = decoder(
  { id, function: nullish(object({ name: text, arguments: anything })) },
  ({ id, function: call }) => toolCall(id, call?.name, call?.arguments),
);

/** Tool calls that wait for this page (PROTOCOL.md 8.1); entries without an id cannot be answered and are left out. */
export function decodePendingToolCalls(value: unknown): readonly PendingToolCall[] {
  return Array.isArray(value) ? value.map(decodePendingToolCall).filter((call) => call !== null) : [];
}
