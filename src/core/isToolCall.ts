import type { Part, ToolCallPart } from './message.js';

/** True for a part that is a tool call. */
export function isToolCall(part: Part): part is ToolCallPart {
  return part.kind === 'tool_call';
}
