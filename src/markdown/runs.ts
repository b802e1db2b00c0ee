/**
 * Appends to a list that is kept in runs of `size`. Every full run stays the same array, so that a memoised view of it
 * is not rendered again; appending costs what the last run costs.
 */
export function appendToRuns<T>(
  runs: readonly (readonly T[])[],
  entries: readonly T[],
  size: number,
): readonly (readonly T[])[] {
  if (entries.length === 0) return runs;
  const result = [...runs];
  const last = result.at(-1);
  const rest = last && last.length < size ? [...result.pop()!, ...entries] : entries;
  for (let start = 0; start < rest.length; start += size) result.push(rest.slice(start, start + size));
  return result;
}
