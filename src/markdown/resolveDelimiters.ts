import type { Inline } from './block.js';

/** A run of `*`, `_` or `~~` that may begin or end emphasis, depending on what follows. */
export interface Delimiter {
  readonly type: 'delimiter';
  readonly character: string;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

export type Piece = Inline | Delimiter;

interface Opener {
  readonly delimiter: Delimiter;
  /** Where its literal characters would stand in the output. */
  readonly index: number;
  left: number;
}

/** Bounds of what an author can nest, so that `*` × 50,000 can neither overflow the stack nor cost quadratic time. */
const maxDepth = 16;
const maxOpeners = 200;

/**
 * Pairs up delimiters by CommonMark's rules and returns the nested text.
 *
 * With `isOpen` more text may follow, so what is still unclosed is closed at the end: its characters are not shown
 * until it is sure that they are not markup. A pair once made is never undone by later text, which is why a shown
 * character cannot disappear again.
 */
export function resolveDelimiters(pieces: readonly Piece[], isOpen: boolean): Inline[] {
  const output: Inline[] = [];
  const openers: Opener[] = [];
  const depths = new Map<Inline, number>();
  /** Per kind of closer: how many of the openers are known not to match, so that no search repeats another. */
  const floors = new Map<string, number>();

  const wrap = (opener: Opener, size: number): boolean => {
    let depth = 1;
    for (let index = opener.index + 1; index < output.length; index++) {
      depth = Math.max(depth, 1 + (depths.get(output[index]!) ?? 0));
    }
    if (depth > maxDepth) return false;
    const children = toInlines(output.splice(opener.index + 1));
    const { character } = opener.delimiter;
    const node = { type: character === '~' ? 'deleted' : size === 2 ? 'strong' : 'emphasis', children } as const;
    depths.set(node, depth);
    output.push(node);
    opener.left -= size;
    output[opener.index] = opener.delimiter.character.repeat(opener.left);
    return true;
  };

  const close = (closer: Delimiter): number => {
    let left = closer.length;
    const kind = `${closer.character}${closer.opens}${closer.length % 3}`;
    while (left > 0) {
      const floor = floors.get(kind) ?? 0;
      let index = openers.length - 1;
      while (index >= floor && !matches(openers[index]!.delimiter, closer)) index--;
      if (index < floor) {
        floors.set(kind, openers.length);
        break;
      }
      const opener = openers[index]!;
      const size = left >= 2 && opener.left >= 2 ? 2 : 1;
      const isWrapped = wrap(opener, size);
      if (isWrapped) left -= size;
      if (isWrapped && opener.left === 0) output.splice(opener.index, 1);
      openers.length = isWrapped && opener.left > 0 ? index + 1 : index;
      for (const [key, value] of floors) floors.set(key, Math.min(value, openers.length));
    }
    return left;
  };

  for (const piece of pieces) {
    if (typeof piece === 'string' || piece.type !== 'delimiter') {
      output.push(piece);
      continue;
    }
    const left = piece.closes ? close(piece) : piece.length;
    if (left === 0) continue;
    if (piece.opens && openers.length < maxOpeners) {
      openers.push({ delimiter: piece, index: output.length, left });
    }
    output.push(piece.character.repeat(left));
  }

  while (isOpen && openers.length > 0) {
    const opener = openers.pop()!;
    while (opener.left > 0 && opener.index + 1 < output.length && wrap(opener, opener.left >= 2 ? 2 : 1));
    output.splice(opener.index, 1);
  }
  return toInlines(output);
}

function matches(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.character !== closer.character) return false;
  // CommonMark's rule of three: `*foo**bar*` is one emphasis, not two.
  const isEither = opener.closes || closer.opens;
  return !isEither || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

/** Joins neighbouring texts, so that equal text is an equal tree. */
function toInlines(pieces: readonly Inline[]): Inline[] {
  const inlines: Inline[] = [];
  for (const inline of pieces) {
    const last = inlines.at(-1);
    if (typeof inline === 'string' && typeof last === 'string') inlines[inlines.length - 1] = last + inline;
    else if (inline !== '') inlines.push(inline);
  }
  return inlines;
}
