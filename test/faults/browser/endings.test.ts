import { expect, it } from 'vitest';
import { fail, say } from '../../../src/emulator/index.js';
import { cutEvents } from '../../support/faultServerEvents.js';
import { refuse } from '../../support/faultServerFaults.js';
import { startFaultServer } from '../../support/faultServer.js';
import { row } from '../support/row.js';
import { startProxyProcess } from '../support/startProxyProcess.js';
import { createGate, useStage } from '../support/useStage.js';

const on = useStage();

row('F-27', 'B', (wire) => {
  it('what arrived stays, with words for people; a retry is a new turn', async () => {
    const { asked, play, visit } = on(wire);
    play(() => [say('First, open the'), fail({ error: 'Provider overloaded', code: 503 })]);
    const visitor = await visit();
    await visitor.say('Explain');
    await visitor.reads('The answer could not be finished.');
    expect(await visitor.transcript()).toContain('First, open the');
    expect(await visitor.transcript()).not.toMatch(/503|overloaded/);
    play(() => [say('Open the settings.')]);
    await visitor.page.getByRole('button', { name: 'Retry' }).click();
    await visitor.reads('Open the settings.');
    const [first, second, ...others] = asked();
    expect(others).toEqual([]);
    expect(second!.messageId).not.toBe(first!.messageId);
    expect(second!.body).not.toHaveProperty('task_id');
  });
});

row('F-30', 'B', (wire) => {
  it('killed while an answer streams: the one that follows it finds the answer, and nothing is sent again', async () => {
    const { front, back, asked, play, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Your parcel');
      await gate.opened;
      yield say(' is on the hill.');
    });
    const api = await startFaultServer(back.handle);
    const options = { upstream: api.url, apiKey: 'emulator-key', origin: front.url };
    const first = await startProxyProcess(options);
    const visitor = await visit({ url: first.url });
    await visitor.say('Where is it?');
    await visitor.sees('Your parcel');
    await first.kill();
    await visitor.isNotified("Can't connect. Trying again…");
    gate.open();
    const second = await startProxyProcess({ ...options, port: first.port });
    await visitor.reads('Your parcel is on the hill.');
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
    await second.kill();
    await api.close();
  });
});

row('F-46', 'B', (wire) => {
  it('nobody reads the answer any more, the backend was asked to stop, and the next message waits for the task', async () => {
    const { asked, play, reading, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Once upon');
      await gate.opened;
      yield say(' a time');
    });
    const visitor = await visit();
    await visitor.say('A story');
    await visitor.sees('Once upon');
    expect(reading()).toBe(1);
    await visitor.page.getByRole('button', { name: 'Stop' }).click();
    await visitor.reads('Stopped');
    await expect.poll(() => arrivals('cancel')).toBe(1);
    await expect.poll(reading).toBe(0);
    play(() => [say('Yes?')]);
    await visitor.say('Thanks');
    await visitor.page.getByRole('log').getByText('Queued').waitFor();
    expect(asked()).toHaveLength(1);
    gate.open();
    await visitor.reads('Yes?');
    expect(asked()).toHaveLength(2);
    expect(await visitor.transcript()).not.toContain('a time');
  });

  it('while it looks for an answer that broke off: it looks no more', async () => {
    const { asked, front, play, arrivals, breaks, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Once upon');
      await gate.opened;
    });
    const visitor = await visit();
    breaks('send', cutEvents(2, 'clean'));
    breaks('replay', refuse, Infinity);
    breaks('poll', refuse, Infinity);
    await visitor.say('A story');
    await visitor.isNotified("Can't connect. Trying again…");
    await visitor.page.getByRole('button', { name: 'Stop' }).click();
    await visitor.reads('Stopped');
    front.clear();
    play(() => [say('Yes?')]);
    await visitor.say('Thanks');
    gate.open();
    await visitor.reads('Yes?');
    expect(arrivals('replay')).toBe(0);
    expect(asked()).toHaveLength(2);
  });
});

const DAY = 86_400_000;

row('F-48', 'B', (wire) => {
  it.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
  ])('%s: what was lost is known to be lost, and sent once', async (_, skew) => {
    const { asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit({ time: Date.now() + skew });
    breaks('send', refuse);
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(arrivals('receipt')).toBe(1);
    expect(asked()).toHaveLength(1);
  });

  it.each([
    ['ahead', DAY],
    ['back', -DAY],
  ])('it jumps a day %s while an answer is looked for', async (_, jump) => {
    const { front, asked, play, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Your parcel');
      await gate.opened;
      yield say(' is on the hill.');
    });
    const visitor = await visit({ time: Date.now() });
    await visitor.say('Where is it?');
    await visitor.sees('Your parcel');
    await front.use({ type: 'reset_peer', ms: 0 });
    await visitor.isNotified("Can't connect. Trying again…");
    await visitor.page.clock.setSystemTime(Date.now() + jump);
    await front.use();
    gate.open();
    await visitor.reads('Your parcel is on the hill.');
    play(() => [say('You are welcome')]);
    await visitor.say('Thanks');
    await visitor.reads('You are welcome');
    expect(asked()).toHaveLength(2);
  });
});
