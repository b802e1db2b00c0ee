import type { Visit } from './useStage.js';

/** How many chunks the page has taken from the network. */
export async function countChunks({ page }: Visit): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = Object.assign(window, { chunks: 0 });
    const { prototype } = ReadableStreamDefaultReader;
    const read = prototype.read;
    prototype.read = async function (this: ReadableStreamDefaultReader) {
      const step = await read.call(this);
      counter.chunks += 1;
      return step;
    };
  });
  return () => page.evaluate(() => (window as unknown as { chunks: number }).chunks);
}
