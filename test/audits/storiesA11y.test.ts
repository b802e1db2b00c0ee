import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { AxeResults, RunOptions } from 'axe-core';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '../../demo/startBackend.js';
import { dressPage } from '../../stories/support/dressPage.js';
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
};

/** What a page can change while it is open: to show a story costs more than all else. */
interface View {
  readonly name: string;
  readonly theme?: 'light' | 'dark';
  readonly direction?: 'ltr' | 'rtl';
  readonly hasForcedColours?: boolean;
  readonly isPhone?: boolean;
  readonly measures?: Parameters<typeof findControlFaults>[1]['measures'];
}

const dark: View = { name: 'dark', theme: 'dark' };
const light: View = { name: 'light', measures: ['motion', 'focus'] };

const VIEWS: readonly View[] = [
  { name: 'forced colours', hasForcedColours: true, measures: ['forced colours'] },
  dark,
  { name: 'right to left', direction: 'rtl' },
  { name: '320 px wide, by finger', isPhone: true },
  light, // at the end: where the focus goes, menus close
];

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
  const page = await browser.newPage({ reducedMotion: 'reduce' }); // half faded in, everything lacks contrast
  await page.addInitScript(axe);
  await page.addInitScript(measuring);
  expect(await openStories(page, server.url, ids[0]!)).toEqual([]);
  const turnTo = await createTurner(page);
  for (const id of left) {
    for (const [index, view] of VIEWS.entries()) {
      await turnTo(view);
      const failures = index === 0 ? await showStory(page, id) : [];
      const found = [...failures, ...(await problemsOf(page, view, id))];
      problems.get(view.name)!.push(...found.map((problem) => `${id}: ${problem}`));
    }
  }
  await page.close();
}

async function problemsOf(page: Page, view: View, story: string): Promise<readonly string[]> {
  const { isPhone, measures = [] } = view;
  const { violations, incomplete } = await runAxe(page, view);
  const open = incomplete.filter((result) => !isTriaged(result, story));
  // What a finger needs is larger than what a mouse does. CSS pixels.
  const targetSize = isPhone ? 44 : 24;
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

function runAxe(page: Page, { hasForcedColours }: View): Promise<Pick<AxeResults, 'violations' | 'incomplete'>> {
  const rules = {
    'target-size': { enabled: true }, // WCAG 2.2 AA, and off by default
    'color-contrast': { enabled: !hasForcedColours }, // those are the visitor's own; axe reads ours, which are not drawn
  };
  // What passed is most of what axe says, and takes longer to bring over than to find.
  return page.evaluate(
    `axe.run(${JSON.stringify({ ...OPTIONS, rules })}).then(({ violations, incomplete }) => ({ violations, incomplete }))`,
  );
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
  const { violations } = await runAxe(page, light);
  expect(violations.map(({ id }) => id)).toContain('button-name');
  await page.close();
});

it('would find a text that is too faint in the dark alone', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.addInitScript(axe);
  const turnTo = await createTurner(page);
  expect(await openStories(page, server.url, 'message--complete')).toEqual([]);
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[data-ac="text"] p')!.style.color = '#707070';
  });
  await turnTo(light);
  expect((await runAxe(page, light)).violations).toEqual([]);
  await turnTo(dark);
  expect((await runAxe(page, dark)).violations.map(({ id }) => id)).toEqual(['color-contrast']);
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

/** As the toolbar and a change of devices do it, but without drawing the story again. */
async function createTurner(page: Page): Promise<(view: View) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async ({ theme = 'light', direction = 'ltr', hasForcedColours, isPhone = false }) => {
    await page.setViewportSize(isPhone ? { width: 320, height: 640 } : { width: 900, height: 800 });
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: isPhone });
    await page.emulateMedia({ colorScheme: theme, forcedColors: hasForcedColours ? 'active' : 'none' });
    const isCoarse = await page.evaluate<boolean>(`(${String(dressPage)})(${JSON.stringify({ theme, direction })});
      for (const root of document.querySelectorAll('[data-theme]')) root.dataset.theme = '${theme}';
      matchMedia('(pointer: coarse)').matches`);
    expect(isCoarse).toBe(isPhone);
  };
}
