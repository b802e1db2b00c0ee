import type { Goal } from '../machine/Goal.js';
import { formatMedian, formatNumber, formatRange } from '../machine/format.js';
import { interleave } from '../machine/interleave.js';
import { openSubject } from '../machine/openSubject.js';
import { measured, percentile } from '../machine/statistics.js';
import { nameOf, type SubjectId } from '../machine/subjectNames.js';
import { traceFrames } from '../machine/traceFrames.js';

const SUBJECTS: readonly SubjectId[] = ['ourMarkdown', 'rawLines', 'streamdown'];
const DELTAS = 6_000;
const FRAME_MS = 1000 / 60;

const goal: Goal = {
  id: 'G3',
  title: 'frames while 30 kB stream in 6,000 deltas, 4 per frame; main-thread CPU of each',
  async run(surroundings) {
    const { browser, url, report } = surroundings;
    const results = await interleave(SUBJECTS, surroundings, async (subject) => {
      const open = await openSubject(browser, url);
      try {
        await open.call('mount', subject, 0);
        await open.call('begin', { kind: 'answer', length: 30_000, deltas: DELTAS });
        const { frames, longestTask } = await traceFrames(open, () =>
          open.call('stream', { from: 0, to: DELTAS }, { perFrame: 4 }),
        );
        await open.call('end');
        if (!(await open.call('isShown'))) throw new Error(`${subject} does not show the end of the answer.`);
        const p99 = percentile(frames, 0.99);
        report(`${subject}: p99 ${p99.toFixed(1)} ms of ${frames.length} frames`);
        const missed = frames.filter((ms) => ms > FRAME_MS).length;
        return { p99, missed: (missed / frames.length) * 1000, longestTask };
      } finally {
        await open.close();
      }
    });
    const rows = [...results].map(([subject, { values, problem }]) => {
      const of = (key: 'p99' | 'missed' | 'longestTask'): readonly number[] =>
        measured(values.map((value) => value?.[key]));
      return [
        nameOf(subject),
        problem ?? formatMedian(of('p99')),
        formatRange(of('p99')),
        formatMedian(of('missed')),
        formatRange(of('missed')),
        formatMedian(of('longestTask')),
        formatRange(of('longestTask')),
      ];
    });
    const ours = results.get('ourMarkdown')!;
    const check = (key: 'p99' | 'missed' | 'longestTask', claim: string, limit: number) => {
      const series = measured(ours.values.map((value) => value?.[key]));
      const value = series.length === 0 ? Infinity : percentile(series, 0.5);
      return { claim, measured: formatNumber(value), isMet: value <= limit };
    };
    return {
      tables: [
        {
          head: ['', 'p99 ms', 'min – max', 'of 1,000 over 16.7 ms', 'min – max', 'longest task ms', 'min – max'],
          rows,
        },
      ],
      checks: [
        check('p99', 'frame CPU p99 ≤ 8 ms', 8),
        check('missed', 'of 1,000 frames over 16.7 ms ≤ 1', 1),
        check('longestTask', 'no task over 50 ms', 50),
      ],
    };
  },
};
export default goal;
