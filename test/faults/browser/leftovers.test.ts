import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { COUNT_LEFTOVERS, countLeftovers } from '../support/countLeftovers.js';
import { measureHeap } from '../support/measureHeap.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

const on = useStage({ graceMs: 300 });

/** Asks, waits for the first words, and ends it there. */
function abortStreams({ page }: Visit, times: number): Promise<void> {
  return page.evaluate(async (count) => {
    const { conversation } = window;
    for (let round = 0; round < count; round += 1) {
      conversation.send('A story');
      await new Promise<void>((resolve) => {
        const forget = conversation.subscribe(() => {
          const last = conversation.getState().messages.at(-1);
          if (last?.role !== 'agent' || last.parts.length === 0) return;
          forget();
          resolve();
        });
      });
      conversation.stop();
      conversation.reset();
    }
  }, times);
}

row('F-47', 'B', (wire) => {
  it('50 streams that are aborted leave no timer, listener, lock or request, and nobody reads them any more', async () => {
    const { asked, play, reading, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Once upon');
      await gate.opened;
    });
    const visitor = await visit({ init: COUNT_LEFTOVERS });
    const open = visitor.watchRequests();
    await abortStreams(visitor, 50); // what is loaded or made once is there by then, code that is compiled when it has run often too
    await expect.poll(open).toBe(0);
    await expect.poll(async () => (await countLeftovers(visitor.page)).timers).toBe(0);
    const before = await countLeftovers(visitor.page);
    const heap = await measureHeap(visitor.page);
    await abortStreams(visitor, 50);
    await expect.poll(() => countLeftovers(visitor.page)).toEqual(before);
    await expect.poll(open).toBe(0);
    await expect.poll(reading).toBe(0);
    expect((await measureHeap(visitor.page)) / heap).toBeLessThanOrEqual(1.05);
    expect(asked()).toHaveLength(100);
    gate.open();
  }, 90_000);

  it('a page that is left in the middle: the proxy reads on for as long as it may come back, and no longer', async () => {
    const { play, reading, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Once upon');
      await gate.opened;
    });
    const visitor = await visit();
    await visitor.say('A story');
    await visitor.sees('Once upon');
    expect(reading()).toBe(1);
    await visitor.page.goto('about:blank');
    await expect.poll(reading).toBe(0);
    gate.open();
  });
});
