import type { Answer } from './Subject.js';
import { nextFrame, nextTask } from './time.js';

export interface Pace {
  /** How many deltas arrive in one frame, each in a task of its own. */
  readonly perFrame: number;
  /** Stops early after so many milliseconds. Default: never. */
  readonly budgetMs?: number;
}

/** Lets deltas arrive. @returns how many did; fewer than given where the time was used up. */
export async function stream(
  answer: Answer,
  deltas: readonly string[],
  { perFrame, budgetMs = Infinity }: Pace,
): Promise<number> {
  const begun = performance.now();
  let count = 0;
  while (count < deltas.length && performance.now() - begun < budgetMs) {
    await nextFrame();
    for (const delta of deltas.slice(count, count + perFrame)) {
      await nextTask();
      answer.push(delta);
      count += 1;
    }
  }
  // What the last delta makes is drawn in the next frame, and the frame after that begins when it has been.
  await nextFrame();
  await nextFrame();
  return count;
}
