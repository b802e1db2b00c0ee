import type { Goal } from '../machine/Goal.js';
import { formatNumber } from '../machine/format.js';
import { interleave } from '../machine/interleave.js';
import { openSubject } from '../machine/openSubject.js';
import { nameOf, type SubjectId } from '../machine/subjectNames.js';

const SUBJECTS: readonly SubjectId[] = ['ourWidget', 'useChatStreamdown', 'assistantUi'];
const DELTAS = 200;
/** Before them the answer gets its row and its first part. */
const FIRST = 20;
/** Everything of ours that a delta is no business of. */
const OTHERS =
  /^(MessageList|MessageRow|Transcript|Composer|ComposerInput|Header|Panel|ChatRoot|ChatView|Launcher|Suggestions)$/;

const goal: Goal = {
  id: 'G4',
  title: 'components of React rendered by one delta, 198 messages before; one delta per frame',
  async run(surroundings) {
    const { browser, url } = surroundings;
    const results = await interleave(SUBJECTS, { ...surroundings, repetitions: 1 }, async (subject) => {
      const open = await openSubject(browser, url);
      try {
        await open.call('mount', subject, 198);
        await open.call('begin', { kind: 'answer', length: 2_000, deltas: DELTAS });
        await open.call('stream', { from: 0, to: FIRST }, { perFrame: 1 });
        const renders = await open.call('streamCounting', { from: FIRST, to: DELTAS }, { perFrame: 1 });
        await open.call('end');
        if (!(await open.call('isShown'))) throw new Error(`${subject} does not show the end of the answer.`);
        return renders;
      } finally {
        await open.close();
      }
    });
    const perDelta = (count: number): string => formatNumber(count / (DELTAS - FIRST));
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    const rows = [...results].map(
      ([
        subject,
        {
          values: [renders = {}],
          problem,
        },
      ]) => {
        const most = Object.entries(renders).sort(([, a], [, b]) => b - a)[0];
        return [
          nameOf(subject),
          problem ?? perDelta(sum(Object.values(renders))),
          most ? `${most[0]}: ${perDelta(most[1])}` : '',
        ];
      },
    );
    const ours = results.get('ourWidget')!.values[0] ?? {};
    const parts = ours.PartView ?? 0;
    const others = sum(Object.entries(ours).map(([name, count]) => (OTHERS.test(name) ? count : 0)));
    return {
      tables: [{ head: ['', 'components per delta', 'most often'], rows }],
      checks: [
        {
          claim: 'a delta renders one part',
          measured: perDelta(parts),
          isMet: parts > 0 && parts <= DELTAS - FIRST,
        },
        { claim: 'a delta renders no list, row, composer, panel', measured: String(others), isMet: others === 0 },
      ],
    };
  },
};
export default goal;
