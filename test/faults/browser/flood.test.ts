import { expect, it } from 'vitest';
import type { Page } from 'playwright';
import { done, started, text, textDone, type Moment } from '../support/moment.js';
import { row } from '../support/row.js';
import type { Wire } from '../support/wire.js';
import { useStage } from '../support/useStage.js';

const on = useStage();

const DELTAS = 50_000;
const KEYS = 100;

/** Everything at once, in one body. */
function floodOf(wire: Wire): string {
  const words = Array.from({ length: DELTAS }, (_, index) => (index % 40 === 39 ? 'end.\n\n' : 'word '));
  const moments: Moment[] = [started, ...words.map((word) => text(word)), textDone(words.join('')), done];
  const speaker = { taskId: 'task-1', responseId: 'response-1' };
  return [...moments.map((moment) => wire.encode(moment, speaker)), wire.sentinel]
    .map((data) => `data: ${data}\n\n`)
    .join('');
}

/** Milliseconds from each key stroke to the frame that shows it. */
async function watchKeys(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const shown: number[] = [];
    Object.assign(window, { shown });
    document.addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => shown.push(performance.now() - timeStamp); // the first task behind the frame
        port2.postMessage(null);
      });
    });
  });
  return () => page.evaluate(() => (window as unknown as { shown: number[] }).shown);
}

row('F-26', 'B', (wire) => {
  it(`95 of ${KEYS} key strokes show within 100 ms`, async () => {
    const { breaks, visit } = on(wire);
    const flood = floodOf(wire);
    const visitor = await visit();
    const shown = await watchKeys(visitor.page);
    breaks('send', async () => new Response(flood, { headers: { 'content-type': 'text/event-stream' } }));
    await visitor.say('Everything, please');
    await visitor.sees(/word/);
    await visitor.page.getByRole('textbox', { name: 'Message' }).pressSequentially('a'.repeat(KEYS), { delay: 15 });
    await expect.poll(async () => (await shown()).length).toBeGreaterThanOrEqual(KEYS);
    const slowest = (await shown()).slice(-KEYS).sort((one, other) => other - one);
    console.log(`F-26: p95 ${Math.round(slowest[5]!)} ms, slowest ${Math.round(slowest[0]!)} ms`);
    expect(slowest[5]).toBeLessThan(100);
    await expect.poll(() => visitor.page.evaluate(() => window.conversation.getState().run)).toBeNull();
    const whole = await visitor.page.evaluate(() => window.conversation.getState().messages.at(-1)!.parts[0]);
    expect((whole as { text: string }).text).toHaveLength(DELTAS * 5 + DELTAS / 40);
    expect(await visitor.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('a'.repeat(KEYS));
  });
});
