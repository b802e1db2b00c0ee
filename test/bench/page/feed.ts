import { answer, sections } from '../corpus/answer.js';
import { cut } from '../corpus/cut.js';
import { oneBlock, type BlockKind } from '../corpus/oneBlock.js';

/** What is streamed: a whole answer, or something more behind a prefix. */
export type Feed =
  | { readonly kind: 'answer'; readonly length: number; readonly deltas: number }
  /** `prefix` characters at once as the first delta, then about 3 kB of the same in `deltas`. */
  | { readonly kind: 'section' | BlockKind; readonly prefix: number; readonly deltas: number };

const SECTION = 3_000;

export function deltasOf(feed: Feed): readonly string[] {
  if (feed.kind === 'answer') return cut(answer(feed.length), feed.deltas);
  const before = textOf(feed.kind, feed.prefix);
  const after = textOf(feed.kind, before.length + SECTION).slice(before.length);
  return [before, ...cut(after, feed.deltas)];
}

function textOf(kind: 'section' | BlockKind, length: number): string {
  return kind === 'section' ? sections(length) : oneBlock(kind, length);
}
