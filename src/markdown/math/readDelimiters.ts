export interface ReadFormula {
  /** `undefined` where what encloses it was not closed. */
  readonly tex: string | undefined;
  readonly isDisplay: boolean;
  /** What stands behind it, on its last line. */
  readonly rest: string;
}

const pairs: readonly (readonly [opening: string, closing: string, isDisplay: boolean])[] = [
  ['$$', '$$', true],
  ['\\[', '\\]', true],
  ['\\(', '\\)', false],
  ['$', '$', false],
];

/** Takes apart how a formula was written. `isBlock`: as one or more whole lines; there it may be without anything that encloses it, from a code block. */
export function readDelimiters(source: string, isBlock: boolean): ReadFormula {
  const text = source.trim();
  const pair = pairs.find(([opening]) => text.startsWith(opening));
  if (!pair) return { tex: text, isDisplay: true, rest: '' };
  const [opening, closing, isDisplay] = pair;
  const end = isBlock ? text.indexOf(closing, opening.length) : text.length - closing.length;
  if (end < opening.length) return { tex: undefined, isDisplay, rest: '' };
  return {
    tex: text.slice(opening.length, end),
    isDisplay: isDisplay || isBlock,
    rest: text.slice(end + closing.length).trim(),
  };
}
