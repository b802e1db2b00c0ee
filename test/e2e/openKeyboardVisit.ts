import type { Browser, BrowserContextOptions, Page, Request } from 'playwright';
import { expect } from 'vitest';
import { openPage } from '../support/browserPage.js';

type Role = Parameters<Page['getByRole']>[0];

/** A visitor who has no mouse. */
export interface KeyboardVisit {
  readonly page: Page;
  /** The messages that were sent. */
  readonly posts: readonly Request[];
  /** What the console said, and every control whose focus cannot be seen or was lost to the page; each once. */
  faults(): Promise<readonly string[]>;
  press(key: string): Promise<void>;
  /** Tabs until that control has the focus. */
  tabTo(role: Role, name: string | RegExp, key?: 'Tab' | 'Shift+Tab'): Promise<void>;
  /** Opens the chat if it is closed, and goes to the composer. */
  open(): Promise<void>;
  isFocused(role: Role, name: string | RegExp): Promise<boolean>;
  /** Writes and sends. */
  ask(words: string): Promise<void>;
  /** Waits until the answer is complete. */
  settled(): Promise<void>;
  /** Opens the menu, and chooses there. */
  choose(name: string): Promise<void>;
}

/** The demo's page in which the chat is React's, or the one where it is a script tag's, on preact. */
export type DemoPage = 'React' | 'Script tag';

/** Agents by the name that the demo's React page calls them. */
const AGENTS: Readonly<Record<string, string>> = { Markdown: 'markdown', Failure: 'fails-midway', Review: 'review' };

/** A page of the demo, with a watch on where the focus is. */
export async function openKeyboardVisit(
  browser: Browser,
  url: string,
  demoPage: DemoPage,
  agent: string,
  options: BrowserContextOptions = {},
): Promise<KeyboardVisit> {
  const address = demoPage === 'React' ? url : `${url}/script-tag`;
  const { page, complaints, posts } = await openPage(browser, address, options);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  page.on('filechooser', (chooser) => {
    void chooser.setFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('water the fern') });
  });
  await page.evaluate(watchFocus);
  const { keyboard } = page;
  const find = (role: Role, name: string | RegExp) =>
    page.getByRole(role, { name, exact: typeof name === 'string' }).last();
  const isFocused = (role: Role, name: string | RegExp): Promise<boolean> =>
    find(role, name).evaluate((element) => element.matches(':focus'));

  async function tabTo(role: Role, name: string | RegExp, key = 'Tab'): Promise<void> {
    const control = find(role, name);
    await control.waitFor();
    for (let steps = 0; steps < 60; steps += 1) {
      if (await control.evaluate((element) => element.matches(':focus'))) return;
      await keyboard.press(key);
    }
    throw new Error(`${key} never comes to ${role} "${String(name)}".`);
  }

  if (agent !== 'Guide' && demoPage === 'Script tag') {
    await page.evaluate((key) => window.AgentChat!('boot', { url: '/api/agent-chat', agent: key }), AGENTS[agent]!);
  } else if (agent !== 'Guide') {
    // Where the host's own page is walked through, its own tests tell how.
    await page.getByRole('radio', { name: agent }).focus();
    await keyboard.press('Space');
  }
  return {
    page,
    posts,
    tabTo,
    isFocused,
    press: (key) => keyboard.press(key),
    async settled() {
      const newest = page.locator('[data-ac="message"]').last();
      await expect.poll(() => newest.getAttribute('data-status'), { timeout: 30_000 }).toBe('completed');
    },
    async faults() {
      const unexpected = complaints.filter((complaint) => !complaint.startsWith('AgentChatError')); // agents that fail say so
      return [...unexpected, ...(await page.evaluate(() => [...(window as WatchedWindow).focusFaults!]))];
    },
    async open() {
      if (await page.getByRole('dialog').isHidden()) {
        await tabTo('button', 'Open chat');
        await keyboard.press('Enter');
        await page.getByRole('textbox', { name: 'Message' }).waitFor();
        await expect.poll(() => isFocused('textbox', 'Message')).toBe(true);
      } else await tabTo('textbox', 'Message');
    },
    async ask(words) {
      await tabTo('textbox', 'Message');
      await keyboard.type(words);
      await keyboard.press('Enter');
      await page.getByRole('article', { name: 'You' }).last().getByText(words).waitFor();
    },
    async choose(name) {
      await tabTo('button', 'Menu', 'Shift+Tab');
      await keyboard.press('Enter');
      const item = page.getByRole(/Light|Dark|System/.test(name) ? 'menuitemradio' : 'menuitem', { name, exact: true });
      await item.waitFor();
      await expect.poll(() => page.getByRole('menu').evaluate((menu) => menu.matches(':focus-within'))).toBe(true);
      for (let steps = 0; steps < 20 && !(await item.evaluate((element) => element.matches(':focus'))); steps += 1)
        await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
    },
  };
}

interface WatchedWindow extends Window {
  focusFaults?: Set<string>;
}

/** Runs in the page. Looks at the focus in every frame from the first control that has it. */
function watchFocus(): void {
  const faults = new Set<string>();
  (window as WatchedWindow).focusFaults = faults;
  let last: Element | null = null;
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent).slice(0, 40)}"`;
  const isMarked = (element: Element): boolean => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
  };
  /** What the host's page shows is its own. The ring is around it, or around the field that it is the inner part of; a heading that is only gone to for reading has none. */
  const isVisible = (element: Element): boolean =>
    element.closest('[data-ac="root"]') === null ||
    element.matches('[tabindex="-1"]:not([role])') ||
    isMarked(element) ||
    (element.parentElement?.matches(':focus-within') === true && isMarked(element.parentElement));
  function look(): void {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    if (focused !== document.body && focused !== null) {
      if (focused !== last && !isVisible(focused)) faults.add(`${nameOf(focused)} does not show that it has the focus`);
      last = focused;
    } else if (last) faults.add(`the focus was lost with ${nameOf(last)}`);
    requestAnimationFrame(look);
  }
  look();
}
