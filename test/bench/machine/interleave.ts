import type { Surroundings } from './Goal.js';
import { Unfinished } from './openSubject.js';

/** What was measured of one subject, by repetition. */
export interface Results<T> {
  readonly values: (T | undefined)[];
  /** Why there are no further values. */
  problem?: string;
}

/**
 * Measures every subject once, then every subject again: a machine that is slow for a while is slow for all. Each repetition begins with another one,
 * so that none always comes first. Whoever fails is asked no more.
 */
export async function interleave<T, Subject extends string>(
  subjects: readonly Subject[],
  { repetitions, onFailure }: Pick<Surroundings, 'repetitions' | 'onFailure'>,
  measure: (subject: Subject, repetition: number) => Promise<T>,
): Promise<ReadonlyMap<Subject, Results<T>>> {
  const all = new Map(subjects.map((subject) => [subject, { values: [] } as Results<T>]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const first = repetition % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      const results = all.get(subject)!;
      if (results.problem !== undefined) continue;
      try {
        results.values[repetition] = await measure(subject, repetition);
      } catch (thrown) {
        results.problem = thrown instanceof Unfinished ? '> 90 s' : 'failed';
        if (!(thrown instanceof Unfinished)) onFailure(subject, thrown);
      }
    }
  }
  return all;
}
