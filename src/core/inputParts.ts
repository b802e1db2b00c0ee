import type { Part, UserMessage } from './message.js';
import type { InputPart } from './transport.js';

/** A visitor's message as the transcript keeps it. */
export function userMessage(id: string, parts: readonly InputPart[], createdAt: number): UserMessage {
  return { role: 'user', id, createdAt, parts: parts.flatMap(toPart), delivery: 'queued', error: null };
}

function toPart(part: InputPart, index: number): Part[] {
  const partId = `${part.kind}_${index}`;
  if (part.kind === 'text') return [{ ...part, partId, state: 'done' }];
  return part.kind === 'file' ? [{ ...part, partId }] : [];
}

/** The way back, for sending a message again. */
export function toInputParts(parts: readonly Part[]): readonly InputPart[] {
  return parts.flatMap(toInput);
}

function toInput(part: Part): InputPart[] {
  if (part.kind === 'text') return [{ kind: 'text', text: part.text }];
  return part.kind === 'file' ? [{ kind: 'file', file: part.file }] : [];
}

/** Whether a visitor's message says nothing: the API refuses `parts: []`, and an agent has no use for white space. */
export function isEmptyInput(parts: readonly InputPart[]): boolean {
  return parts.every((part) => part.kind === 'tool_result' || (part.kind === 'text' && part.text.trim() === ''));
}
