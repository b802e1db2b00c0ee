import type { Feed } from '../page/feed.js';
import type { Surroundings } from './Goal.js';
import { measureCpu } from './measureCpu.js';
import { openSubject, type OpenSubject } from './openSubject.js';

export interface StreamPlan {
  readonly feed: Extract<Feed, { kind: 'answer' }>;
  /** Messages of history. */
  readonly messages: number;
  readonly perFrame: number;
}

export interface StreamCost {
  /** Of the whole stream. */
  readonly ms: number;
  /** Estimated from windows. */
  readonly isSampled: boolean;
}

const WINDOWS = 10;
const DELTAS_PER_WINDOW = 40;
/** Who takes longer than this is sampled. */
const LONGEST_MS = 10_000;

/**
 * Measures what a whole answer costs. Peers are looked at through windows first; those for whom that adds up to more than ten seconds are never let
 * through the whole of it, the others always.
 *
 * @param alwaysWhole - whose numbers must not be estimates: our own, and the floors'.
 */
export function createStreamMeasure(
  { browser, url, report }: Surroundings,
  plan: StreamPlan,
  alwaysWhole: readonly string[],
): (subject: string) => Promise<StreamCost> {
  const sampled = new Map<string, boolean>(alwaysWhole.map((subject) => [subject, false]));

  async function run(subject: string, measure: (open: OpenSubject) => Promise<number>): Promise<number> {
    const open = await openSubject(browser, url);
    try {
      await open.call('mount', subject, plan.messages);
      await open.call('begin', plan.feed);
      const ms = await measure(open);
      if (!(await open.call('isShown'))) throw new Error(`${subject} does not show the end of the answer.`);
      return ms;
    } finally {
      await open.close();
    }
  }

  const whole = (open: OpenSubject) => measureWhole(open, plan);
  const windows = (open: OpenSubject) => measureWindows(open, plan);
  return async (subject) => {
    if (sampled.get(subject) !== false) {
      const ms = await run(subject, windows);
      sampled.set(subject, ms > LONGEST_MS);
      if (ms > LONGEST_MS) return done({ ms, isSampled: true });
    }
    return done({ ms: await run(subject, whole), isSampled: false });

    function done(cost: StreamCost): StreamCost {
      report(`${subject}: ${cost.ms.toFixed(0)} ms`);
      return cost;
    }
  };
}

async function measureWhole(open: OpenSubject, { feed, perFrame }: StreamPlan): Promise<number> {
  const { task } = await measureCpu(open, async () => {
    await open.call('stream', { from: 0, to: feed.deltas }, { perFrame });
    await open.call('end');
  });
  return task;
}

/** A few deltas at ten places, what lies between them given at once. The first ones only warm the engine up. */
async function measureWindows(open: OpenSubject, { feed, perFrame }: StreamPlan): Promise<number> {
  await open.call('stream', { from: 0, to: DELTAS_PER_WINDOW }, { perFrame });
  let ms = 0;
  let at = DELTAS_PER_WINDOW;
  for (let window = 0; window < WINDOWS; window += 1) {
    const from = Math.round(((window + 0.5) / WINDOWS) * feed.deltas - DELTAS_PER_WINDOW / 2);
    const to = from + DELTAS_PER_WINDOW;
    await open.call('skip', { from: at, to: from });
    const { task } = await measureCpu(open, async () => {
      await open.call('stream', { from, to }, { perFrame });
      // What comes late belongs to the deltas that it was put off for.
      await open.call('skip', { from: to, to });
    });
    ms += task;
    at = to;
  }
  await open.call('skip', { from: at, to: feed.deltas });
  await open.call('end');
  return (ms / (WINDOWS * DELTAS_PER_WINDOW)) * feed.deltas;
}
