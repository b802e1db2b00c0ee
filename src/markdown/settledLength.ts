// Only characters that begin or underline blocks: what they begin shows with the next character.
const onlyMarkers = /^[-+*_=~`#|:>\s]*$/;
// The same with numbers and task boxes. Short, because its parts overlap and would backtrack on a long line.
const maxNumberedLine = 40;
const onlyNumbered = /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*(?:[-+*]|\d{1,9}[.)]?|\[[ xX]?\]?\s*)$/;
const footnoteMark = /^\[\^[^\s[\]]{1,100}\]:[ \t]*(?=\S)/;
const openingFence = /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)?(?:```[^`]*|~~~.*)$/;
// From its bracket on, since a line must not be shown first and left out then.
const definition =
  /^[\s>]*(?:(?:[-+*]|\d{1,9}[.)])\s+)*\[(?:\\.|[^[\]\\]){0,400}(?:\](?::[ \t]*(?:<[^<>]*>?|[^<\s]\S*)?(?: +(?:["'(].*)?)?)?)?$/;

/**
 * How much of an unfinished text is sure enough to be read as markdown. Left out is an unfinished last line that may
 * still become the beginning of a block: a lone `-` would be shown as a dash and then vanish into a bullet.
 */
export function settledLength(text: string): number {
  const lineStart = text.lastIndexOf('\n') + 1;
  // Spaces at the end of a line mean something with the next line only; to the lexer they would be a blank line. Half of a
  // character outside the basic plane would be shown as a replacement character.
  const line = text
    .slice(lineStart)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
  const content = line.replace(footnoteMark, '');
  const isUnsettled =
    onlyMarkers.test(content) ||
    (content.length <= maxNumberedLine && onlyNumbered.test(content)) ||
    openingFence.test(content) ||
    definition.test(content);
  return isUnsettled ? lineStart : lineStart + line.length;
}

/**
 * How much of an unfinished paragraph may be shown. Its last line may be a table's first: the pipes would vanish with the
 * next line, so the line is shown up to its first pipe only. A pipe in code is taken for code, since prose about `||` is
 * more common than a table whose only pipes stand there.
 */
export function lengthBeforeTable(text: string): number {
  for (let at = text.lastIndexOf('\n') + 1; at < text.length; at++) {
    const character = text[at];
    if (character === '|') return at;
    if (character === '\\') at++;
    if (character !== '`') continue;
    const start = at;
    while (text[at + 1] === '`') at++;
    const close = text.indexOf(text.slice(start, at + 1), at + 1);
    if (close < 0) break;
    at = close + at - start;
  }
  return text.length;
}
