import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';

/** The id of the process that draws a page. Nothing tells; but of all of the browser's, it is the one that is at work while the page is. */
export async function rendererOf(page: Page): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as ProcessInfo;
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const before = new Map(renderers.map((id) => [id, ticksOf(id)]));
  for (;;) {
    await page.evaluate(() => {
      for (const end = performance.now() + 100; performance.now() < end;);
    });
    // Counted once: it goes on working.
    const gains = renderers.map((id) => ({ id, gain: ticksOf(id) - before.get(id)! }));
    const [first, second] = gains.sort((a, b) => b.gain - a.gain);
    if (first!.gain > 10 && first!.gain > 3 * (second?.gain ?? 0)) return first!.id;
  }
}

interface ProcessInfo {
  readonly processInfo: readonly { readonly type: string; readonly id: number }[];
}

/** Hundredths of a second that a process has worked. */
function ticksOf(id: number): number {
  const [, fields = ''] = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ');
  return Number(fields.split(' ')[11]) + Number(fields.split(' ')[12]);
}
