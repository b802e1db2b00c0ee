import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { countChunks } from '../support/countChunks.js';
import { row } from '../support/row.js';
import { createGate, useStage } from '../support/useStage.js';

const on = useStage('shipped');
const SHIPPED = { silenceMs: undefined, chance: undefined };

// The heartbeats of the proxy: nobody waits 15 s for them.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

row('F-19', 'B', (wire) => {
  it('with the limits that everybody has: 45 s without a byte, heartbeats of 15 s, and the rest by replay', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Your parcel');
      await gate.opened;
      yield say(' is on the hill.');
    });
    const visitor = await visit({ ...SHIPPED, time: Date.now() });
    const { clock } = visitor.page;
    const chunks = await countChunks(visitor);
    await visitor.say('Where is it?');
    await visitor.sees('Your parcel');
    for (let minute = 0; minute < 3; minute += 1) {
      const before = await chunks();
      await clock.runFor(40_000); // `fastForward` would be sleep
      await visitor.isNotified(/Still working/);
      vi.advanceTimersByTime(15_000);
      await expect.poll(chunks).toBeGreaterThan(before);
    }
    expect(arrivals('replay') + arrivals('poll')).toBe(0);
    await front.use({ type: 'timeout', ms: 0 });
    await clock.runFor(45_000);
    await visitor.isNotified("Can't connect. Trying again…");
    await front.use();
    gate.open();
    await visitor.reads('Your parcel is on the hill.');
    expect(arrivals('replay')).toBe(1);
    expect(arrivals('poll')).toBe(0);
    expect(asked()).toHaveLength(1);
  });
});

row('F-15', 'B', (wire) => {
  it('with the limits that everybody has: a reset costs nothing but a moment', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Your parcel');
      await gate.opened;
      yield say(' is on the hill.');
    });
    const visitor = await visit(SHIPPED);
    await visitor.say('Where is it?');
    await visitor.sees('Your parcel');
    await front.use({ type: 'down' });
    await visitor.isNotified("Can't connect. Trying again…");
    await front.use();
    gate.open();
    await visitor.reads('Your parcel is on the hill.');
    expect(arrivals('replay')).toBe(1);
    expect(asked()).toHaveLength(1);
  });
});
