import { expect, it } from 'vitest';
import { say, wait } from '../../../src/emulator/index.js';
import { COUNT_LEFTOVERS, countLeftovers } from '../support/countLeftovers.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

const on = useStage({}, { mode: 'development' });

/** Takes the widget out of the page and brings it back; every fourth time it is taken out only once the answer has grown. */
function mountAgain({ page }: Visit, times: number): Promise<void> {
  return page.evaluate(async (count) => {
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve));
    };
    const isThere = (): boolean => document.querySelector('textarea') !== null;
    const words = (): number => document.querySelector('[role="log"]')?.textContent.split('word').length ?? 0;
    for (let round = 0; round < count; round += 1) {
      window.unmount();
      await until(() => !isThere());
      window.signIn(null);
      await until(isThere);
      if (round % 4 > 0) continue;
      await until(() => words() > 1);
      const before = words();
      await until(() => words() > before);
    }
    window.unmount();
    await until(() => !isThere());
  }, times);
}

row('F-47', 'B', (wire) => {
  it('mounted 200 times in strict mode, 50 of them in the middle of an answer: nothing is left, and it was asked for once', async () => {
    const { asked, play, visit } = on(wire);
    const gate = createGate();
    let isOver = false;
    void gate.opened.then(() => (isOver = true));
    play(async function* () {
      while (!isOver) {
        yield say('word ');
        yield wait(20);
      }
    });
    const visitor = await visit({ storage: 'local', init: COUNT_LEFTOVERS });
    const open = visitor.watchRequests();
    await visitor.say('Go on');
    await visitor.sees('word');
    await mountAgain(visitor, 4); // what is loaded or made once is there by then
    const left = () => countLeftovers(visitor.page);
    await expect.poll(left).toMatchObject({ timers: 0, locks: 0, channels: 0 });
    const { listeners } = await left();
    await mountAgain(visitor, 200);
    await expect.poll(left).toEqual({ timers: 0, listeners, locks: 0, channels: 0 });
    await expect.poll(open).toBe(0);
    gate.open();
    await visitor.page.evaluate(() => window.signIn(null));
    await visitor.reads('word');
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});
