import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { wholeBrowser } from '../../support/chromium.js';
import { rendererOf } from '../../support/rendererOf.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

// Playwright turns the page cache off, unless it is kept from it.
const on = useStage({}, { launch: { ...wholeBrowser, ignoreDefaultArgs: ['--disable-back-forward-cache'] } });
const kept = { storage: 'local', id: 'story' } as const;

row('F-36', 'B', (wire) => {
  /** A visitor whose tab stands still in the middle of an answer. */
  async function fallAsleep() {
    const stage = on(wire);
    const gate = createGate();
    stage.play(async function* () {
      yield say('Once upon ');
      await gate.opened;
      yield say('a time.');
    });
    const visitor = await stage.visit(kept);
    await visitor.say('A story, please');
    await visitor.sees('Once upon');
    const renderer = await rendererOf(visitor.page);
    process.kill(renderer, 'SIGSTOP');
    return { ...stage, visitor, gate, wake: () => process.kill(renderer, 'SIGCONT') };
  }

  it('an answer that was written meanwhile is there', async () => {
    const { visitor, gate, asked, wake } = await fallAsleep();
    gate.open();
    await expect.poll(() => asked().length).toBe(1);
    wake();
    await visitor.reads('Once upon a time.');
    expect(asked()).toHaveLength(1);
  });

  it('a connection that was lost meanwhile is noticed, and the answer looked for', async () => {
    const { visitor, gate, asked, front, arrivals, wake } = await fallAsleep();
    await front.use({ type: 'down' });
    gate.open();
    await front.use();
    wake();
    await visitor.reads('Once upon a time.');
    expect(arrivals('replay')).toBe(1);
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});

row('F-37', 'B', (wire) => {
  /** Goes to another page and comes back. `page.goBack()` waits for a load that does not come. */
  async function leaveAndReturn({ page }: Visit, elsewhere: string, meanwhile: () => unknown): Promise<void> {
    await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })));
    await page.goto(elsewhere);
    await meanwhile();
    await page.evaluate(() => history.back());
    await expect
      .poll(() => page.evaluate(() => 'persisted' in window && window.persisted).catch(() => null))
      .toBe(true);
  }

  it.each([
    ['goes on when it comes back', { beside: false }],
    ['has been read by another tab, and shows what that one showed', { beside: true }],
  ])('a page that was put away in the middle of an answer %s', async (_, { beside }) => {
    const stage = on(wire);
    const gate = createGate();
    stage.play(async function* ({ text }) {
      yield say(text === 'Thank you' ? 'You are welcome.' : 'Once upon ');
      if (text === 'Thank you') return;
      await gate.opened;
      yield say('a time.');
    });
    const visitor = await stage.visit(kept);
    await visitor.say('A story, please');
    await visitor.sees('Once upon');
    const other = beside ? await stage.visit({ ...kept, beside: visitor }) : null;
    await other?.sees('Once upon');
    await leaveAndReturn(visitor, `${stage.front.url}/page.js`, async () => {
      gate.open();
      await other?.reads('Once upon a time.');
    });
    await visitor.reads('Once upon a time.');
    expect(stage.asked()).toHaveLength(1);
    await visitor.say('Thank you');
    for (const tab of other ? [visitor, other] : [visitor]) await tab.reads('You are welcome.');
    expect(stage.asked()).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
  });
});
