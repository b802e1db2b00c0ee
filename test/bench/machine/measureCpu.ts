import type { OpenSubject } from './openSubject.js';

/** Milliseconds of the main thread's CPU. Wall time would tell more about who else uses the machine. */
export interface CpuTime {
  /** Everything, the three below included. */
  readonly task: number;
  readonly script: number;
  readonly layout: number;
  readonly style: number;
}

/** What the page's main thread spent while `action` ran. */
export async function measureCpu({ session }: OpenSubject, action: () => Promise<unknown>): Promise<CpuTime> {
  // Rubbish from before is not to be collected at the expense of what is measured.
  await session.send('HeapProfiler.collectGarbage');
  const before = await read();
  await action();
  const after = await read();
  const spent = (name: string): number => (after.get(name)! - before.get(name)!) * 1000;
  return {
    task: spent('TaskDuration'),
    script: spent('ScriptDuration'),
    layout: spent('LayoutDuration'),
    style: spent('RecalcStyleDuration'),
  };

  async function read(): Promise<ReadonlyMap<string, number>> {
    const { metrics } = await session.send('Performance.getMetrics');
    return new Map(metrics.map(({ name, value }) => [name, value]));
  }
}
