// @ts-check
// `npm run screenshots`: every story as a picture, in five views, each looked over for what a reviewer would circle.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { chromium } from 'playwright';
import { listen } from '../demo/startBackend.js';
import { findLayoutFaults } from './support/findLayoutFaults.js';

const project = fileURLToPath(new URL('../', import.meta.url));
const out = `${project}screenshots`;

/** @type {Record<string, { globals: string, viewport: { width: number, height: number } }>} */
const VIEWS = {
  light: { globals: 'theme:light', viewport: { width: 900, height: 800 } },
  dark: { globals: 'theme:dark', viewport: { width: 900, height: 800 } },
  rtl: { globals: 'theme:light;direction:rtl', viewport: { width: 900, height: 800 } },
  phone: { globals: 'theme:light', viewport: { width: 375, height: 720 } },
  'text-200': { globals: 'theme:light;fontScale:2', viewport: { width: 900, height: 900 } },
};

const only = process.argv[2];
const built = spawnSync('npm', ['run', '-s', 'build:stories'], { cwd: project, stdio: 'inherit' });
if (built.status !== 0) process.exit(1);

const index = JSON.parse(readFileSync(`${project}storybook-static/index.json`, 'utf8'));
/** @type {{ id: string, type: string, title: string, name: string }[]} */
const stories = Object.values(index.entries).filter(
  (entry) => entry.type === 'story' && (!only || entry.id.includes(only)),
);

rmSync(out, { recursive: true, force: true });
const server = await listen(new Hono().use('*', serveStatic({ root: `${project}storybook-static` })).fetch, 0);
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
let faulty = 0;
for (const [view, { globals, viewport }] of Object.entries(VIEWS)) {
  mkdirSync(`${out}/${view}`, { recursive: true });
  const context = await browser.newContext({
    viewport,
    reducedMotion: 'reduce',
    colorScheme: view === 'dark' ? 'dark' : 'light',
  });
  const page = await context.newPage();
  for (const story of stories) {
    await page.goto(`${server.url}/iframe.html?id=${story.id}&viewMode=story&globals=${globals}`);
    await page.locator('#storybook-root > *').first().waitFor({ state: 'attached' });
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: `${out}/${view}/${story.id}.png` });
    const faults = await page.evaluate(`(${findLayoutFaults})(document.querySelector('#storybook-root'))`);
    if (faults.length > 0) {
      faulty += 1;
      console.error(`${view}: ${story.title} / ${story.name}\n  ${faults.join('\n  ')}`);
    }
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`${stories.length * Object.keys(VIEWS).length} pictures in screenshots/, ${faulty} with faults`);
process.exit(faulty > 0 || stories.length === 0 ? 1 : 0);
