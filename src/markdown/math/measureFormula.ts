/**
 * Longest formula in running text, in characters. What opens one and is not closed within it is only text, so that an answer that is still written waits for
 * a bounded time.
 */
const maxLength = 1000;
const maxDisplayLength = 2000;

const command = /\\(?:[a-z]+|[^])/iy;
// Two words side by side are prose: so that "$5 for the first" does not wait for another dollar. Formulas have words in braces only.
const prose = /\p{L}{3,}[,.;:!?]?\s+\p{L}{3}/uy;

const closings: Readonly<Record<string, string>> = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' };

/**
 * How long the formula at `at` is, with what encloses it: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. 0 where there is none, `Infinity` where further characters
 * decide.
 *
 * Dollars follow Pandoc's rules, so that prices stay text: behind the first and before the last one is no white space, and behind the last one no digit.
 */
export function measureFormula(source: string, at: number, isOpen: boolean): number {
  const opening = openingAt(source, at);
  const closing = closings[opening];
  if (closing === undefined) return 0;
  const undecided = isOpen ? Infinity : 0;
  const start = at + opening.length;
  if (start >= source.length) return undecided;
  if (opening === '$' && /\s/.test(source[start]!)) return 0;
  const last = start + (opening === '$' || opening === '\\(' ? maxLength : maxDisplayLength);
  let depth = 0;
  for (let index = start; index < source.length; index++) {
    const character = source[index]!;
    if (index > last || character === '`') return 0;
    if (source.startsWith(closing, index)) return lengthUpTo(source, index, at, opening, undecided);
    if (character === '\\') {
      command.lastIndex = index;
      index += (command.exec(source)?.[0].length ?? 1) - 1;
    } else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (opening === '$' && depth <= 0 && isProse(source, index, start)) return 0;
  }
  return undecided;
}

function openingAt(source: string, at: number): string {
  if (source[at] !== '$') return source.slice(at, at + 2);
  let end = at;
  while (source[end] === '$') end++;
  return source.slice(at, end);
}

/** The length of a formula whose end begins at `index`; 0 where that is no end after all. */
function lengthUpTo(source: string, index: number, at: number, opening: string, undecided: number): number {
  const end = index + opening.length;
  if (opening !== '$') return source.slice(at + opening.length, index).trim() === '' ? 0 : end - at;
  if (/\s/.test(source[index - 1]!)) return 0;
  if (end === source.length && undecided > 0) return undecided;
  return /\d/.test(source[end] ?? '') ? 0 : end - at;
}

function isProse(source: string, index: number, start: number): boolean {
  if (index > start && /\p{L}/u.test(source[index - 1]!)) return false;
  prose.lastIndex = index;
  return prose.test(source);
}
