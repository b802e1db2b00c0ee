/** Crockford's base 32: no letter that is taken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Makes ULIDs (github.com/ulid/spec): 48 bits of time, 80 of chance, in 26 characters. Each is greater than the one before, also within a millisecond and where the clock
 * goes back, so that ids sort as messages do. The library of that name costs four times as much to load.
 *
 * @param now - epoch milliseconds.
 */
export function createUlids(now: () => number): () => string {
  let time = -1;
  let digits: number[] = [];
  return () => {
    const at = now();
    if (at > time) {
      time = at;
      digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte & 31);
    } else {
      const last = digits.findLastIndex((digit) => digit < 31);
      digits = digits.map((digit, index) => (index < last ? digit : index === last ? digit + 1 : 0));
    }
    const timeDigits = Array.from({ length: 10 }, (_, index) => Math.floor(time / 32 ** (9 - index)) % 32);
    return [...timeDigits, ...digits].map((digit) => ALPHABET[digit]).join('');
  };
}
