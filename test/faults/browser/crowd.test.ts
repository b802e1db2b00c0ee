import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { row } from '../support/row.js';
import { useStage, type Visit } from '../support/useStage.js';

const TABS = 5;
const MESSAGES = 40;
const on = useStage();
const kept = {
  storage: 'local',
  id: 'crowd',
  context: { reducedMotion: 'reduce', viewport: { width: 400, height: 300 } },
} as const;

row('F-38', 'B', (wire) => {
  it('200 messages from 5 tabs at once: each reaches the agent once, and all tabs show the same', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const tabs: Visit[] = [];
    while (tabs.length < TABS) tabs.push(await visit({ ...kept, ...(tabs[0] ? { beside: tabs[0] } : {}) }));
    await Promise.all(
      tabs.map(async (tab, number) => {
        // Looked up once: Playwright reads the whole page for a role, and this one has 400 messages in the end.
        const box = await tab.page.getByRole('textbox', { name: 'Message' }).elementHandle();
        for (let index = 0; index < MESSAGES; index += 1) {
          await box.fill(`${number}/${index}`);
          await box.press('Enter');
          await expect.poll(() => box.inputValue(), { timeout: 20_000 }).toBe('');
        }
        await box.fill(`draft ${number}`);
      }),
    );
    await expect.poll(() => asked().length, { timeout: 40_000 }).toBe(TABS * MESSAGES);
    for (const tab of tabs) await tab.page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    const transcripts = () => Promise.all(tabs.map(({ page }) => page.getByRole('log').textContent()));
    await expect.poll(async () => new Set(await transcripts()).size).toBe(1);
    const [transcript] = await transcripts();
    const answers = transcript!.match(/You said \d+\/\d+/g);
    expect(answers).toHaveLength(TABS * MESSAGES);
    expect(new Set(answers).size).toBe(TABS * MESSAGES);
    expect(new Set(asked().map(({ messageId }) => messageId)).size).toBe(TABS * MESSAGES);
    for (const [number, tab] of tabs.entries()) {
      // What one tab said is in the order in which it was said.
      const own = answers!.filter((answer) => answer.startsWith(`You said ${number}/`));
      expect(own).toEqual(Array.from({ length: MESSAGES }, (_, index) => `You said ${number}/${index}`));
      expect(await tab.page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe(`draft ${number}`);
      expect(tab.errors).toEqual([]);
    }
  }, 120_000);
});
