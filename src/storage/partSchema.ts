import * as v from 'valibot';
import type {
  DataPart,
  ErrorPart,
  FileContent,
  FilePart,
  Part,
  PartState,
  ReasoningPart,
  TextPart,
  ToolCallPart,
  ToolCallState,
  UnknownPart,
} from '../core/message.js';
import { anyObject, wordOf, type FieldsOf } from './recordKind.js';

const partId = v.string();
const state = wordOf<PartState>({ streaming: true, done: true });
const about = { mimeType: v.exactOptional(v.string()), name: v.exactOptional(v.string()) };

type FileFields<Content> = FieldsOf<Omit<Extract<FileContent, Content>, 'bytes' | 'uri' | 'size'> & Content>;

const file = v.union([
  v.object({ ...about, bytes: v.string() } satisfies FileFields<{ bytes: string }>),
  v.object({ ...about, uri: v.string() } satisfies FileFields<{ uri: string }>),
  v.object({ ...about, size: v.number() } satisfies FileFields<{ size: number }>),
]);

const toolCallState = wordOf<ToolCallState>({
  running: true,
  'input-required': true,
  'review-requested': true,
  done: true,
  failed: true,
  rejected: true,
  interrupted: true,
});

const known = {
  text: v.object({ kind: v.literal('text'), partId, text: v.string(), state } satisfies FieldsOf<TextPart>),
  reasoning: v.object({
    kind: v.literal('reasoning'),
    partId,
    reasoning: v.string(),
    state,
    startedAt: v.nullable(v.number()),
    endedAt: v.nullable(v.number()),
  } satisfies FieldsOf<ReasoningPart>),
  file: v.object({ kind: v.literal('file'), partId, file } satisfies FieldsOf<FilePart>),
  data: v.object({
    kind: v.literal('data'),
    partId,
    data: anyObject,
    metadata: v.exactOptional(anyObject),
  } satisfies FieldsOf<DataPart>),
  tool_call: v.object({
    kind: v.literal('tool_call'),
    partId,
    toolCallId: v.string(),
    toolName: v.exactOptional(v.string()),
    arguments: anyObject,
    executor: v.picklist(['server', 'client']),
    title: v.exactOptional(v.string()),
    state: toolCallState,
    wasInterrupted: v.exactOptional(v.boolean()),
    result: v.exactOptional(v.unknown()),
    error: v.exactOptional(v.string()),
  } satisfies FieldsOf<ToolCallPart>),
  error: v.object({
    kind: v.literal('error'),
    partId,
    error: v.string(),
    code: v.exactOptional(v.number()),
  } satisfies FieldsOf<ErrorPart>),
  unknown: v.object({
    kind: v.literal('unknown'),
    partId,
    originalKind: v.string(),
  } satisfies FieldsOf<UnknownPart>),
} satisfies Readonly<Record<Part['kind'], v.GenericSchema>>;

/** A part of a kind that only a newer version knows: shown as a quiet placeholder. */
const foreign = v.pipe(
  v.object({
    kind: v.pipe(
      v.string(),
      v.check((kind) => !Object.hasOwn(known, kind)),
    ),
    partId,
  }),
  v.transform(({ kind, partId }): UnknownPart => ({ kind: 'unknown', partId, originalKind: kind })),
);

export const partSchema: v.GenericSchema<unknown, Part> = v.union([v.variant('kind', Object.values(known)), foreign]);
