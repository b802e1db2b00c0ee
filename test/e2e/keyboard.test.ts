import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../demo/startDemo.js';
import { launchChromium } from '../support/browserPage.js';
import { openKeyboardVisit, type DemoPage, type KeyboardVisit } from './openKeyboardVisit.js';

/** The script tag's, whose order of effects and events most other tests do not have; `DEMO_PAGE=React` walks through the other. */
const demoPage: DemoPage = process.env.DEMO_PAGE === 'React' ? 'React' : 'Script tag';

let demo: Awaited<ReturnType<typeof startDemo>>;
let browser: Browser;
let current: KeyboardVisit | undefined;
const visits = new Map<string, Promise<KeyboardVisit>>();

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ port: 0, env: {} }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});
afterEach(async () => {
  if (!current) return;
  const { page, press, isFocused, faults } = current;
  // However a journey ended: Escape closes the chat, and gives the focus back to its button.
  if (await page.getByRole('dialog').isVisible()) await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await isFocused('button', 'Open chat')).toBe(true);
  expect(await faults()).toEqual([]);
});

/** One page for each agent; every journey begins with the chat open, in the composer. */
async function visit(agent = 'Guide'): Promise<KeyboardVisit> {
  const opened = visits.get(agent) ?? openKeyboardVisit(browser, demo.url, demoPage, agent);
  visits.set(agent, opened);
  current = await opened;
  await current.open();
  return current;
}

const answers = (page: Page) => page.getByRole('article', { name: 'Guide' });
const questions = (page: Page) => page.getByRole('article', { name: 'You' });

describe('with nothing but a keyboard, a visitor', () => {
  it('opens the chat, and is in the composer', async () => {
    const { isFocused } = await visit();
    expect(await isFocused('textbox', 'Message')).toBe(true);
  });

  it('sends a message', async () => {
    const { page, ask, settled, isFocused } = await visit();
    await ask('How do I start?');
    await settled();
    await expect.poll(() => answers(page).last().innerText()).toContain('npm');
    expect(await isFocused('textbox', 'Message')).toBe(true);
  });

  it('copies an answer', async () => {
    const { page, press, ask, settled, tabTo } = await visit();
    await ask('How do I start?');
    await settled();
    await tabTo('button', 'Copy', 'Shift+Tab');
    await press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('npm');
  });

  it('attaches a file', async () => {
    const { page, press, tabTo, isFocused } = await visit();
    await tabTo('button', 'Attach files', 'Shift+Tab');
    await press('Enter');
    await page.getByText('plan.txt').waitFor();
    await tabTo('button', 'Remove plan.txt', 'Shift+Tab');
    await press('Enter');
    await page.getByText('plan.txt').waitFor({ state: 'detached' });
    await expect.poll(() => isFocused('textbox', 'Message')).toBe(true);
  });

  it('chooses a theme', async () => {
    const { page, choose, press, isFocused } = await visit();
    await choose('Dark');
    await expect.poll(() => page.locator('[data-theme]').first().getAttribute('data-theme')).toBe('dark');
    await press('Escape');
    expect(await isFocused('button', 'Menu')).toBe(true);
  });

  it('begins a new conversation', async () => {
    const { page, ask, settled, tabTo, press, isFocused } = await visit();
    await ask('How do I start?');
    await settled();
    await tabTo('button', 'New conversation', 'Shift+Tab');
    await press('Enter');
    await page.getByText('Ask me about this library').waitFor();
    expect(await questions(page).count()).toBe(0);
    expect(await isFocused('textbox', 'Message')).toBe(true);
  });

  it('goes back to an earlier conversation', async () => {
    const { page, ask, settled, tabTo, press, choose, isFocused } = await visit();
    await ask('Which licence is it?');
    await settled();
    await tabTo('button', 'New conversation', 'Shift+Tab');
    await press('Enter');
    await choose('Conversations');
    await expect.poll(() => isFocused('heading', 'Conversations')).toBe(true);
    await tabTo('button', /^Which licence/);
    await press('Enter');
    await questions(page).getByText('Which licence is it?').waitFor();
    await expect.poll(() => isFocused('textbox', 'Message')).toBe(true);
  });

  it('closes the chat with Escape, and is on its button', async () => {
    const { page, press, isFocused } = await visit();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await isFocused('button', 'Open chat')).toBe(true);
  });

  it('opens it again where everything still is', async () => {
    const { page, press, ask, settled, open } = await visit();
    await ask('And how do I close it?');
    await settled();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await open();
    await questions(page).getByText('And how do I close it?').waitFor();
  });

  it('moves between transcript and composer with F6', async () => {
    const { press, isFocused } = await visit();
    await press('F6');
    expect(await isFocused('log', 'Conversation')).toBe(true);
    await press('F6');
    expect(await isFocused('textbox', 'Message')).toBe(true);
  });

  it('is asked before a link leaves the site, and comes back to it with Escape', async () => {
    const { page, press, ask, settled, tabTo } = await visit('Markdown');
    await ask('Show me everything');
    await settled();
    const link = page.getByRole('log').getByRole('link').last();
    const name = await link.innerText();
    await tabTo('link', name, 'Shift+Tab');
    await press('Enter');
    await page.getByRole('dialog', { name: /leave|open|link/i }).waitFor();
    await press('Escape');
    await expect.poll(() => link.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('stops an answer', async () => {
    const { page, press, ask, tabTo, isFocused } = await visit('Markdown');
    await ask('Show me everything');
    // This answer, not the one before it: stopped before its first word there is nothing of it to be seen.
    await page.locator('[data-ac="message"][data-status="working"] [data-ac="text"]').first().waitFor();
    await tabTo('button', 'Stop');
    await press('Enter');
    await page.getByRole('log').getByText('Stopped').waitFor(); // it is said, too
    expect(await isFocused('textbox', 'Message')).toBe(true);
  });

  it('tries a failed answer again', async () => {
    const { page, press, ask, tabTo } = await visit('Failure');
    await ask('Please fail');
    await tabTo('button', 'Retry', 'Shift+Tab');
    await press('Enter');
    await expect.poll(() => questions(page).count()).toBe(2);
  });

  it.each([
    ['approves', 'Approve', /Done:/],
    ['rejects', 'Reject', /not refunded/],
  ])('%s what the agent wants to do', async (_, decision, answer) => {
    const { page, press, ask, tabTo } = await visit('Review');
    await ask('Refund my order');
    const button = page.getByRole('button', { name: decision });
    await button.waitFor();
    await expect.poll(() => button.isEnabled()).toBe(true);
    await tabTo('button', decision, 'Shift+Tab');
    await press('Enter');
    await page.getByRole('log').getByText(answer).last().waitFor();
  });
});

describe('what the browser hands over', () => {
  it('a picture that is pasted goes with the message', async () => {
    const { page, press } = await visit();
    await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
      canvas.getContext('2d')!.fillRect(0, 0, 8, 8);
      const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture! })]);
    });
    await press('Control+V');
    const attached = page.getByRole('list', { name: 'Attached files' });
    await attached.getByRole('button', { name: /^Remove/ }).click();
    await attached.waitFor({ state: 'detached' });
  });

  it('a file that is dropped on the panel goes with the message', async () => {
    const { page, press, tabTo } = await visit();
    const session = await page.context().newCDPSession(page);
    const { x, y } = (await page.getByRole('dialog').boundingBox())!;
    const data = { items: [], files: [fileURLToPath(import.meta.url)], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: x + 50, y: y + 50, data });
    await page.getByText('Drop files to attach them').waitFor();
    await session.send('Input.dispatchDragEvent', { type: 'drop', x: x + 50, y: y + 50, data });
    // A kind of file that is not taken, and it says so: it has arrived, and was looked at.
    await page.getByRole('alert').getByText('keyboard.test.ts').waitFor();
    await page.getByText('Drop files to attach them').waitFor({ state: 'detached' });
    await tabTo('button', 'Dismiss', 'Shift+Tab');
    await press('Enter');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('Enter belongs to the input method as long as it composes, and to the message after that', async () => {
    const { page, posts, press } = await visit();
    const sent = posts.length;
    const session = await page.context().newCDPSession(page);
    const composer = page.getByRole('textbox', { name: 'Message' });
    const pick = () =>
      session.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        key: 'Enter',
        code: 'Enter',
        windowsVirtualKeyCode: 229,
      });
    await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await pick();
    expect(await composer.inputValue()).toBe('にほん');
    await session.send('Input.insertText', { text: '日本' });
    await pick(); // Safari tells of the key after the composition
    expect(await composer.inputValue()).toBe('日本');
    expect(posts).toHaveLength(sent);
    await press('Enter');
    await questions(page).getByText('日本', { exact: true }).waitFor();
  });

  it('a phone’s keyboard takes half of the screen, and the composer is above it', async () => {
    const phone = { viewport: { width: 375, height: 720 }, isMobile: true, hasTouch: true };
    const { page, open } = await openKeyboardVisit(browser, demo.url, demoPage, 'Guide', phone);
    await open();
    const bottomOf = async (part: string) => {
      const box = (await page.locator(`[data-ac="${part}"]`).boundingBox())!;
      return Math.round(box.y + box.height);
    };
    await expect.poll(() => bottomOf('panel')).toBe(720);
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, 'height', { value: 380, configurable: true });
      visualViewport!.dispatchEvent(new Event('resize'));
    });
    await expect.poll(() => bottomOf('panel')).toBe(380);
    expect(await bottomOf('composer')).toBeLessThanOrEqual(380);
    expect((await page.getByRole('log').boundingBox())!.height).toBeGreaterThan(60);
    await page.context().close();
  });
});
