import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';

/** The id of the process that draws a page. Nothing tells; but of all of the browser's, it is the one that is at work while the page is. */
export async function rendererOf(page: Page): Promise<number> {
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as ProcessInfo;
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const before = new Map(renderers.map((id) => [id, ticksOf(id)]));
  const gained = (id: number) => ticksOf(id) - before.get(id)!;
  for (;;) {
    await page.evaluate(() => {
      for (const end = performance.now() + 100; performance.now() < end;);
    });
    const [first, second = 0] = renderers.map(gained).sort((a, b) => b - a);
    if (first! > 10 && first! > 3 * second) return renderers.find((id) => gained(id) === first)!;
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
