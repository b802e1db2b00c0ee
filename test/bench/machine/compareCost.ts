import type { Check } from './Goal.js';
import { formatMedian, formatNumber, formatRange, formatRatio } from './format.js';
import type { Results } from './interleave.js';
import type { Table } from './printTable.js';
import { measured, median, pairedRatios, type Series } from './statistics.js';
import { nameOf } from './subjectNames.js';

export interface Comparison {
  readonly table: Table;
  readonly checks: readonly Check[];
}

export interface Cost {
  readonly ms: number;
  readonly isSampled: boolean;
}

/**
 * What each subject costs, and what we cost beside it.
 *
 * @param limits - by subject, the greatest allowed ratio of our cost to theirs.
 */
export function compareCost<Subject extends string>(
  results: ReadonlyMap<Subject, Results<Cost>>,
  us: Subject,
  limits: Partial<Readonly<Record<Subject, number>>>,
): Comparison {
  const seriesOf = (subject: Subject): Series => results.get(subject)!.values.map((cost) => cost?.ms);
  const ours = seriesOf(us);
  const checks: Check[] = [];
  const rows = [...results].map(([subject, { values, problem }]) => {
    const series = measured(seriesOf(subject));
    const isSampled = values.some((cost) => cost?.isSampled);
    const cells = [
      nameOf(subject),
      problem ?? `${isSampled ? '~ ' : ''}${formatMedian(series)}`,
      problem ? '' : formatRange(series),
    ];
    if (subject === us) return [...cells, '1', '', '', ''];
    const ratios = pairedRatios(ours, seriesOf(subject));
    const limit = limits[subject];
    const ratio = [formatMedian(ratios, formatRatio), formatRange(ratios, formatRatio)];
    if (limit === undefined) return [...cells, ...ratio, '', ''];
    const isMet = ratios.length > 0 && median(ratios) <= limit;
    checks.push({ claim: `≤ ${formatRatio(limit)} × ${nameOf(subject)}`, measured: ratio[0]!, isMet });
    return [...cells, ...ratio, `≤ ${formatRatio(limit)}`, isMet ? 'met' : 'missed'];
  });
  const hasSamples = [...results.values()].some(({ values }) => values.some((cost) => cost?.isSampled));
  return {
    table: {
      head: ['', 'CPU ms', 'min – max', 'us ÷ it', 'min – max', 'goal', ''],
      rows,
      notes: hasSamples ? [`~ over ${formatNumber(10)} s: estimated from 10 windows`] : [],
    },
    checks,
  };
}
