// Names in the order of their code points, so that the tables need no numbers: from U+00A0 and from U+03B1 on.
const signs =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest';
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega';
const others =
  'amp & lt < gt > quot " apos \' ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † bull • hellip … permil ‰ prime ′ lsaquo ‹ rsaquo › euro € trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ rArr ⇒ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ prod ∏ sum ∑ minus − radic √ infin ∞ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ times × divide ÷ AElig Æ aelig æ Oslash Ø oslash ø szlig ß ETH Ð eth ð THORN Þ thorn þ hearts ♥ check ✓ star ☆';

/** Combining marks; with a letter before it, each of their names is a name of the letter with the mark: `eacute`. */
const marks = new Map(
  Object.entries({ grave: 0, acute: 1, circ: 2, tilde: 3, uml: 8, ring: 10, caron: 12, cedil: 39 }),
);

let names: Map<string, string> | undefined;

function namedCharacter(name: string): string | undefined {
  if (!names) {
    names = new Map();
    for (const [index, sign] of signs.split(' ').entries()) names.set(sign, String.fromCodePoint(0xa0 + index));
    for (const [index, letter] of greek.split(' ').entries()) {
      const small = String.fromCodePoint(0x3b1 + index);
      names.set(letter, small).set(letter[0]!.toUpperCase() + letter.slice(1), small.toUpperCase());
    }
    const pairs = others.split(' ');
    for (let index = 0; index < pairs.length; index += 2) names.set(pairs[index]!, pairs[index + 1]!);
  }
  const mark = marks.get(name.slice(1));
  const letter = mark === undefined ? '' : (name[0]! + String.fromCodePoint(0x300 + mark)).normalize();
  return letter.length === 1 ? letter : names.get(name);
}

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/y;

/**
 * Reads the character reference at `start`, where an `&` stands. Names are those of Latin letters, Greek and common symbols:
 * all 2,231 of HTML would weigh more than the rest of the renderer, and a browser's own table is behind sinks that
 * Trusted Types forbid. Unknown names are `undefined` and stay text.
 */
export function readEntity(source: string, start: number): { text: string; end: number } | undefined {
  reference.lastIndex = start;
  const match = reference.exec(source);
  if (!match) return undefined;
  const [all, decimal, hexadecimal, name] = match;
  const text = name ? namedCharacter(name) : character(decimal ? Number(decimal) : parseInt(hexadecimal!, 16));
  return text === undefined ? undefined : { text, end: start + all.length };
}

function character(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/** Decodes the backslash escapes and character references of a link's destination or a fence's info text. */
export function unescapeText(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])|&[^\s;&]{1,32};/g, (all, escaped: string | undefined) =>
    escaped === undefined ? (readEntity(all, 0)?.text ?? all) : escaped,
  );
}
