import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { row } from '../support/row.js';
import { useStage } from '../support/useStage.js';

const on = useStage();

row('F-45', 'B', (wire) => {
  /** A visitor who has written something that has not been sent yet. Kept: the composer clears a moment after the click. */
  async function write(words: string) {
    const { asked, play, visit } = on(wire);
    play(() => [say('Once is enough')]);
    const visitor = await visit({ storage: 'local' });
    const box = visitor.page.getByRole('textbox', { name: 'Message' });
    const sent = visitor.page.locator('[data-ac="message"][data-role="user"]');
    await box.fill(words);
    return { ...visitor, asked, box, sent };
  }

  it('50 clicks are one message', async () => {
    const { page, asked, sent, box, reads } = await write('Hello');
    const { x, y, width, height } = (await page.getByRole('button', { name: 'Send' }).boundingBox())!;
    await Promise.all(Array.from({ length: 50 }, () => page.mouse.click(x + width / 2, y + height / 2)));
    await reads('Once is enough');
    expect(await sent.count()).toBe(1);
    expect(await box.inputValue()).toBe('');
    expect(asked()).toHaveLength(1);
  });

  it('50 clicks within one task are one message', async () => {
    const { page, asked, sent, reads } = await write('Hello');
    await page.getByRole('button', { name: 'Send' }).evaluate((button: HTMLButtonElement) => {
      for (let click = 0; click < 50; click += 1) button.click();
    });
    await reads('Once is enough');
    expect(await sent.count()).toBe(1);
    expect(asked()).toHaveLength(1);
  });

  it('an Enter that is held down is one message', async () => {
    const { page, asked, box, sent, reads } = await write('Hello');
    await box.focus();
    for (let times = 0; times < 20; times += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await reads('Once is enough');
    expect(await sent.count()).toBe(1);
    expect(asked()).toHaveLength(1);
  });

  it('an Enter that picks a word of an input method sends nothing; the next one does', async () => {
    const { page, context, asked, box, sent, reads } = await write('');
    await box.focus();
    const session = await context.newCDPSession(page);
    await session.send('Input.imeSetComposition', { text: 'にほんご', selectionStart: 4, selectionEnd: 4 });
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await session.send('Input.insertText', { text: '日本語' });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    expect(await box.inputValue()).toBe('日本語');
    expect(await sent.count()).toBe(0);
    await box.press('Enter');
    await reads('Once is enough');
    expect(await sent.locator('[data-ac="text"]').allInnerTexts()).toEqual(['日本語']);
    expect(asked()).toHaveLength(1);
  });
});
