import { expect, it } from 'vitest';
import { requestReview, say } from '../../../src/emulator/index.js';
import { rendererOf } from '../../support/rendererOf.js';
import { envelope } from '../../support/faultServerFaults.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Stage, type Visit, type VisitOptions } from '../support/useStage.js';

const on = useStage();
const kept = { storage: 'local', id: 'story' } as const;

/** Tabs of one visitor, of which the first leads. */
async function openTabs(stage: Stage, count: number, options: VisitOptions = {}): Promise<readonly Visit[]> {
  const tabs = [await stage.visit({ ...kept, ...options })];
  while (tabs.length < count) tabs.push(await stage.visit({ ...kept, ...options, beside: tabs[0]! }));
  return tabs;
}

async function showTheSame(tabs: readonly Visit[]): Promise<void> {
  const transcripts = () => Promise.all(tabs.map((tab) => tab.transcript()));
  await expect.poll(async () => new Set(await transcripts()).size).toBe(1);
}

const draftOf = ({ page }: Visit) => page.getByRole('textbox', { name: 'Message' }).inputValue();

row('F-34', 'B', (wire) => {
  it('decided in one tab it is decided in the other, and sent once', async () => {
    const stage = on(wire);
    stage.play(function* () {
      yield requestReview({ name: 'refund', arguments: { euros: 20 }, result: 'done' });
      yield say('It is on its way.');
    });
    const [first, second] = await openTabs(stage, 2);
    await first!.say('My money back');
    await second!.page.getByRole('button', { name: 'Approve' }).click();
    await first!.reads('It is on its way.');
    await second!.reads('It is on its way.');
    for (const { page } of [first!, second!])
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(stage.arrivals('review')).toBe(1);
    expect(stage.asked()).toHaveLength(1);
  });

  const approve = ({ page }: Visit) => page.getByRole('button', { name: 'Approve' });

  it('decided in both tabs at the same moment it is sent once', async () => {
    const stage = on(wire);
    stage.play(function* () {
      yield requestReview({ name: 'refund', arguments: { euros: 20 }, result: 'done' });
      yield say('It is on its way.');
    });
    const tabs = await openTabs(stage, 2);
    await tabs[1]!.say('My money back');
    for (const tab of tabs) await expect.poll(() => approve(tab).isEnabled()).toBe(true);
    const click = () => document.querySelector<HTMLButtonElement>('[data-ac="approve"]')?.click();
    await Promise.all(tabs.map(({ page }) => page.evaluate(click)));
    for (const tab of tabs) await tab.reads('It is on its way.');
    expect(await Promise.all(tabs.map((tab) => approve(tab).count()))).toEqual([0, 0]);
    expect(stage.arrivals('review')).toBe(1);
    await showTheSame(tabs);
  });

  it('too late: nobody is asked any more, in neither tab', async () => {
    const stage = on(wire);
    stage.play(function* () {
      yield requestReview({ name: 'refund', arguments: { euros: 20 }, result: 'done' });
    });
    stage.breaks('review', envelope(410, 'review_gone', 'no'), Infinity);
    const tabs = await openTabs(stage, 2);
    await tabs[0]!.say('My money back');
    await approve(tabs[1]!).click();
    for (const tab of tabs) {
      await expect.poll(() => approve(tab).count()).toBe(0);
      await tab.sees('Interrupted');
    }
    await showTheSame(tabs);
    expect(stage.arrivals('review')).toBe(0);
  });
});

row('F-38', 'B', (wire) => {
  it('all show the same, whichever is written in; drafts are each tab’s own', async () => {
    const stage = on(wire);
    stage.play(({ text }) => [say(`You said ${text}.`)]);
    const tabs = await openTabs(stage, 3);
    for (const [index, tab] of tabs.entries()) {
      await tab.page.getByRole('textbox', { name: 'Message' }).fill(`draft ${index}`);
    }
    await tabs[1]!.say('one');
    await tabs[0]!.reads('You said one.');
    await tabs[2]!.say('two');
    for (const tab of tabs) await tab.reads('You said two.');
    await showTheSame(tabs);
    expect(await Promise.all(tabs.map(draftOf))).toEqual(['draft 0', '', '']);
    expect(stage.asked()).toHaveLength(2);
    expect(stage.arrivals('replay') + stage.arrivals('poll')).toBe(0); // one of them streams, and tells the others
    expect(tabs.flatMap(({ errors }) => errors)).toEqual([]);
  });
});

row('F-39', 'B', (wire) => {
  const deaths: [string, (tab: Visit) => Promise<() => Promise<unknown>>][] = [
    [
      'is closed',
      async ({ page }) =>
        () =>
          page.close(),
    ],
    [
      'is killed',
      async ({ page }) => {
        const renderer = await rendererOf(page);
        return async () => process.kill(renderer, 'SIGKILL');
      },
    ],
  ];

  it.each(deaths)('%s in the middle of an answer: another goes on', async (_, prepare) => {
    const stage = on(wire);
    const gate = createGate();
    stage.play(async function* () {
      yield say('Once upon ');
      await gate.opened;
      yield say('a time.');
    });
    const [first, second, third] = await openTabs(stage, 3, { silenceMs: 60_000 }); // so that it is not silence that tells
    await third!.say('A story, please');
    await second!.sees('Once upon');
    const kill = await prepare(first!);
    const follows = () => stage.arrivals('replay') + stage.arrivals('poll');
    expect(follows()).toBe(0);
    await kill();
    await expect.poll(follows).toBe(1);
    gate.open();
    await second!.reads('Once upon a time.');
    await third!.reads('Once upon a time.');
    await showTheSame([second!, third!]);
    expect(stage.asked()).toHaveLength(1);
  });

  it.each(deaths)('%s while messages wait: each is sent once', async (_, prepare) => {
    const stage = on(wire);
    const gate = createGate();
    stage.play(async function* ({ text }) {
      if (text === 'One') await gate.opened;
      yield say(`You said ${text}.`);
    });
    const [first, second] = await openTabs(stage, 2);
    await first!.say('One');
    await expect.poll(() => stage.asked().length).toBe(1);
    await first!.say('Two');
    await second!.say('Three');
    await second!.sees('Three');
    await expect.poll(() => draftOf(second!)).toBe('');
    await (
      await prepare(first!)
    )();
    gate.open();
    await second!.reads('You said Three.');
    const order = await second!.page.getByRole('log').textContent();
    expect(order!.match(/You said \w+/g)).toEqual(['You said One', 'You said Two', 'You said Three']);
    expect(stage.asked()).toHaveLength(3);
  });
});
