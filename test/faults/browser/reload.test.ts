import { expect, it } from 'vitest';
import { callClientTool, say } from '../../../src/emulator/index.js';
import { refuse, type Fault } from '../../support/faultServerFaults.js';
import { row } from '../support/row.js';
import { keptBy } from '../support/keptBy.js';
import { createGate, useStage } from '../support/useStage.js';

const on = useStage();
const kept = { storage: 'local' } as const;

row('F-33', 'B', (wire) => {
  it.each([
    ['allowed', 'Approve', 2],
    ['forbidden', 'Reject', 1],
  ] as const)('a second run is asked for, and %s', async (_, button, runs) => {
    const { asked, play, visit } = on(wire);
    play(({ toolResults }) =>
      toolResults.length > 0
        ? [say(`So: ${JSON.stringify(toolResults[0]!.result)}`)]
        : [callClientTool({ name: 'open_cart' })],
    );
    const visitor = await visit(kept);
    await visitor.say('Open my cart');
    await expect.poll(() => visitor.page.evaluate(() => window.ran())).toBe(1);
    await visitor.page.reload();
    await visitor.page.getByRole('log').getByText('may have been done already').waitFor();
    expect(await visitor.page.evaluate(() => window.ran())).toBe(1);
    await visitor.page.getByRole('button', { name: button }).click();
    await expect.poll(() => visitor.page.evaluate(() => window.ran())).toBe(runs);
    if (runs === 2) await visitor.page.evaluate(() => window.finishTool());
    await visitor.reads(/^So: /);
    expect(asked()).toHaveLength(2); // the question, and one result
  });
});

row('F-35', 'B', (wire) => {
  /** An agent that stops in the middle until it is told to go on. */
  function tellStory() {
    const stage = on(wire);
    const [beginning, end, last] = [createGate(), createGate(), createGate()];
    stage.play(async function* () {
      await beginning.opened;
      yield say('Once upon ');
      await end.opened;
      yield say('a time.');
      await last.opened;
    });
    return { ...stage, beginning, end, last };
  }

  it('before the message left: it leaves now, once', async () => {
    const { asked, breaks, visit, beginning, end, last } = tellStory();
    const lost = createGate();
    const neverArrives: Fault = () => (lost.open(), new Promise(() => undefined));
    breaks('send', neverArrives);
    for (const gate of [beginning, end, last]) gate.open();
    const visitor = await visit(kept);
    // With the card comes the proxy's epoch, without which no receipt proves anything, and the message would rightly be uncertain.
    await visitor.page.getByText('Ada', { exact: true }).first().waitFor();
    await visitor.say('A story, please');
    // Reloaded any sooner, the page would have sent nothing yet, and what it sends next would be lost instead.
    await lost.opened;
    await visitor.page.reload();
    await visitor.reads('Once upon a time.');
    expect(asked()).toHaveLength(1);
  });

  it('before the agent said anything', async () => {
    const { asked, visit, beginning, end, last } = tellStory();
    const visitor = await visit(kept);
    await visitor.say('A story, please');
    await expect.poll(() => asked().length).toBe(1);
    await visitor.page.reload();
    await visitor.sees('A story, please');
    for (const gate of [beginning, end, last]) gate.open();
    await visitor.reads('Once upon a time.');
    expect(asked()).toHaveLength(1);
  });

  it('after the first words: they are there at once', async () => {
    const { front, asked, breaks, visit, beginning, end, last } = tellStory();
    beginning.open();
    const visitor = await visit(kept);
    await visitor.say('A story, please');
    await visitor.sees('Once upon');
    await expect.poll(() => keptBy(visitor)).toContain('Once upon');
    for (const kind of ['replay', 'poll', 'receipt'] as const) breaks(kind, refuse, Infinity);
    await visitor.page.reload();
    await visitor.sees('Once upon');
    await visitor.isNotified("Can't connect. Trying again…");
    front.clear();
    end.open();
    last.open();
    await visitor.reads('Once upon a time.');
    expect(asked()).toHaveLength(1);
  });

  it('before the last event', async () => {
    const { asked, visit, beginning, end, last } = tellStory();
    beginning.open();
    end.open();
    const visitor = await visit(kept);
    await visitor.say('A story, please');
    await visitor.sees('Once upon a time.');
    await visitor.page.reload();
    await visitor.sees('A story, please');
    last.open();
    await visitor.reads('Once upon a time.');
    expect(asked()).toHaveLength(1);
  });

  it('after the end', async () => {
    const { asked, visit, beginning, end, last } = tellStory();
    for (const gate of [beginning, end, last]) gate.open();
    const visitor = await visit(kept);
    await visitor.say('A story, please');
    await visitor.reads('Once upon a time.');
    // As text: what is off the screen has not been laid out yet.
    const transcript = () => visitor.page.getByRole('log').textContent();
    const before = await transcript();
    await visitor.page.reload();
    await visitor.reads('Once upon a time.');
    await expect.poll(transcript).toBe(before);
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});
