// @ts-check

/** Of 10,000 histories, so many must have met each fault: what never happens proves nothing. */
const LEAST_OF_10000 = 100;
const LEAST_RELOADED = 0.3;

/**
 * @param {readonly import('./campaign.js').Report[]} reports
 * @param {number} count how many histories were asked for; 0 for one that is played again
 * @returns {{ lines: readonly string[], isGood: boolean }}
 */
export function judge(reports, count) {
  const failures = reports.flatMap(({ failure }) => failure ?? []);
  const lines = failures.flatMap(({ seed, path, history, broken }) => [
    `FAILED: ${broken.join('\n        ')}`,
    `Again: npm run histories -- --seed ${seed} --path ${path} --trace`,
    history,
  ]);
  // Counts of what was played until something failed say nothing about the generator.
  if (failures.length > 0 || count === 0) return { lines, isGood: failures.length === 0 };
  const names = [...new Set(reports.flatMap(({ happened }) => Object.keys(happened)))].sort();
  let isGood = true;
  for (const name of names) {
    const histories = sum(reports, ({ happened }) => happened[name]?.histories ?? 0);
    const times = sum(reports, ({ happened }) => happened[name]?.times ?? 0);
    const least = name === 'reload' ? LEAST_RELOADED * count : (LEAST_OF_10000 * count) / 10_000;
    const isEnough = (name === 'reload' ? histories : times) >= least;
    isGood &&= isEnough;
    const verdict = isEnough ? '' : `  TOO FEW: at least ${Math.ceil(least)}`;
    lines.push(
      `${name.padEnd(30)} ${String(times).padStart(6)} times in ${String(histories).padStart(5)} histories${verdict}`,
    );
  }
  return { lines, isGood: isGood && names.length > 0 };
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => number} value
 */
function sum(items, value) {
  return items.reduce((total, item) => total + value(item), 0);
}
