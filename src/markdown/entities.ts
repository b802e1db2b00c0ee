// Names in the order of their code points from U+00A0 on, so that the table needs no numbers.
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega';
const others =
  'amp & lt < gt > quot " apos \' ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † bull • hellip … permil ‰ prime ′ lsaquo ‹ rsaquo › euro € trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ rArr ⇒ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ prod ∏ sum ∑ minus − radic √ infin ∞ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ Gamma Γ Delta Δ Theta Θ Lambda Λ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω hearts ♥ check ✓ star ☆';

let names: Map<string, string> | undefined;

function namedCharacters(): Map<string, string> {
  if (names) return names;
  names = new Map();
  for (const [index, name] of latin1.split(' ').entries()) names.set(name, String.fromCodePoint(0xa0 + index));
  for (const [index, name] of greek.split(' ').entries()) names.set(name, String.fromCodePoint(0x3b1 + index));
  const pairs = others.split(' ');
  for (let index = 0; index < pairs.length; index += 2) names.set(pairs[index]!, pairs[index + 1]!);
  return names;
}

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/y;

/**
 * Reads the character reference at `start`, where an `&` stands. Names are those of Latin-1, Greek and common symbols:
 * all 2,231 of HTML would weigh more than the rest of the renderer, and a browser's own table is behind sinks that
 * Trusted Types forbid. Unknown names are `undefined` and stay text.
 */
export function readEntity(source: string, start: number): { text: string; end: number } | undefined {
  reference.lastIndex = start;
  const match = reference.exec(source);
  if (!match) return undefined;
  const [all, decimal, hexadecimal, name] = match;
  const text = name ? namedCharacters().get(name) : character(decimal ? Number(decimal) : parseInt(hexadecimal!, 16));
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
