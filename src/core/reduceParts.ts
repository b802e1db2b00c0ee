import type { PartContent, PartDelta } from './agentEvent.js';
import { isEqual } from './isEqual.js';
import type { Part } from './message.js';

/** Appends a delta to its part, or opens the part. The order of parts is the order of their first appearance (PROTOCOL.md 6.3). */
export function applyDelta(parts: readonly Part[], partId: string, delta: PartDelta, at: number): readonly Part[] {
  const index = findPart(parts, partId);
  const part = parts[index];
  if (!part) return [...parts, openPart(partId, delta, at)];
  const next = extendPart(part, delta);
  return next === part ? parts : parts.with(index, next);
}

/** Puts the complete part in place of what deltas built: the wire's last word on it. */
export function applyPart(parts: readonly Part[], partId: string, content: PartContent, at: number): readonly Part[] {
  const index = findPart(parts, partId);
  const part = parts[index];
  const next = toPart(partId, content, part, at);
  if (!next) return parts;
  if (!part) return [...parts, next];
  return isEqual(part, next) ? parts : parts.with(index, next);
}

/** Ends whatever the response left open, so that nothing spins once its run is over. Calls that wait for this page go on waiting. */
export function closeParts(parts: readonly Part[], at: number): readonly Part[] {
  const closed = parts.map((part) => closePart(part, at));
  return closed.some((part, index) => part !== parts[index]) ? closed : parts;
}

function findPart(parts: readonly Part[], partId: string): number {
  return parts.findLastIndex((part) => part.partId === partId);
}

function openPart(partId: string, delta: PartDelta, at: number): Part {
  switch (delta.kind) {
    case 'text':
      return { kind: 'text', partId, text: delta.text, state: 'streaming' };
    case 'reasoning':
      return {
        kind: 'reasoning',
        partId,
        reasoning: delta.reasoning,
        state: 'streaming',
        startedAt: at,
        endedAt: null,
      };
    case 'file':
    case 'data':
      return { ...delta, partId };
  }
}

function extendPart(part: Part, delta: PartDelta): Part {
  if (part.kind === 'text' && delta.kind === 'text' && part.state === 'streaming') {
    return delta.text === '' ? part : { ...part, text: part.text + delta.text };
  }
  if (part.kind === 'reasoning' && delta.kind === 'reasoning' && part.state === 'streaming') {
    return delta.reasoning === '' ? part : { ...part, reasoning: part.reasoning + delta.reasoning };
  }
  if (part.kind === delta.kind && (delta.kind === 'file' || delta.kind === 'data')) {
    const next = { ...delta, partId: part.partId };
    return isEqual(part, next) ? part : next;
  }
  return part; // after its done, or of another kind than it began as: a late or confused delta changes nothing
}

function toPart(partId: string, content: PartContent, before: Part | undefined, at: number): Part | null {
  switch (content.kind) {
    case 'text':
      return { kind: 'text', partId, text: content.text, state: 'done' };
    case 'reasoning': {
      const known = before?.kind === 'reasoning' ? before : undefined;
      const startedAt = known?.startedAt ?? null;
      const endedAt = known?.endedAt ?? (startedAt === null ? null : at);
      return { kind: 'reasoning', partId, reasoning: content.reasoning, state: 'done', startedAt, endedAt };
    }
    case 'file':
    case 'data':
    case 'error':
    case 'unknown':
      return { ...content, partId };
    case 'tool_call':
    case 'tool_result':
      return null; // tools have events and snapshots of their own
  }
}

function closePart(part: Part, at: number): Part {
  switch (part.kind) {
    case 'text':
      return part.state === 'streaming' ? { ...part, state: 'done' } : part;
    case 'reasoning':
      return part.state === 'streaming' ? { ...part, state: 'done', endedAt: at } : part;
    case 'tool_call': {
      const isOpen = part.state === 'running' || part.state === 'review-requested';
      return isOpen ? { ...part, state: 'interrupted' } : part;
    }
    default:
      return part;
  }
}
