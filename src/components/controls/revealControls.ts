// C0 but for tab and newline, DEL, C1, zero-width and bidi controls, line separators, BOM, variation tags.
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e007f}]/gu;
// Joiners make Persian words and emoji families; next to Latin letters they only hide differences.
const STRAY_JOINER = /(?<=[\u0000-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\u0000-\u024f])/gu;

/**
 * Makes characters visible that would otherwise hide or reorder what a person reads before trusting it (tool names, arguments, file names).
 * The marks look like `⟨U+202E⟩`.
 */
export function revealControls(text: string): string {
  return text.replace(HIDDEN, mark).replace(STRAY_JOINER, mark);
}

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
