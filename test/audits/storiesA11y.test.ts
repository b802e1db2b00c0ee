import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { AxeResults, RunOptions } from 'axe-core';
import { Hono } from 'hono';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '../../demo/startBackend.js';
import { launchChromium } from '../support/browserPage.js';
import { findControlFaults } from '../support/findControlFaults.js';
import { openStories, showStory } from '../support/storyPage.js';
import { isTriaged } from '../support/triagedIncompletes.js';

const built = fileURLToPath(new URL('../../storybook-static', import.meta.url));
const measuring = `globalThis.findControlFaults = ${String(findControlFaults)}`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations', 'incomplete'],
  rules: { 'target-size': { enabled: true } }, // WCAG 2.2 AA, and off by default
};

interface View {
  readonly name: string;
  readonly theme?: 'light' | 'dark';
  readonly direction?: 'ltr' | 'rtl';
  readonly hasForcedColours?: boolean;
  readonly measures?: Parameters<typeof findControlFaults>[1]['measures'];
}

interface Device {
  readonly context: BrowserContextOptions;
  /** What a finger needs is larger than what a mouse does. CSS pixels. */
  readonly targetSize: number;
  /** What a page can change while it is open: to show a story costs more than all else. */
  readonly views: readonly View[];
}

const DEVICES: readonly Device[] = [
  {
    context: { viewport: { width: 900, height: 800 } },
    targetSize: 24,
    views: [
      // The first one: nothing changes in it but the media, so that the story of before is not drawn again.
      { name: 'forced colours', hasForcedColours: true, measures: ['forced colours'] },
      { name: 'dark', theme: 'dark' },
      { name: 'right to left', direction: 'rtl' },
      // The last one: where the focus goes, menus close.
      { name: 'light', measures: ['motion', 'focus'] },
    ],
  },
  {
    context: { viewport: { width: 320, height: 640 }, hasTouch: true },
    targetSize: 44,
    views: [{ name: '320 px wide, by finger' }],
  },
];
const VIEWS = DEVICES.flatMap(({ views }) => views);

interface Entry {
  readonly id: string;
  readonly type: string;
}

const { entries } = JSON.parse(readFileSync(`${built}/index.json`, 'utf8')) as {
  readonly entries: Readonly<Record<string, Entry>>;
};
const ids = Object.values(entries).flatMap(({ id, type }) => (type === 'story' ? [id] : []));

let browser: Browser;
let server: { readonly url: string; close(): Promise<void> };
/** By the view's name. */
const problems = new Map<string, string[]>(VIEWS.map(({ name }) => [name, []]));

beforeAll(async () => {
  server = await listen(new Hono().use('*', serveStatic({ root: built })).fetch, 0);
  browser = await launchChromium();
  // Two at a time take the stories one after the other, each where the other has not been.
  const left = ids.values();
  await Promise.all([inspect(left), inspect(left)]);
}, 300_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function inspect(left: Iterable<string>): Promise<void> {
  const pages = await Promise.all(DEVICES.map((device) => open(device)));
  for (const id of left) {
    for (const [index, page] of pages.entries()) await inspectOn(DEVICES[index]!, page, id);
  }
  await Promise.all(pages.map((page) => page.context().close()));
}

async function open({ context: given, targetSize }: Device): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...given }); // half faded in, everything lacks contrast
  const page = await context.newPage();
  await page.addInitScript(axe);
  await page.addInitScript(measuring);
  expect(await openStories(page, server.url, ids[0]!)).toEqual([]);
  expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(targetSize === 44);
  return page;
}

async function inspectOn({ views, targetSize }: Device, page: Page, id: string): Promise<void> {
  for (const [index, view] of views.entries()) {
    if (views.length > 1) await turnTo(page, view, views.at(index - 1)!);
    const failures = index === 0 ? await showStory(page, id) : [];
    const found = [...failures, ...(await problemsOf(page, view, targetSize, id))];
    problems.get(view.name)!.push(...found.map((problem) => `${id}: ${problem}`));
  }
}

async function problemsOf(
  page: Page,
  { hasForcedColours, measures = [] }: View,
  targetSize: number,
  story: string,
): Promise<readonly string[]> {
  // Forced colours are the visitor's own; axe reads ours, which are not drawn.
  const rules = { ...OPTIONS.rules, 'color-contrast': { enabled: !hasForcedColours } };
  // What passed is most of what axe says, and takes longer to bring over than to find.
  const { violations, incomplete } = await page.evaluate<Pick<AxeResults, 'violations' | 'incomplete'>>(
    `axe.run(${JSON.stringify({ ...OPTIONS, rules })}).then(({ violations, incomplete }) => ({ violations, incomplete }))`,
  );
  const open = incomplete.filter((result) => !isTriaged(result, story));
  const faults = await page.evaluate<string[]>(
    `findControlFaults(document.querySelector('#storybook-root'), ${JSON.stringify({ targetSize, measures })})`,
  );
  return [
    ...[...violations, ...open].map(
      ({ id, help, nodes }) => `${id} (${help})\n  ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`,
    ),
    ...faults,
  ];
}

it.each(VIEWS)('no story has an accessibility problem: $name', ({ name }) => {
  expect(problems.get(name)).toEqual([]);
});

it('gives the pages of documentation their landmark and heading', async () => {
  const page = await browser.newPage();
  await page.addInitScript(axe);
  await page.goto(`${server.url}/iframe.html?id=controls--docs&viewMode=docs`);
  await page.getByRole('heading', { name: 'Controls', exact: true }).waitFor();
  const { passes, violations } = await page.evaluate<AxeResults>(
    `axe.run({ runOnly: ['landmark-one-main', 'page-has-heading-one', 'region'] })`,
  );
  expect(violations).toEqual([]);
  expect(passes.map(({ id }) => id).sort()).toEqual(['landmark-one-main', 'page-has-heading-one', 'region']);
  await page.close();
});

it('would find a problem', async () => {
  const page = await browser.newPage();
  await page.addInitScript(axe);
  expect(await openStories(page, server.url, ids[0]!)).toEqual([]);
  await page.evaluate(() => document.querySelector('#storybook-root')!.append(document.createElement('button')));
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(OPTIONS)})`);
  expect(violations.map(({ id }) => id)).toContain('button-name');
  await page.close();
});

it('would find a story that does not come to what it is about', async () => {
  const page = await browser.newPage();
  const story = 'message--rated';
  expect(ids).toContain(story);
  // Its play clicks.
  await page.addInitScript(() => {
    HTMLElement.prototype.click = () => {
      throw new Error('planted');
    };
  });
  expect(await openStories(page, server.url, story)).toEqual([expect.stringContaining('planted')]);
  expect(await showStory(page, ids[0]!)).toEqual([]);
  expect(await showStory(page, story)).toEqual([expect.stringContaining('planted')]);
  await page.close();
});

interface StorybookWindow {
  readonly __STORYBOOK_ADDONS_CHANNEL__: {
    emit(event: string, told: unknown): void;
    once(event: string, listener: () => void): void;
  };
}

async function turnTo(page: Page, view: View, before: View): Promise<void> {
  const { theme = 'light', direction = 'ltr', hasForcedColours } = view;
  await page.emulateMedia({ colorScheme: theme, forcedColors: hasForcedColours ? 'active' : 'none' });
  if (view.theme === before.theme && view.direction === before.direction) return;
  await page.evaluate(
    (globals) =>
      new Promise<void>((resolve) => {
        const { __STORYBOOK_ADDONS_CHANNEL__: channel } = window as unknown as StorybookWindow;
        channel.once('storyRendered', resolve);
        channel.emit('updateGlobals', { globals });
      }),
    { theme, direction },
  );
}
