import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StorageProblem } from '../../src/core/conversationStorage.js';
import '../../src/storage/openDurableStorage.js'; // so that nothing has to wait for files
import { createBrowserStorage } from '../../src/storage/createBrowserStorage.js';
import { sealRecord } from '../../src/storage/sealRecord.js';
import { createFakeWebStorage } from '../storage/fakeWebStorage.js';
import { createManualClock } from '../support/manualClock.js';
import { answer } from './support/moment.js';
import { row } from './support/row.js';
import { says } from './support/scriptedBackend.js';
import { setUp } from './support/setUp.js';
import type { Wire } from './support/wire.js';

/** A browser as version 0.1 left it: one question, one answer. Written once, and never again. */
const RECORDS_OF_0_1 = readRecords('records-0.1.json');
const KEPT = ['Where is my order?: sent', '> On its way: completed'];
const REPLY = '> Here you are: completed';

function readRecords(name: string): ReadonlyMap<string, string> {
  const text = readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
}

/** A visitor who comes back to a browser that holds this. */
async function comeBack(wire: Wire, items: ReadonlyMap<string, string>) {
  const clock = createManualClock();
  const browser = createFakeWebStorage();
  for (const [key, text] of items) browser.items.set(key, text);
  const stores = { indexedDB: null, localStorage: browser, sessionStorage: null };
  const storage = createBrowserStorage({ url: '/chat', agentKey: 'support', ...stores, clock });
  const problems: StorageProblem[] = [];
  storage.onProblem((problem) => problems.push(problem));
  const world = setUp(wire, { clock, conversation: { storage } });
  world.backend.answersWith(says(...answer('Here you are')));
  world.conversation.resume();
  while (world.state().isRestoring) await clock.settle();
  const say = async (words: string) => {
    world.conversation.send(words);
    for (let round = 0; round < 20 && world.transcript().at(-1) !== REPLY; round += 1) await clock.advance(100);
    await world.conversation.keep();
  };
  return { ...world, browser, problems, say };
}

const mutation = fc.record({
  at: fc.nat(1_000_000),
  position: fc.nat(1_000_000),
  length: fc.integer({ min: 0, max: 20 }),
  text: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('\u0000', '"', '}', '|', '9', '__proto__', '\ud800')),
  isCut: fc.boolean(),
});

row('F-41', 'V', (wire) => {
  it('the conversation that was not used for longest goes first, which is told once, and only where that is not enough memory is left', async () => {
    const { browser, conversation, problems, say, transcript } = await comeBack(wire, new Map());
    const long = (name: string): string => `${name} ${'.'.repeat(2_000)}`;
    const used = (): number => [...browser.items].reduce((sum, [key, text]) => sum + key.length + text.length, 0);
    const ids: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      if (name === 'third') browser.quota = used() + 1_000;
      if (ids.length > 0) conversation.reset();
      ids.push(conversation.id);
      await say(long(name));
    }
    const kept = (await conversation.list()).map(({ id }) => id);
    expect(kept).toEqual([ids[2], ids[1]]);
    expect([...browser.items.values()].join('')).not.toContain('first');
    expect(problems).toEqual(['made-room']);

    browser.quota = 0;
    await say('fourth');
    expect(transcript()).toEqual([`${long('third')}: sent`, REPLY, 'fourth: sent', REPLY]);
    expect(problems).toEqual(['made-room', 'not-kept']);
  });
});

row('F-42', 'V', (wire) => {
  it('1,000 times: only what was really kept is shown, and the chat goes on', async () => {
    let unreadable = 0;
    await fc.assert(
      fc.asyncProperty(mutation, async ({ at, position, length, text, isCut }) => {
        const items = new Map(RECORDS_OF_0_1);
        const key = [...items.keys()][at % items.size]!;
        const before = items.get(key)!;
        const place = position % (before.length + 1);
        items.set(key, before.slice(0, place) + (isCut ? '' : text + before.slice(place + length)));
        const { transcript, say, problems, conversation, posts, browser } = await comeBack(wire, items);
        const shown = transcript();
        expect(KEPT).toEqual(expect.arrayContaining([...shown]));
        if (items.get(key) === before) expect(shown).toEqual(KEPT);
        else expect(problems).toEqual(['not-restored']);
        const aside = [...browser.items].filter(([each]) => each.includes('unreadable')).map(([, kept]) => kept);
        if (problems.length > 0) expect(aside).toContain(items.get(key));
        if (problems.length > 0) unreadable += 1;
        if (at % 10 === 0) {
          await say('Still there?');
          expect(transcript()).toEqual([...shown, 'Still there?: sent', REPLY]);
          expect(posts()).toHaveLength(1);
        }
        conversation.destroy();
      }),
      { numRuns: 1_000, seed: 20260203 },
    );
    expect(unreadable).toBeGreaterThan(500); // the damage was real
  }, 60_000);
});

row('F-43', 'V', (wire) => {
  it('what version 0.1 kept is shown, and goes on', async () => {
    const { transcript, say, problems, browser } = await comeBack(wire, RECORDS_OF_0_1);
    expect(transcript()).toEqual(KEPT);
    await say('Still there?');
    expect(transcript()).toEqual([...KEPT, 'Still there?: sent', REPLY]);
    expect(problems).toEqual([]);
    expect((await comeBack(wire, browser.items)).transcript()).toEqual(transcript());
  });

  it('what a newer version kept is shown as far as it is understood, and not written to', async () => {
    const newer = Array.from(RECORDS_OF_0_1, ([key, text]): [string, string] => {
      const record = JSON.parse(text.split('|').slice(2).join('|')) as object;
      return [key, sealRecord(key, { ...record, mood: 'good' }, 2)];
    });
    const { transcript, say, problems, browser } = await comeBack(wire, new Map(newer));
    expect(transcript()).toEqual(KEPT);
    await say('Still there?');
    expect(transcript()).toEqual([...KEPT, 'Still there?: sent', REPLY]);
    expect(problems).toEqual(['newer-version']);
    expect([...browser.items]).toEqual(newer);
  });
});
