import type { FootnoteToken, ItemToken, QuoteToken } from './blockToken.js';
import type { Line } from './Line.js';

const itemMarker = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;

/** Whether a line goes on in a quote, a footnote or an entry of a list; if so, what says it is consumed. */
export function continues(container: QuoteToken | ItemToken | FootnoteToken, line: Line): boolean {
  if (container.type === 'quote') return takeQuoteMark(line);
  // An entry may begin with one blank line, not with two.
  if (line.isBlank ? container.tokens.length === 0 : line.indent < container.width) return false;
  line.skip(container.width);
  return true;
}

/** Consumes `>` and the space after it. Returns whether it was there. */
export function takeQuoteMark(line: Line): boolean {
  if (line.indent > 3 || line.text[0] !== '>') return false;
  line.take(1);
  line.skip(1);
  return true;
}

/** What a list's entry begins with. */
export interface ItemMark {
  /** The bullet, or what follows the number. */
  readonly marker: string;
  readonly number: number | undefined;
  /** Columns up to the text. */
  readonly width: number;
}

/** Consumes a bullet or number and the space after it, where a line begins with one. */
export function takeItemMark(line: Line, isInParagraph: boolean): ItemMark | undefined {
  const { text, indent } = line;
  const match = itemMarker.exec(text);
  if (!match) return undefined;
  const [mark] = match;
  const number = match[1] === undefined ? undefined : Number(match[1]);
  const isEmpty = text.trimEnd() === mark;
  // In a paragraph, a number at the start of a line is more likely one of the sentence.
  if (isInParagraph && (isEmpty || (number ?? 1) !== 1)) return undefined;
  line.take(mark.length);
  const gap = isEmpty || line.indent > 4 ? 1 : line.indent;
  line.skip(gap);
  return { marker: mark.at(-1)!, number, width: indent + mark.length + gap };
}
