import { median } from './statistics.js';

/** A number that people compare: three digits that count, thousands apart. */
export function formatNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `0.93`, and `1/4.2` where that reads better. */
export function formatRatio(value: number): string {
  return value > 0.5 ? value.toFixed(2) : `1/${(1 / value).toFixed(1).replace(/\.0$/, '')}`;
}

/** The middle of several values. */
export function formatMedian(values: readonly number[], format = formatNumber): string {
  return values.length === 0 ? '–' : format(median(values));
}

/** Their least and greatest. */
export function formatRange(values: readonly number[], format = formatNumber): string {
  return values.length === 0 ? '–' : `${format(Math.min(...values))} – ${format(Math.max(...values))}`;
}
