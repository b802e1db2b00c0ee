/** A key of parts. Each part is closed, so that the key of some is a prefix of exactly the keys that go on with others; no part can contain an end. */
export function toKey(parts: readonly string[]): string {
  return parts.map((part) => `${part.replace(/[%|]/g, encodeURIComponent)}|`).join('');
}

/** The way back. */
export function fromKey(key: string): readonly string[] {
  return key
    .split('|')
    .slice(0, -1)
    .map((part) => part.replace(/%25|%7C/g, decodeURIComponent));
}
