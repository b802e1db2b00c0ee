import type { Check, Goal } from '../machine/Goal.js';
import { formatMedian, formatRange, formatRatio } from '../machine/format.js';
import { interleave } from '../machine/interleave.js';
import { measureCpu } from '../machine/measureCpu.js';
import { openSubject } from '../machine/openSubject.js';
import { measured, median, pairedRatios } from '../machine/statistics.js';
import { nameOf } from '../machine/subjectNames.js';

const DELTAS = 400;
const SIZES = { short: 1_000, long: 10_000 } as const;

const goal: Goal = {
  id: 'G7',
  title: '10,000 messages beside 1,000: the whole widget is mounted, then 400 deltas stream while somebody types',
  async run(surroundings) {
    const { browser, url, report } = surroundings;
    const results = await interleave(['short', 'long'] as const, surroundings, async (size) => {
      const open = await openSubject(browser, url);
      try {
        const messages = SIZES[size];
        // What was said is made in the page; that is no part of mounting it.
        const nothing = await measureCpu(open, () => open.call('prepare', messages));
        const mount = await measureCpu(open, () => open.call('mount', 'ourWidget', messages));
        await open.call('begin', { kind: 'answer', length: 2_000, deltas: DELTAS });
        const typing = await measureCpu(open, () =>
          open.call('streamTyping', { from: 0, to: DELTAS }, { perFrame: 4 }),
        );
        await open.call('end');
        if (!(await open.call('isShown'))) throw new Error('The end of the answer is not shown.');
        report(
          `${messages} messages: mount ${mount.task.toFixed(0)} ms, ${typing.task.toFixed(0)} ms (made in ${nothing.task.toFixed(0)} ms)`,
        );
        return { mount: mount.task, typing: typing.task };
      } finally {
        await open.close();
      }
    });
    const checks: Check[] = [];
    const rows = (
      [
        ['mount', 'mount', 1.5],
        ['typing', 'typing while it streams', 1.2],
      ] as const
    ).map(([key, what, limit]) => {
      const series = (size: 'short' | 'long') => results.get(size)!.values.map((value) => value?.[key]);
      const ratios = pairedRatios(series('long'), series('short'));
      const isMet = ratios.length > 0 && median(ratios) <= limit;
      checks.push({
        claim: `${what}: 10,000 messages ≤ ${formatRatio(limit)} × 1,000`,
        measured: formatMedian(ratios, formatRatio),
        isMet,
      });
      return [
        `${nameOf('ourWidget')}: ${what}`,
        formatMedian(measured(series('short'))),
        formatMedian(measured(series('long'))),
        formatMedian(ratios, formatRatio),
        formatRange(ratios, formatRatio),
        `≤ ${formatRatio(limit)}`,
        isMet ? 'met' : 'missed',
      ];
    });
    return {
      tables: [{ head: ['CPU ms', '1,000', '10,000', 'ratio', 'min – max', 'goal', ''], rows }],
      checks,
    };
  },
};
export default goal;
