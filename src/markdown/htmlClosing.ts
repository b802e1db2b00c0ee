/** HTML blocks that go on until their end is found, blank lines or not. */
const explicit: readonly (readonly [opening: RegExp, closing: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

const blockTag =
  /^<\/?(?:address|article|aside|base(?:font)?|blockquote|body|caption|center|col(?:group)?|dd|details|dialog|dir|div|d[lt]|fieldset|fig(?:caption|ure)|footer|form|frame(?:set)?|h[1-6r]|head(?:er)?|html|iframe|legend|li|link|main|menu(?:item)?|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i;

/** Any other tag, alone on its line. */
const loneTag =
  /^<(?:\/[a-z][a-z\d-]*\s*|[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?)>\s*$/i;

const blank = /^[ \t]*$/;

/** What the last line of the HTML block matches that `line` begins. `undefined` where it begins none. */
export function htmlClosing(line: string, isInParagraph: boolean): RegExp | undefined {
  if (line[0] !== '<') return undefined;
  const found = explicit.find(([opening]) => opening.test(line));
  if (found) return found[1];
  return blockTag.test(line) || (!isInParagraph && loneTag.test(line)) ? blank : undefined;
}
