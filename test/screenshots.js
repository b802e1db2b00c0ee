// @ts-check
// `npm run screenshots`: every story as a picture, in six views, each looked over for what a reviewer would circle, and its contrasts measured.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { chromium } from 'playwright';
import { launchOptions } from './support/chromium.js';
import { listen } from '../demo/startBackend.js';
import { findLayoutFaults } from './support/findLayoutFaults.js';
import { measureContrast } from './support/measureContrast.js';
import { openStories, showStory } from './support/storyPage.js';

const project = fileURLToPath(new URL('../', import.meta.url));
const out = `${project}screenshots`;

/** @type {Record<string, { globals: string, viewport: { width: number, height: number }, isTouch?: boolean }>} */
const VIEWS = {
  light: { globals: 'theme:light', viewport: { width: 900, height: 800 } },
  dark: { globals: 'theme:dark', viewport: { width: 900, height: 800 } },
  rtl: { globals: 'theme:light;direction:rtl', viewport: { width: 900, height: 800 } },
  phone: { globals: 'theme:light', viewport: { width: 375, height: 720 }, isTouch: true },
  'phone-200': { globals: 'theme:light;fontScale:2', viewport: { width: 375, height: 720 }, isTouch: true },
  'text-200': { globals: 'theme:light;fontScale:2', viewport: { width: 900, height: 900 } },
};

// `npm run screenshots [-- part of a story's id]`; KEEP_STORIES=1 takes the stories that are built already.
const only = process.argv[2];
if (!process.env.KEEP_STORIES) {
  const built = spawnSync('npm', ['run', '-s', 'build:stories'], { cwd: project, stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}

const index = JSON.parse(readFileSync(`${project}storybook-static/index.json`, 'utf8'));
/** @type {{ id: string, type: string, title: string, name: string }[]} */
const stories = Object.values(index.entries).filter(
  (entry) => entry.type === 'story' && (!only || entry.id.includes(only)),
);

rmSync(out, { recursive: true, force: true });
const server = await listen(new Hono().use('*', serveStatic({ root: `${project}storybook-static` })).fetch, 0);
const browser = await chromium.launch(launchOptions);
let faulty = 0;
/** @type {string[]} */
const contrasts = [];
for (const [view, { globals, viewport, isTouch = false }] of Object.entries(VIEWS)) {
  mkdirSync(`${out}/${view}`, { recursive: true });
  const page = await browser.newPage({
    viewport,
    isMobile: isTouch,
    hasTouch: isTouch,
    reducedMotion: 'reduce',
    colorScheme: view === 'dark' ? 'dark' : 'light',
  });
  for (const [position, story] of stories.entries()) {
    const failures = await (position === 0
      ? openStories(page, server.url, story.id, globals)
      : showStory(page, story.id));
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${out}/${view}/${story.id}.png` });
    const scope = `document.querySelector('#storybook-root')`;
    /** @type {string[]} */
    const faults = [...failures, ...(await page.evaluate(`(${findLayoutFaults})(${scope})`))];
    /** @type {ReturnType<typeof measureContrast>} */
    const contrast = await page.evaluate(`(${measureContrast})(${scope})`);
    contrasts.push(`${contrast.text.toFixed(2)}\t${contrast.control.toFixed(2)}\t${view}\t${story.id}`);
    faults.push(...new Set(contrast.faults));
    if (faults.length > 0) {
      faulty += 1;
      console.error(`${view}: ${story.title} / ${story.name}\n  ${faults.join('\n  ')}`);
    }
  }
  await page.close();
}
await browser.close();
await server.close();
writeFileSync(`${out}/contrast.tsv`, `text\tcontrols\tview\tstory\n${contrasts.join('\n')}\n`);
const lowest = (/** @type {number} */ column) => Math.min(...contrasts.map((line) => Number(line.split('\t')[column])));
console.log(
  `${contrasts.length} pictures in screenshots/, ${faulty} with faults; lowest contrast of text ${lowest(0)}, of controls ${lowest(1)} (each in contrast.tsv)`,
);
process.exit(faulty > 0 || stories.length === 0 ? 1 : 0);
