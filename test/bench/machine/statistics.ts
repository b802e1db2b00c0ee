/** The middle value; of an even number the mean of the two in the middle. @throws RangeError where there is none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that a share of all values does not exceed, interpolated between its neighbours. `share`: 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is nothing to take a percentile of.');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place % 1);
}

/** One number per repetition; nothing where a subject was not measured. */
export type Series = readonly (number | undefined)[];

/** The numbers of a series that are there. */
export function measured(series: Series): readonly number[] {
  return series.filter((value) => value !== undefined);
}

/** Ratios within each repetition: what slows the machine down for a while slows down both. */
export function pairedRatios(numerators: Series, denominators: Series): readonly number[] {
  return numerators.flatMap((numerator, repetition) => {
    const denominator = denominators[repetition];
    return numerator === undefined || denominator === undefined ? [] : [numerator / denominator];
  });
}
