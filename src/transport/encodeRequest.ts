import type { FileContent } from '../core/message.js';
import type { Identity, InputPart, SendRequest } from '../core/transport.js';

/** How an answer is asked for (PROTOCOL.md 4.2). */
export type ResponseMode = 'stream' | 'background' | 'sync';

/** The body of a POST (PROTOCOL.md 4.1), field by field: a general change of key case would damage what is the user's own. */
export function encodeRequest(request: SendRequest, mode: ResponseMode): Record<string, unknown> {
  const { taskId, message, variables, identity, thread, memory, metadata } = request;
  return defined({
    task_id: taskId,
    message: { messageId: message.messageId, role: message.role, parts: message.parts.map(encodePart) },
    variables,
    identity: identity && encodeIdentity(identity),
    thread: thread && defined({ id: thread.id, tags: thread.tags }),
    memory: memory && { entity_id: memory.entityId },
    metadata,
    stream: mode === 'stream' || undefined,
    background: mode === 'background' || undefined,
  });
}

function encodePart(part: InputPart): Record<string, unknown> {
  switch (part.kind) {
    case 'text':
      return { kind: 'text', text: part.text };
    case 'file':
      return { kind: 'file', file: encodeFile(part.file) };
    case 'tool_result':
      return { kind: 'tool_result', tool_call_id: part.toolCallId, result: part.result };
  }
}

function encodeFile({ bytes, uri, mimeType, name }: FileContent): Record<string, unknown> {
  // The API takes pure base64; a data URL, which is what browsers make, is refused there (PROTOCOL.md trap 24).
  return defined({ bytes: bytes?.replace(/^data:[^,]*,/, ''), uri, mimeType, name });
}

function encodeIdentity({ id, displayName, email, metadata, logoUrl, tags }: Identity): Record<string, unknown> {
  return defined({ id, display_name: displayName, email: email || undefined, metadata, logo_url: logoUrl, tags });
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
