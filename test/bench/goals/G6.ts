import { compareCost } from '../machine/compareCost.js';
import type { Goal } from '../machine/Goal.js';
import { interleave } from '../machine/interleave.js';
import { measureCpu } from '../machine/measureCpu.js';
import { openSubject } from '../machine/openSubject.js';
import type { SubjectId } from '../machine/subjectNames.js';

const SUBJECTS: readonly SubjectId[] = ['ourWidget', 'useChatStreamdown', 'assistantUi', 'deepChat', 'n8nChat'];
const DELTAS = 2_000;

const goal: Goal = {
  id: 'G6',
  title: '2,000 deltas of 10 kB at once, as after a reconnect; 198 messages before',
  async run(surroundings) {
    const { browser, url, report } = surroundings;
    const parts: number[] = [];
    const results = await interleave(SUBJECTS, surroundings, async (subject) => {
      const open = await openSubject(browser, url);
      try {
        await open.call('mount', subject, 198);
        await open.call('begin', { kind: 'answer', length: 10_000, deltas: DELTAS });
        let renders: Readonly<Record<string, number>> = {};
        const { task } = await measureCpu(open, async () => {
          renders = await open.call('burst', { from: 0, to: DELTAS });
        });
        await open.call('end');
        if (!(await open.call('isShown'))) throw new Error(`${subject} does not show the end of the answer.`);
        if (subject === 'ourWidget') parts.push(renders.PartView ?? Infinity);
        report(`${subject}: ${task.toFixed(0)} ms`);
        return { ms: task, isSampled: false };
      } finally {
        await open.close();
      }
    });
    const { table, checks } = compareCost(results, 'ourWidget', { assistantUi: 1 / 20 });
    const most = Math.max(...parts);
    return {
      tables: [table],
      checks: [{ claim: 'commits that draw the answer ≤ 2', measured: String(most), isMet: most <= 2 }, ...checks],
    };
  },
};
export default goal;
