import type { OpenSubject } from './openSubject.js';

export interface Frames {
  /** CPU of the main thread from the beginning of each frame to that of the next one, in milliseconds. */
  readonly frames: readonly number[];
  /** The longest single task's. */
  readonly longestTask: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'devtools.timeline.frame', '__metadata'];
const TASK = /^(RunTask|ThreadControllerImpl::RunTask)$/;

/** What the page's main thread did while `action` ran, frame by frame. */
export async function traceFrames({ page, session }: OpenSubject, action: () => Promise<unknown>): Promise<Frames> {
  const browser = page.context().browser()!;
  await session.send('HeapProfiler.collectGarbage');
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };

  // The page's own thread is the one with most frames: playwright traces the whole browser.
  const begins = groupBy(
    traceEvents.filter(({ name }) => name === 'BeginMainThreadFrame'),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  const [thread, frameBegins] = [...begins].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  const tasks = traceEvents
    .filter(({ name, pid, tid, tdur }) => TASK.test(name) && tdur !== undefined && `${pid} ${tid}` === thread)
    .sort((a, b) => a.ts - b.ts);
  const starts = frameBegins.map(({ ts }) => ts).sort((a, b) => a - b);
  if (starts.length === 0 || tasks.length === 0) throw new Error('The trace has no frames of the page.');

  const frames: number[] = [];
  let frame = 0;
  for (const [index, task] of tasks.entries()) {
    const end = tasks[index + 1]?.ts ?? Infinity;
    // A frame begins inside of a task, which belongs to it.
    while (frame < starts.length && starts[frame]! < end) frame += 1;
    if (frame > 0) frames[frame - 1] = (frames[frame - 1] ?? 0) + task.tdur! / 1000;
  }
  return {
    frames: frames.filter((ms) => ms !== undefined),
    longestTask: Math.max(...tasks.map(({ tdur }) => tdur! / 1000)),
  };
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
