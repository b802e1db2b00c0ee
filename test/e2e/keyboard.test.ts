import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../demo/startDemo.js';
import { launchChromium, openPage } from '../support/browserPage.js';

let demo: Awaited<ReturnType<typeof startDemo>>;
let browser: Browser;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ port: 0, env: {} }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** A visitor who has no mouse: `keys` are all that happens to the page. */
async function visit(agent = 'Guide') {
  const { page, complaints, close } = await openPage(browser, demo.url);
  const { keyboard } = page;
  if (agent !== 'Guide') await page.getByRole('radio', { name: agent }).focus(); // where the host's own page is walked through, its own tests tell how
  if (agent !== 'Guide') await keyboard.press('Space');

  /** Tabs until that control has the focus. */
  async function tabTo(role: Parameters<Page['getByRole']>[0], name: string | RegExp, key = 'Tab'): Promise<void> {
    const control = page.getByRole(role, { name, exact: typeof name === 'string' }).last();
    await control.waitFor();
    for (let steps = 0; steps < 60; steps += 1) {
      if (await control.evaluate((element) => element.matches(':focus'))) return;
      await keyboard.press(key);
    }
    throw new Error(`Tab never comes to ${role} "${String(name)}".`);
  }

  async function open(): Promise<void> {
    await tabTo('button', 'Open chat');
    await keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await expect.poll(() => isFocused('textbox', 'Message')).toBe(true);
  }

  const isFocused = (role: Parameters<Page['getByRole']>[0], name: string | RegExp): Promise<boolean> =>
    page
      .getByRole(role, { name, exact: typeof name === 'string' })
      .last()
      .evaluate((element) => element.matches(':focus'));

  async function ask(words: string): Promise<void> {
    await tabTo('textbox', 'Message');
    await keyboard.type(words);
    await keyboard.press('Enter');
    await page.getByRole('article', { name: 'You' }).last().getByText(words).waitFor();
  }

  const settled = () => page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  const choose = async (name: string): Promise<void> => {
    await tabTo('button', 'Menu');
    await keyboard.press('Enter');
    const item = page.getByRole(/Light|Dark|System/.test(name) ? 'menuitemradio' : 'menuitem', { name, exact: true });
    await item.waitFor();
    for (let steps = 0; steps < 20 && !(await item.evaluate((element) => element.matches(':focus'))); steps += 1)
      await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
  };
  return { page, keyboard, complaints, close, tabTo, open, isFocused, ask, settled, choose };
}

describe('with nothing but a keyboard, a visitor', () => {
  it('opens, sends, closes with Escape and opens again where everything still is', async () => {
    const { page, keyboard, complaints, close, open, ask, settled, isFocused } = await visit();
    await open();
    await ask('How do I start?');
    await settled();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await isFocused('button', 'Open chat')).toBe(true);
    await keyboard.press('Enter');
    await page.getByRole('log').getByText('How do I start?').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('moves between transcript and composer with F6', async () => {
    const { keyboard, close, open, ask, settled, isFocused } = await visit();
    await open();
    await ask('How do I start?');
    await settled();
    await keyboard.press('F6');
    expect(await isFocused('log', 'Conversation')).toBe(true);
    await keyboard.press('F6');
    expect(await isFocused('textbox', 'Message')).toBe(true);
    await close();
  });

  it('stops an answer', async () => {
    const { page, keyboard, close, open, ask, tabTo } = await visit('Markdown');
    await open();
    await ask('Show me everything');
    await page.locator('[data-ac="message"][data-role="agent"] [data-ac="text"]').first().waitFor();
    await tabTo('button', 'Stop');
    await keyboard.press('Enter');
    await page.getByText('Stopped').waitFor();
    await close();
  });

  it('tries a failed answer again', async () => {
    const { page, keyboard, close, open, ask, tabTo } = await visit('Failure');
    await open();
    await ask('Please fail');
    await tabTo('button', 'Retry', 'Shift+Tab');
    await keyboard.press('Enter');
    await expect.poll(() => page.getByRole('article', { name: 'You' }).count()).toBe(2);
    await close();
  });

  it.each([
    ['Approve', /Done:/],
    ['Reject', /not refunded/],
  ])('decides: %s', async (decision, answer) => {
    const { page, keyboard, close, open, ask, tabTo } = await visit('Review');
    await open();
    await ask('Refund my order');
    const button = page.getByRole('button', { name: decision });
    await button.waitFor();
    await expect.poll(() => button.isEnabled()).toBe(true);
    await tabTo('button', decision, 'Shift+Tab');
    await keyboard.press('Enter');
    await page.getByRole('log').getByText(answer).waitFor();
    await close();
  });

  it('copies an answer', async () => {
    const { page, keyboard, close, open, ask, settled, tabTo } = await visit();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open();
    await ask('How do I start?');
    await settled();
    await tabTo('button', 'Copy', 'Shift+Tab');
    await keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('npm');
    await close();
  });

  it('is asked before a link leaves the site, and comes back to it with Escape', async () => {
    const { page, keyboard, close, open, ask, settled, tabTo } = await visit('Markdown');
    await open();
    await ask('Show me everything');
    await settled();
    const link = page.getByRole('log').getByRole('link').last();
    const name = await link.innerText();
    await tabTo('link', name, 'Shift+Tab');
    await keyboard.press('Enter');
    await page.getByRole('dialog', { name: /leave|open|link/i }).waitFor();
    await keyboard.press('Escape');
    await expect.poll(() => link.evaluate((element) => element.matches(':focus'))).toBe(true);
    await close();
  });

  it('attaches a file', async () => {
    const { page, keyboard, close, open, tabTo } = await visit();
    await open();
    await tabTo('button', 'Attach files');
    const chooser = page.waitForEvent('filechooser');
    await keyboard.press('Enter');
    await (await chooser).setFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('water the fern') });
    await page.getByText('plan.txt').waitFor();
    await close();
  });

  it('chooses a theme', async () => {
    const { page, close, open, choose } = await visit();
    await open();
    await choose('Dark');
    await expect.poll(() => page.locator('[data-theme]').first().getAttribute('data-theme')).toBe('dark');
    await close();
  });
});
