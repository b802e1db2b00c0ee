import { compareCost } from './compareCost.js';
import type { Goal } from './Goal.js';
import { interleave } from './interleave.js';
import { createStreamMeasure, type StreamPlan } from './measureStream.js';
import type { SubjectId } from './subjectNames.js';

export interface StreamGoal extends Pick<Goal, 'id' | 'title'> {
  readonly plan: StreamPlan;
  readonly us: SubjectId;
  readonly peers: readonly SubjectId[];
  /** By subject, the greatest allowed ratio of our cost to theirs. */
  readonly limits: Partial<Readonly<Record<SubjectId, number>>>;
}

const FLOORS: readonly SubjectId[] = ['rawLines', 'rawLinesCv'];

/** What a whole answer costs us, beside the floors and the peers. */
export function createStreamGoal({ id, title, plan, us, peers, limits }: StreamGoal): Goal {
  return {
    id,
    title,
    async run(surroundings) {
      const measure = createStreamMeasure(surroundings, plan, [us, ...FLOORS]);
      const results = await interleave([us, ...FLOORS, ...peers], surroundings, measure);
      const { table, checks } = compareCost(results, us, limits);
      return { tables: [table], checks };
    },
  };
}
