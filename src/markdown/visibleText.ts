// Bidi controls reorder what is read, tag characters and zero-width ones hide text in it. Written as escapes, because
// the characters themselves could not be seen in review.
const hidden =
  /[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;
// Joiners make Persian words and emoji families; next to Latin letters they only hide differences.
const strayJoiner = /(?<=[\u0000-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u024f])/g;

/** Text as it may stand where it is trusted as a name (link text, file names): without characters that deceive the eye. */
export function visibleText(text: string): string {
  return text.replace(hidden, '').replace(strayJoiner, '');
}
