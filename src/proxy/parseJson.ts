import { ProxyError } from './proxyError.js';

/**
 * Parses a foreign JSON text that nests at most `maxDepth` deep and has no `__proto__` key anywhere.
 *
 * @throws ProxyError `invalid_json`, `too_large` (field `depth`) or `unknown_field` (field `__proto__`).
 */
export function parseJson(text: string, maxDepth: number): unknown {
  // Before parsing: some engines parse by recursion, and 100,000 open brackets would end the process there.
  if (nestsDeeperThan(text, maxDepth)) throw new ProxyError('too_large', { field: 'depth' });
  try {
    return JSON.parse(text, refusePrototypes);
  } catch (cause) {
    throw cause instanceof ProxyError ? cause : new ProxyError('invalid_json', { cause });
  }
}

/** `constructor` and `prototype` are harmless as own properties and ordinary words in data; `__proto__` is neither once somebody upstream merges it. */
function refusePrototypes(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new ProxyError('unknown_field', { field: '__proto__' });
  return value;
}

function nestsDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      index = endOfString(text, index);
    } else if (character === OPEN_BRACE || character === OPEN_BRACKET) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) {
      depth -= 1;
    }
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
