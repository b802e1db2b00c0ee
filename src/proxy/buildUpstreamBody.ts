import type { BrowserBody, BrowserPart } from './browserBody.js';
import { escapeBraces, escapeBracesIn } from './escapeBraces.js';
import type { ProxyAgent } from './resolveAgents.js';

/** Fields that a browser may send although only a verified visitor may set them. */
const VISITOR_FIELDS = ['identity', 'contact', 'memory'] as const;

/**
 * Writes the body for the API, field by field (PROTOCOL.md 4.1): whatever is not named here cannot get there, whatever the schema in front may let through.
 */
export function buildUpstreamBody(body: BrowserBody, agent: ProxyAgent): Record<string, unknown> {
  const { message } = body;
  const upstream: Record<string, unknown> = {
    message: {
      ...(message.messageId === undefined ? {} : { messageId: message.messageId }),
      role: message.role,
      parts: message.parts.map((part) => toUpstreamPart(part, agent)),
    },
  };
  if (body.task_id !== undefined) upstream.task_id = body.task_id;
  if (body.variables !== undefined && agent.variables.size > 0) {
    upstream.variables = agent.escapesBraces ? escapeBracesIn(body.variables) : body.variables;
  }
  if (body.thread !== undefined) upstream.thread = { id: body.thread.id };
  if (body.metadata !== undefined) upstream.metadata = body.metadata;
  if (agent.engine !== null) upstream.engine = agent.engine;
  if (body.stream !== undefined) upstream.stream = body.stream;
  if (body.background !== undefined) upstream.background = body.background;
  return upstream;
}

/** The visitor fields that a body has and that {@link buildUpstreamBody} leaves out. */
export function findDroppedFields(body: BrowserBody): readonly string[] {
  return VISITOR_FIELDS.filter((field) => body[field] !== undefined);
}

function toUpstreamPart(part: BrowserPart, agent: ProxyAgent): Record<string, unknown> {
  switch (part.kind) {
    case 'text':
      return { kind: 'text', text: agent.escapesBraces ? escapeBraces(part.text) : part.text };
    case 'file': {
      const { bytes, mimeType, name } = part.file;
      return {
        kind: 'file',
        file: { bytes, ...(mimeType === undefined ? {} : { mimeType }), ...(name === undefined ? {} : { name }) },
      };
    }
    case 'tool_result':
      return {
        kind: 'tool_result',
        tool_call_id: part.tool_call_id,
        result: agent.escapesBraces ? escapeBracesIn(part.result) : part.result,
      };
  }
}
