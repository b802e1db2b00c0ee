/**
 * A short name for a text: the same in every browser and at every visit, made at once. Finds every damage of one character; hides nothing from somebody who can guess the text.
 */
export function stableHash(text: string): string {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul((low ^ code) + index, 0x85ebca6b);
  }
  return [mix(high), mix(low)].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** Spreads what the last characters did over all bits. */
function mix(half: number): number {
  const once = Math.imul(half ^ (half >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return (twice ^ (twice >>> 16)) >>> 0;
}
