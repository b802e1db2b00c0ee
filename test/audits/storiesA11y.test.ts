import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import type { AxeResults, RunOptions } from 'axe-core';
import { Hono } from 'hono';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../demo/startBackend.js';
import { launchChromium } from '../support/browserPage.js';
import { findControlFaults } from '../support/findControlFaults.js';
import { isTriaged } from '../support/triagedIncompletes.js';

const built = fileURLToPath(new URL('../../storybook-static', import.meta.url));
const measuring = `globalThis.findControlFaults = ${String(findControlFaults)}`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
  resultTypes: ['violations', 'incomplete'],
  rules: {
    'target-size': { enabled: true }, // WCAG 2.2 AA, and off by default
    // A story shows a piece of a page: the landmarks and the first heading are the page's.
    'landmark-one-main': { enabled: false },
    'page-has-heading-one': { enabled: false },
    region: { enabled: false },
  },
};

interface View {
  readonly name: string;
  readonly globals?: string;
  readonly context?: BrowserContextOptions;
  readonly withoutContrast?: boolean;
  /** What a finger needs is larger than what a mouse does. CSS pixels; default 24. */
  readonly targetSize?: number;
  readonly measures?: Parameters<typeof findControlFaults>[1]['measures'];
}

const VIEWS: readonly View[] = [
  { name: 'light', measures: ['motion', 'focus'] },
  { name: 'dark', globals: 'theme:dark', context: { colorScheme: 'dark' } },
  // The colours are the visitor's own there; axe reads ours, which are not drawn.
  {
    name: 'forced colours',
    context: { forcedColors: 'active' },
    withoutContrast: true,
    measures: ['forced colours'],
  },
  { name: 'right to left', globals: 'direction:rtl' },
  {
    name: '320 px wide, by finger',
    context: { viewport: { width: 320, height: 640 }, hasTouch: true },
    targetSize: 44,
  },
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

beforeAll(async () => {
  server = await listen(new Hono().use('*', serveStatic({ root: built })).fetch, 0);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe.concurrent('no story has an accessibility problem', () => {
  it.each(VIEWS)(
    '$name',
    async ({ name, globals = '', context: given, withoutContrast = false, targetSize = 24, measures = [] }) => {
      const options = { ...OPTIONS, rules: { ...OPTIONS.rules, 'color-contrast': { enabled: !withoutContrast } } };
      const context = await browser.newContext({
        viewport: { width: 900, height: 800 },
        reducedMotion: 'reduce', // half faded in, everything lacks contrast
        ...given,
      });
      const page = await context.newPage();
      await page.addInitScript(axe);
      await page.addInitScript(measuring);
      await page.goto(`${server.url}/iframe.html?id=${ids[0]}&viewMode=story&globals=${globals}`);
      await untilShown(page, ids[0]!);
      expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(targetSize === 44);
      const problems: string[] = [];
      for (const id of ids) {
        if (id !== ids[0]) await show(page, id);
        const { violations, incomplete } = await page.evaluate<AxeResults>(
          `axe.run('#storybook-root', ${JSON.stringify(options)})`,
        );
        const open = incomplete.filter((result) => !isTriaged(result));
        for (const { id: rule, help, nodes } of [...violations, ...open])
          problems.push(
            `${name}, ${id}: ${rule} (${help})\n  ${nodes.map(({ html }) => html.slice(0, 160)).join('\n  ')}`,
          );
        const faults = await page.evaluate<string[]>(
          `findControlFaults(document.querySelector('#storybook-root'), ${JSON.stringify({ targetSize, measures })})`,
        );
        problems.push(...faults.map((fault) => `${name}, ${id}: ${fault}`));
      }
      expect(problems).toEqual([]);
      await context.close();
    },
  );
});

it('would find a problem', async () => {
  const page = await browser.newPage();
  await page.addInitScript(axe);
  await page.goto(`${server.url}/iframe.html?id=${ids[0]}&viewMode=story`);
  await untilShown(page, ids[0]!);
  await page.evaluate(() => document.querySelector('#storybook-root')!.append(document.createElement('button')));
  const { violations } = await page.evaluate<AxeResults>(`axe.run('#storybook-root', ${JSON.stringify(OPTIONS)})`);
  expect(violations.map(({ id }) => id)).toContain('button-name');
  await page.close();
});

interface StorybookWindow {
  readonly __STORYBOOK_ADDONS_CHANNEL__: { emit(event: string, told: unknown): void };
  readonly __STORYBOOK_PREVIEW__?: { readonly currentRender?: { readonly id: string; readonly phase?: string } };
}

/** Another story in the same page, which is ten times faster than another page. */
async function show(page: Page, id: string): Promise<void> {
  await page.evaluate((storyId) => {
    const { __STORYBOOK_ADDONS_CHANNEL__: channel } = window as unknown as StorybookWindow;
    channel.emit('setCurrentStory', { storyId, viewMode: 'story' });
  }, id);
  await untilShown(page, id);
}

async function untilShown(page: Page, id: string): Promise<void> {
  const phase = await page.waitForFunction((storyId) => {
    const render = (window as unknown as StorybookWindow).__STORYBOOK_PREVIEW__?.currentRender;
    return render?.id === storyId && /^(finished|errored|aborted)$/.test(render.phase ?? '') && render.phase;
  }, id);
  expect(await phase.jsonValue(), id).toBe('finished');
}
