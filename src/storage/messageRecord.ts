import * as v from 'valibot';
import type {
  AgentMessage,
  Delivery,
  FileContent,
  FinishReason,
  Message,
  Part,
  ResponseStatus,
  Usage,
  UserMessage,
} from '../core/message.js';
import { AgentChatError } from '../core/errors.js';
import { sizeOfBase64 } from '../core/sizeOfBase64.js';
import { encodeError, errorSchema } from './errorSchema.js';
import { isUndelivered } from './isUndelivered.js';
import { partSchema } from './partSchema.js';
import { wordOf, type FieldsOf, type RecordKind } from './recordKind.js';
import { sealRecord } from './sealRecord.js';

const nullableText = v.nullable(v.string());
const count = v.exactOptional(v.number());

const usage = v.object({
  promptTokens: count,
  completionTokens: count,
  totalTokens: count,
  reasoningTokens: count,
  cachedTokens: count,
} satisfies FieldsOf<Usage>);

const userMessage = v.object({
  role: v.literal('user'),
  id: v.string(),
  createdAt: v.number(),
  parts: v.array(partSchema),
  delivery: wordOf<Delivery>({ queued: true, sending: true, sent: true, failed: true, uncertain: true }),
  error: errorSchema,
  editedAs: v.exactOptional(v.string()),
} satisfies FieldsOf<UserMessage>);

const agentMessage = v.object({
  role: v.literal('agent'),
  id: v.string(),
  createdAt: v.number(),
  inReplyTo: v.string(),
  parts: v.array(partSchema),
  status: wordOf<ResponseStatus>({
    working: true,
    'input-required': true,
    completed: true,
    failed: true,
    canceled: true,
  }),
  responseId: nullableText,
  taskId: nullableText,
  model: nullableText,
  traceId: nullableText,
  finishReason: v.nullable(
    wordOf<FinishReason>({
      stop: true,
      length: true,
      tool_calls: true,
      content_filter: true,
      function_call: true,
      max_iterations: true,
      max_time: true,
      unknown: true,
    }),
  ),
  usage: v.nullable(usage),
  error: errorSchema,
} satisfies FieldsOf<AgentMessage>);

export const MESSAGE: RecordKind<Message> = {
  schema: v.pipe(
    v.variant('role', [userMessage, agentMessage]),
    v.transform((message): Message => giveUpWithoutFiles(message)),
  ),
  migrations: {},
};

/** Base64 characters per message: what a proxy takes of files, so more could not be sent anyway. */
const MAX_FILE_CHARACTERS = 10 * 1024 * 1024;

/** A message as a record. The contents of files stay only as long as they may have to be sent again. */
export function sealMessage(key: string, message: Message): string {
  const isWhole = isUndelivered(message) && charactersOf(message) <= MAX_FILE_CHARACTERS;
  const kept = isWhole ? message : withoutContents(message);
  const plain = { ...kept, error: encodeError(kept.error) };
  try {
    return sealRecord(key, plain);
  } catch {
    return sealRecord(key, { ...plain, parts: kept.parts.map(withoutWords) });
  }
}

/** The message with its files known by name, type and size only. */
export function withoutContents<T extends Message>(message: T): T {
  const parts = message.parts.map((part) => (part.kind === 'file' ? { ...part, file: withoutBytes(part.file) } : part));
  return { ...message, parts };
}

function withoutBytes(file: FileContent): FileContent {
  if (file.bytes === undefined) return file;
  const { bytes, mimeType, name } = file;
  const about = { ...(mimeType === undefined ? {} : { mimeType }), ...(name === undefined ? {} : { name }) };
  return { size: sizeOfBase64(bytes), ...about };
}

function charactersOf({ parts }: Message): number {
  return parts.reduce((sum, part) => sum + (part.kind === 'file' ? (part.file.bytes?.length ?? 0) : 0), 0);
}

/** A tool of the page's may return what JSON has no words for. One such result must not cost the whole message. */
function withoutWords(part: Part): Part {
  try {
    JSON.stringify(part);
    return part;
  } catch {
    return { kind: 'unknown', partId: part.partId, originalKind: part.kind };
  }
}

/** What waits to be sent must not leave without the file that it is about. */
function giveUpWithoutFiles(message: Message): Message {
  if (message.role !== 'user' || message.delivery !== 'queued') return message;
  if (!message.parts.some((part) => part.kind === 'file' && 'size' in part.file)) return message;
  const error = new AgentChatError({
    code: 'too_large',
    message:
      'The file was too large to be kept in the browser, so the message cannot be sent any more. Attach it again.',
  });
  return { ...message, delivery: 'failed', error };
}
