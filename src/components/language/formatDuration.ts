/**
 * How long something took, in words: "4 Sekunden", "1 minuto y 15 segundos".
 *
 * @param seconds - whole seconds.
 * @param language - a BCP 47 tag.
 */
export function formatDuration(seconds: number, language: string, unitDisplay: 'long' | 'short' = 'long'): string {
  const amounts = [
    { unit: 'minute', amount: Math.floor(seconds / 60) },
    { unit: 'second', amount: seconds % 60 },
  ];
  const words = amounts
    .filter(({ unit, amount }) => amount > 0 || (seconds === 0 && unit === 'second'))
    .map(({ unit, amount }) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay }).format(amount));
  return new Intl.ListFormat(language, { type: 'unit' }).format(words);
}
