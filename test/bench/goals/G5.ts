import { compareCost } from '../machine/compareCost.js';
import type { Goal } from '../machine/Goal.js';
import { interleave } from '../machine/interleave.js';
import { createStreamMeasure } from '../machine/measureStream.js';
import type { SubjectId } from '../machine/subjectNames.js';

const SUBJECTS: readonly SubjectId[] = [
  'ourWidget',
  'rawLines',
  'rawLinesCv',
  'useChatStreamdown',
  'deepChat',
  'assistantUi',
  'n8nChat',
];

const goal: Goal = {
  id: 'G5',
  title: 'whole widgets: 198 + 2 messages, 10 kB in 2,000 deltas, 4 per frame',
  async run(surroundings) {
    const measure = createStreamMeasure(
      surroundings,
      { feed: { kind: 'answer', length: 10_000, deltas: 2_000 }, messages: 198, perFrame: 4 },
      ['ourWidget', 'rawLines', 'rawLinesCv'],
    );
    const results = await interleave(SUBJECTS, surroundings, measure);
    const { table, checks } = compareCost(results, 'ourWidget', {
      rawLinesCv: 1.5,
      useChatStreamdown: 1 / 3,
      deepChat: 1 / 8,
      assistantUi: 1 / 25,
      n8nChat: 1 / 25,
    });
    return { tables: [table], checks };
  },
};
export default goal;
