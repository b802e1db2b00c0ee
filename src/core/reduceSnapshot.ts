import type { PartContent, ResponseSnapshot } from './agentEvent.js';
import type { Part, ToolCallPart } from './message.js';
import { applyPart } from './reduceParts.js';
import { findToolCall, isToolCallOver, putToolCall } from './reduceToolCall.js';

/**
 * Reconciles what streamed with the whole truth of a JSON answer.
 *
 * The JSON has neither part ids nor reasoning nor the server's tools (PROTOCOL.md C20), so parts pair by kind and position, and what it cannot know stays.
 */
export function applySnapshot(parts: readonly Part[], response: ResponseSnapshot, at: number): readonly Part[] {
  const written = response.parts.filter((part) => part.kind !== 'tool_call' && part.kind !== 'tool_result');
  const withTools = applyTools(parts, response.parts);
  if (written.length === 0) return withTools; // it works, or failed without a word: what is shown stays
  if (isSameText(textsOf(withTools), textsOf(written))) {
    return pair(
      withTools,
      written.filter((part) => part.kind !== 'text'),
      at,
    );
  }
  return withoutSurplusText(pair(withTools, written, at), written);
}

function pair(parts: readonly Part[], written: readonly PartContent[], at: number): readonly Part[] {
  const seen = new Map<string, number>();
  return written.reduce((all, content) => {
    const ordinal = seen.get(content.kind) ?? 0;
    seen.set(content.kind, ordinal + 1);
    const partner = parts.filter((part) => part.kind === content.kind)[ordinal];
    return applyPart(all, partner?.partId ?? `${content.kind}_synced_${ordinal}`, content, at);
  }, parts);
}

// A stream may have shown one text in two parts; left in place the rest of it would stand there twice.
function withoutSurplusText(parts: readonly Part[], written: readonly PartContent[]): readonly Part[] {
  let left = written.filter((part) => part.kind === 'text').length;
  if (textsOf(parts).length <= left || left === 0) return parts;
  return parts.filter((part) => part.kind !== 'text' || left-- > 0);
}

function applyTools(parts: readonly Part[], contents: readonly PartContent[]): readonly Part[] {
  return contents.reduce((all, content) => {
    if (content.kind === 'tool_call') {
      if (findToolCall(all, content.toolCallId)) return all;
      return putToolCall(all, { ...content, partId: content.toolCallId, executor: 'server', state: 'running' });
    }
    if (content.kind === 'tool_result') {
      const call = findToolCall(all, content.toolCallId);
      if (!call || isToolCallOver(call)) return all;
      const done: ToolCallPart = { ...call, state: 'done', result: content.result };
      return putToolCall(all, done);
    }
    return all;
  }, parts);
}

function textsOf(parts: readonly (Part | PartContent)[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
}

// What streamed in several parts may come back as one, joined in a way that nobody documents. Then the cut that the visitor saw stays.
function isSameText(streamed: readonly string[], written: readonly string[]): boolean {
  if (streamed.length === 0 || written.length === 0) return false;
  const forms = new Set(GLUES.map((glue) => streamed.join(glue)));
  return GLUES.some((glue) => forms.has(written.join(glue)));
}

const GLUES = ['', '\n', '\n\n'];
