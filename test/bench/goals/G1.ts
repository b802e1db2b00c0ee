import { compareCost } from '../machine/compareCost.js';
import type { Goal } from '../machine/Goal.js';
import { interleave } from '../machine/interleave.js';
import { createStreamMeasure } from '../machine/measureStream.js';
import type { SubjectId } from '../machine/subjectNames.js';

const SUBJECTS: readonly SubjectId[] = [
  'ourMarkdown',
  'rawLines',
  'rawLinesCv',
  'streamdown',
  'streamdownPerFrame',
  'reactMarkdown',
  'reactMarkdownPerFrame',
];

const goal: Goal = {
  id: 'G1',
  title: 'a 30 kB answer in 6,000 deltas, 4 per frame, tail followed',
  async run(surroundings) {
    const measure = createStreamMeasure(
      surroundings,
      { feed: { kind: 'answer', length: 30_000, deltas: 6_000 }, messages: 0, perFrame: 4 },
      ['ourMarkdown', 'rawLines', 'rawLinesCv'],
    );
    const results = await interleave(SUBJECTS, surroundings, measure);
    const { table, checks } = compareCost(results, 'ourMarkdown', {
      rawLines: 1.25,
      streamdown: 1 / 4,
      reactMarkdown: 1 / 20,
    });
    return { tables: [table], checks };
  },
};
export default goal;
