import type { BlockKind } from '../corpus/oneBlock.js';
import type { Check, Goal } from '../machine/Goal.js';
import { formatMedian, formatRange, formatRatio } from '../machine/format.js';
import { interleave } from '../machine/interleave.js';
import { measureCpu } from '../machine/measureCpu.js';
import { openSubject } from '../machine/openSubject.js';
import { measured, median, pairedRatios } from '../machine/statistics.js';
import { nameOf, type SubjectId } from '../machine/subjectNames.js';

interface Growth {
  readonly kind: 'section' | BlockKind;
  /** Characters before what is measured, from few to many. */
  readonly sizes: readonly [number, number];
  /** How much dearer we may become from the first size to the last. */
  readonly limit: number;
}

const GROWTHS: readonly Growth[] = [
  { kind: 'section', sizes: [1_000, 200_000], limit: 1.2 },
  { kind: 'fence', sizes: [1_000, 100_000], limit: 2 },
  { kind: 'list', sizes: [1_000, 100_000], limit: 2 },
  { kind: 'table', sizes: [1_000, 100_000], limit: 2 },
];
const SUBJECTS: readonly SubjectId[] = ['ourMarkdown', 'rawLines', 'rawLinesCv', 'streamdown', 'reactMarkdown'];
/** The slow ones would take minutes otherwise. */
const UPDATES: Partial<Readonly<Record<SubjectId, number>>> = { streamdown: 16, reactMarkdown: 16 };
const MOST_UPDATES = 60;

const goal: Goal = {
  id: 'G2',
  title: 'an update of a long answer, and inside of one long block, beside one of a short answer; one update per frame',
  async run(surroundings) {
    const { browser, url, report } = surroundings;
    const rows: string[][] = [];
    const checks: Check[] = [];
    for (const { kind, sizes, limit } of GROWTHS) {
      const results = await interleave(SUBJECTS, surroundings, async (subject) => {
        const open = await openSubject(browser, url);
        try {
          const updates = UPDATES[subject] ?? MOST_UPDATES;
          // The first round warms the engine up, or what comes first would look dear.
          const costs: number[] = [];
          for (const size of [sizes[0], ...sizes]) {
            await open.call('mount', subject, 0);
            await open.call('begin', { kind, prefix: size, deltas: MOST_UPDATES });
            await open.call('skip', { from: 0, to: 1 });
            const { task } = await measureCpu(open, () =>
              open.call('stream', { from: 1, to: 1 + updates }, { perFrame: 1 }),
            );
            await open.call('skip', { from: 1 + updates, to: 1 + MOST_UPDATES });
            if (!(await open.call('isShown'))) throw new Error(`${subject} does not show the end of the ${kind}.`);
            await open.call('unmount');
            costs.push(task / updates);
          }
          report(
            `${kind}, ${subject}: ${costs
              .slice(1)
              .map((cost) => cost.toFixed(2))
              .join(' → ')} ms`,
          );
          return { short: costs[1]!, long: costs[2]! };
        } finally {
          await open.close();
        }
      });
      for (const [subject, { values, problem }] of results) {
        const short = values.map((value) => value?.short);
        const long = values.map((value) => value?.long);
        const ratios = pairedRatios(long, short);
        const isOurs = subject === 'ourMarkdown';
        const isMet = ratios.length > 0 && median(ratios) <= limit;
        rows.push([
          `${kind}, ${sizes[0] / 1000} → ${sizes[1] / 1000} kB: ${nameOf(subject)}`,
          problem ?? formatMedian(measured(short)),
          formatMedian(measured(long)),
          formatMedian(ratios, formatRatio),
          formatRange(ratios, formatRatio),
          ...(isOurs ? [`≤ ${formatRatio(limit)}`, isMet ? 'met' : 'missed'] : ['', '']),
        ]);
        if (isOurs) {
          const claim = `${kind}: an update at ${sizes[1] / 1000} kB ≤ ${formatRatio(limit)} × at ${sizes[0] / 1000} kB`;
          checks.push({ claim, measured: formatMedian(ratios, formatRatio), isMet });
        }
      }
    }
    const head = ['', 'ms short', 'ms long', 'long ÷ short', 'min – max', 'goal', ''];
    return { tables: [{ head, rows }], checks };
  },
};
export default goal;
