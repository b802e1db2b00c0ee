const STAR = 0x2a;
/** So many first bytes of the secret may end a stream by chance. */
const CHANCE = 3;

/** Replaces a secret in a stream of bytes by stars, also where it is cut by the borders of chunks. */
export interface SecretMask {
  /** Takes a chunk and returns what can be passed on now: all of it, unless its end may be the beginning of the secret. */
  push(chunk: Uint8Array): Uint8Array;
  /** Returns what was held back; as stars where that is more of the secret than chance would bring. */
  flush(): Uint8Array;
}

/**
 * The last line of defence for the key: an agent whose tool uses the same key might be talked into repeating it. Costs one search per chunk for the secret's first
 * byte. Never delays a whole SSE frame: a frame ends with a line end, and a key has none. A key that an agent spells in pieces, or encodes, is beyond it.
 *
 * @param secret printable ASCII.
 */
export function createSecretMask(secret: string): SecretMask {
  const needle = new TextEncoder().encode(secret);
  let held: Uint8Array = new Uint8Array(0);
  return {
    push(chunk) {
      let bytes = held.length === 0 ? chunk : concat(held, chunk);
      let keep = bytes.length;
      let isCopy = held.length > 0;
      for (let start = bytes.indexOf(needle[0]!); start !== -1; start = bytes.indexOf(needle[0]!, start + 1)) {
        const matched = matchLength(bytes, start, needle);
        if (matched === needle.length) {
          // The chunk may be shared with whoever made it.
          if (!isCopy) bytes = bytes.slice();
          isCopy = true;
          bytes.fill(STAR, start, start + matched);
        } else if (start + matched === bytes.length) {
          keep = start;
          break;
        }
      }
      held = bytes.slice(keep);
      return bytes.subarray(0, keep);
    },
    flush() {
      const rest = held.length > CHANCE ? held.fill(STAR) : held;
      held = new Uint8Array(0);
      return rest;
    },
  };
}

/** Replaces a secret in a text by as many stars. */
export function maskSecretIn(text: string, secret: string): string {
  return text.replaceAll(secret, '*'.repeat(secret.length));
}

function matchLength(bytes: Uint8Array, start: number, needle: Uint8Array): number {
  let length = 0;
  while (length < needle.length && bytes[start + length] === needle[length]) length += 1;
  return length;
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
