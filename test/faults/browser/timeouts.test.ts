import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { hang } from '../../support/faultServerFaults.js';
import { row } from '../support/row.js';
import { createGate, useStage } from '../support/useStage.js';

const on = useStage({ idleTimeoutMs: 600, headersTimeoutMs: 600 });

row('F-29', 'B', (wire) => {
  it('in the middle of an answer: it is polled, and the visitor reads that it takes long', async () => {
    const { asked, play, reading, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Your parcel');
      await gate.opened;
      yield say(' is on the hill.');
    });
    const visitor = await visit({ time: Date.now() });
    await visitor.say('Where is it?');
    await visitor.sees('Your parcel');
    await expect.poll(() => arrivals('poll')).toBeGreaterThan(0);
    expect(reading()).toBe(0);
    await visitor.page.clock.fastForward(10_000);
    await visitor.isNotified(/longer than usual/);
    expect(await visitor.transcript()).toContain('Your parcel');
    gate.open();
    await visitor.reads('Your parcel is on the hill.');
    expect(asked()).toHaveLength(1);
  });

  it('before the first word: nobody knows whether it arrived, so the visitor decides', async () => {
    const { back, asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    back.inject(({ method }) => method === 'POST', hang);
    await visitor.say('Hello');
    await visitor.reads(/This may have been received./);
    expect(asked()).toHaveLength(1);
    await visitor.page.getByRole('button', { name: 'Resend' }).click();
    await visitor.reads('Here you are');
    expect(new Set(asked().map(({ messageId }) => messageId)).size).toBe(2);
  });
});
