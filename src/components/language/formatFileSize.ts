const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * A size for people: "3.4 MB".
 *
 * @param language - a BCP 47 tag.
 */
export function formatFileSize(bytes: number, language: string): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 1000 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const maximumFractionDigits = unit > 0 && amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    // Bytes have no usual sign: "120 byte" is all that the short form of English makes of them.
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits,
  }).format(amount);
}
