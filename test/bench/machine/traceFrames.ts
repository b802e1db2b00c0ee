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
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/** What the page's main thread did while `action` ran, frame by frame. @throws Error where the trace does not show it. */
export async function traceFrames({ page, session }: OpenSubject, action: () => Promise<unknown>): Promise<Frames> {
  const browser = page.context().browser()!;
  await session.send('HeapProfiler.collectGarbage');
  await browser.startTracing(page, { categories: CATEGORIES });
  await action();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };

  // The page's own thread is the one with most frames: playwright traces the whole browser.
  const begins = groupBy(
    traceEvents.filter(({ name, ph }) => name === 'AnimationFrame' && ph === 'b'),
    threadOf,
  );
  const [thread, frameBegins] = [...begins].sort(([, a], [, b]) => b.length - a.length)[0] ?? ['', []];
  const tasks = traceEvents
    .filter((event) => event.name === 'RunTask' && event.ph === 'X' && threadOf(event) === thread)
    .sort((a, b) => a.ts - b.ts);
  const starts = frameBegins.map(({ ts }) => ts).sort((a, b) => a - b);
  if (starts.length === 0 || tasks.length === 0) throw new Error(complaint(traceEvents, starts.length, tasks.length));

  const frames: number[] = [];
  let frame = 0;
  for (const [index, task] of tasks.entries()) {
    const end = tasks[index + 1]?.ts ?? Infinity;
    // A frame begins inside of a task, which belongs to it.
    while (frame < starts.length && starts[frame]! < end) frame += 1;
    if (frame > 0) frames[frame - 1] = (frames[frame - 1] ?? 0) + cpuOf(task);
  }
  return { frames: frames.filter((ms) => ms !== undefined), longestTask: Math.max(...tasks.map(cpuOf)) };
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

/** Milliseconds. Chromium leaves out what is shorter than its clock's step. */
function cpuOf({ tdur = 0 }: TraceEvent): number {
  return tdur / 1000;
}

/** Chromium renames its events now and then; whoever has to repair this wants to see what there was. */
function complaint(events: readonly TraceEvent[], frames: number, tasks: number): string {
  const names = [...groupBy(events, ({ name, ph }) => `${name} ${ph}`)]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 20)
    .map(([name, { length }]) => `${name}: ${length}`);
  return `The trace has ${frames} frames (AnimationFrame b) and ${tasks} tasks (RunTask X) of the page's. Most often it has ${names.join(', ') || 'nothing'}.`;
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
