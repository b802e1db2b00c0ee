/** One thing that an agent does, in no wire's words. */
export type Moment =
  | { readonly kind: 'started' }
  | { readonly kind: 'text'; readonly text: string; readonly part: string }
  /** The whole part: what counts, whatever its deltas said. */
  | { readonly kind: 'textDone'; readonly text: string; readonly part: string }
  /** A part of a kind that nobody has heard of. */
  | { readonly kind: 'unknownPart'; readonly part: string }
  | { readonly kind: 'review'; readonly toolCallId: string; readonly toolName: string }
  | { readonly kind: 'done'; readonly finishReason: string; readonly calls: readonly ClientCall[] }
  | { readonly kind: 'failed'; readonly error: string; readonly code: number };

/** A tool call that the page has to answer. */
export interface ClientCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export const started: Moment = { kind: 'started' };
export const text = (words: string, part = 'text_1'): Moment => ({ kind: 'text', text: words, part });
export const textDone = (words: string, part = 'text_1'): Moment => ({ kind: 'textDone', text: words, part });
export const unknownPart = (part: string): Moment => ({ kind: 'unknownPart', part });
export const review = (toolCallId: string, toolName = 'delete_order'): Moment => ({
  kind: 'review',
  toolCallId,
  toolName,
});
export const done: Moment = { kind: 'done', finishReason: 'stop', calls: [] };
export const finish = (finishReason: string): Moment => ({ kind: 'done', finishReason, calls: [] });
export const callPage = (...calls: readonly ClientCall[]): Moment => ({
  kind: 'done',
  finishReason: 'function_call',
  calls,
});
export const failed = (error = 'Provider overloaded', code = 503): Moment => ({ kind: 'failed', error, code });

/** A whole answer, word by word. */
export function answer(words: string): readonly Moment[] {
  const pieces = words.split(/(?<= )/);
  return [started, ...pieces.map((piece) => text(piece)), textDone(words), done];
}

export function isEnd(moment: Moment): boolean {
  return moment.kind === 'done' || moment.kind === 'failed';
}
