// A blank line ends it as well: a formula has none, and a stray `$$` must not swallow the rest of an answer.
const dollars = /\$\$|^[ \t]*$/;
const brackets = /\\\]|^[ \t]*$/;

/** What the last line of the formula matches that `line` begins: `$$` or `\[` which the line itself does not close. */
export function formulaClosing(line: string, paragraph: readonly string[] = []): RegExp | undefined {
  if (/^\\\[(?!.*\\\])/.test(line)) return brackets;
  if (!/^\$\$(?!.*\$\$|\$)/.test(line)) return undefined;
  // It may be the end of one that began within the paragraph.
  const isInside = (paragraph.join('\n').match(/(?<!\\)\$\$/g)?.length ?? 0) % 2 === 1;
  return isInside ? undefined : dollars;
}
