import { expect, it } from 'vitest';
import { say, wait } from '../../../src/emulator/index.js';
import { cutEvents, endlessLine, halfFrame, mutateEvent, withholdEnd } from '../../support/faultServerEvents.js';
import type { Fault } from '../../support/faultServerFaults.js';
import type { Toxic } from '../../support/faultServerToxics.js';
import { countChunks } from '../support/countChunks.js';
import { measureHeap } from '../support/measureHeap.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

const on = useStage();

const WORDS =
  'Your parcel left the depot at nine, crossed two rivers and a hill, was weighed, stamped and blessed, and will be with you before noon.';
const BEGINNING = 'Your parcel';

/** What the notice about the connection has said since. */
async function watchNotices({ page }: Visit): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const told = new Set<string>();
    Object.assign(window, { told });
    new MutationObserver(() => {
      const notice = document.querySelector('[data-ac="connection-notice"]');
      if (notice?.textContent) told.add(notice.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(window as unknown as { told: Set<string> }).told]);
}

row('F-03', 'B', (wire) => {
  it('not a word is lost, nothing is asked for again, and a hint shows', async () => {
    const { asked, play, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say(BEGINNING);
      await gate.opened;
      yield say(WORDS.slice(BEGINNING.length));
    });
    const visitor = await visit();
    await visitor.say('When?');
    await visitor.sees(BEGINNING);
    await visitor.context.setOffline(true);
    await visitor.isNotified(/offline/);
    gate.open();
    await visitor.reads(WORDS);
    await visitor.context.setOffline(false);
    expect(asked()).toHaveLength(1);
    expect(arrivals('replay') + arrivals('poll')).toBe(0);
  });
});

row('F-15', 'B', (wire) => {
  it('what arrived stays while it says that it cannot connect; a replay brings the rest', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say(BEGINNING);
      await gate.opened;
      yield say(WORDS.slice(BEGINNING.length));
    });
    const visitor = await visit();
    await visitor.say('When?');
    await visitor.sees(BEGINNING);
    await front.use({ type: 'reset_peer', ms: 0 });
    await visitor.isNotified("Can't connect. Trying again…");
    expect(await visitor.transcript()).toContain(BEGINNING);
    await front.use();
    gate.open();
    await visitor.reads(WORDS);
    expect(await visitor.page.locator('[data-ac="connection-notice"]').count()).toBe(0);
    expect(arrivals('replay')).toBeGreaterThan(0);
    expect(arrivals('poll')).toBe(0);
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  it('a network that cuts every connection, at bytes that nobody chose', async () => {
    const { front, asked, play, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    await front.use({ type: 'limit_data', bytes: 1_777 });
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(asked()).toHaveLength(1);
  });

  it('where no replay is kept, it is polled', async () => {
    const { asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    breaks('send', cutEvents(4, 'reset'));
    breaks('replay', async () => Response.json({ error: { code: 'replay_gone' } }, { status: 410 }), Infinity);
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(arrivals('poll')).toBeGreaterThan(0);
    expect(asked()).toHaveLength(1);
  });
});

row('F-17', 'B', (wire) => {
  it.each([
    ['in the middle', cutEvents(3, 'clean')],
    ['with everything but its end', withholdEnd],
  ])('%s', async (_, fault) => {
    const { asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    breaks('send', fault);
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(arrivals('replay')).toBe(1);
    expect(asked()).toHaveLength(1);
  });
});

row('F-18', 'B', (wire) => {
  it.each<[string, readonly Toxic[]]>([
    ['at once', []],
    ['late', [{ type: 'slow_close', ms: 300 }]],
  ])('the connection is closed %s: the fragment is nowhere to be read, and the rest comes', async (_, toxics) => {
    const { front, asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    await front.use(...toxics);
    breaks('send', halfFrame(4));
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(arrivals('replay')).toBe(1);
    expect(asked()).toHaveLength(1);
    expect(await visitor.transcript()).not.toMatch(/data:|\{"/);
  });
});

row('F-19', 'B', (wire) => {
  it('a stream that fell silent is left, and taken up once the network carries again', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say(BEGINNING);
      await gate.opened;
      yield say(WORDS.slice(BEGINNING.length));
    });
    const visitor = await visit();
    await visitor.say('When?');
    await visitor.sees(BEGINNING);
    await front.use({ type: 'timeout', ms: 0 });
    gate.open();
    await visitor.isNotified("Can't connect. Trying again…");
    await front.use();
    await visitor.reads(WORDS);
    expect(arrivals('replay')).toBeGreaterThan(0);
    expect(asked()).toHaveLength(1);
  });

  it('after 10 s without news it says that it still works, until there are some', async () => {
    const { play, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say(BEGINNING);
      await gate.opened;
      yield say(WORDS.slice(BEGINNING.length));
    });
    const visitor = await visit({ silenceMs: 60_000, time: Date.now() });
    await visitor.say('When?');
    await visitor.sees(BEGINNING);
    await visitor.page.clock.fastForward(10_000);
    await visitor.isNotified(/Still working/);
    gate.open();
    await visitor.reads(WORDS);
    expect(await visitor.page.locator('[data-ac="connection-notice"]').count()).toBe(0);
  });

  it('an agent that thinks for longer than that is none: heartbeats count', async () => {
    const { asked, play, arrivals, visit } = on(wire);
    play(() => [say(BEGINNING), wait(2_000), say(WORDS.slice(BEGINNING.length))]);
    const visitor = await visit({ silenceMs: 1_000 });
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(arrivals('replay') + arrivals('poll')).toBe(0);
    expect(asked()).toHaveLength(1);
  });
});

row('F-24', 'B', (wire) => {
  it('a network that cuts everything into pieces of a few bytes', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    const words = 'Žluťoučký kůň 🐎 said: "hello\\there"';
    play(() => [say(words)]);
    const visitor = await visit();
    const pieces = await countChunks(visitor);
    await front.use({ type: 'slicer', bytes: 3, ms: 0 });
    await visitor.say('What did it say?');
    await visitor.reads(words);
    expect(await pieces()).toBeGreaterThan(100);
    expect(arrivals('replay') + arrivals('poll') + arrivals('receipt')).toBe(0);
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});

const MEBIBYTE = 1_048_576;
const giant: Fault = mutateEvent(3, () => `data: "${'x'.repeat(9 * MEBIBYTE)}"\n\n`);

row('F-25', 'B', (wire) => {
  it('a line without an end is left at 8 MiB, and the memory with it', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    await visitor.say('Hello');
    await visitor.reads(WORDS);
    const before = await measureHeap(visitor.page);
    const passed = { bytes: 0 };
    breaks('send', endlessLine(3, passed));
    await visitor.say('When?');
    await expect.poll(async () => (await visitor.transcript()).split(WORDS).length).toBe(3);
    expect(passed.bytes).toBeGreaterThan(8 * MEBIBYTE);
    expect(passed.bytes).toBeLessThan(40 * MEBIBYTE); // what the sockets held is part of it
    expect((await measureHeap(visitor.page)) - before).toBeLessThan(32 * MEBIBYTE);
    expect(asked()).toHaveLength(2);
  });

  it('one that the agent itself sends stops at the proxy, and the answer is polled', async () => {
    const { back, asked, play, arrivals, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit();
    back.inject(({ method }) => method === 'POST', giant);
    await visitor.say('When?');
    await visitor.reads(WORDS);
    expect(arrivals('poll')).toBeGreaterThan(0);
    expect(asked()).toHaveLength(1);
  });
});

row('F-49', 'B', (wire) => {
  it('1 kB a second, 2 s there and back: it grows as it comes, and nobody is alarmed', async () => {
    const { front, asked, play, arrivals, visit } = on(wire);
    play(() => [say(WORDS)]);
    const visitor = await visit({ silenceMs: 4_000 });
    const notices = await watchNotices(visitor);
    await front.use(
      { type: 'bandwidth', bytesPerSecond: 1_024 },
      { type: 'latency', ms: 1_000 },
      { type: 'latency', ms: 1_000, stream: 'upstream' },
    );
    await visitor.say('When?');
    await visitor.sees(BEGINNING);
    expect(await visitor.transcript()).not.toContain('before noon');
    await visitor.reads(WORDS);
    expect(await notices()).toEqual([]);
    expect(arrivals('replay') + arrivals('poll') + arrivals('receipt')).toBe(0);
    expect(asked()).toHaveLength(1);
  });
});
