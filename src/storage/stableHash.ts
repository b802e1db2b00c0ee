/** A short name for a text: the same in every browser and at every visit, made at once (FNV-1a). It differs after every change of one character, and hides nothing from somebody who guesses. */
export function stableHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}
