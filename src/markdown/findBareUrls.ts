/** A URL or mail address that the author wrote without any markup. */
export interface BareUrl {
  readonly start: number;
  readonly end: number;
  /** What its destination has before it: a scheme, where the author left it out. */
  readonly prefix: string;
  /** More text could belong to it. */
  readonly isAtEnd: boolean;
}

// The lookbehinds let a run of letters be tried once, not once per letter.
const candidate =
  /(?:(?<![a-z\d])https?:\/\/|(?<![^\s*_~(])www\.)[a-z\d[][^\s<>]*|(?<![\w.+/-]|xmpp:)(?:mailto:)?[\w.+-]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+(?<!-)(?![\w-])/gi;
const trailing = /(?:[?!.,:;*_~'"]|&[a-z\d]+;)$/i;

/** Finds bare URLs (GFM's extended autolinks), in order. */
export function findBareUrls(source: string): BareUrl[] {
  if (!/:\/\/|www\.|@/i.test(source)) return [];
  const found: BareUrl[] = [];
  for (const match of source.matchAll(candidate)) {
    const text = trimEnd(match[0]);
    const prefix = /^(?:https?:|mailto:)/i.test(text) ? '' : /^www\./i.test(text) ? 'https://' : 'mailto:';
    const isAtEnd = match.index + match[0].length === source.length;
    found.push({ start: match.index, end: match.index + text.length, prefix, isAtEnd });
  }
  return found;
}

/** Punctuation after a URL belongs to the sentence, and so does a parenthesis that the URL does not open. */
function trimEnd(url: string): string {
  let text = url;
  let surplus = count(text, ')') - count(text, '(');
  for (;;) {
    const match = trailing.exec(text.slice(-40));
    if (match) text = text.slice(0, -match[0].length);
    else if (surplus > 0 && text.endsWith(')')) {
      text = text.slice(0, -1);
      surplus--;
    } else return text;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
