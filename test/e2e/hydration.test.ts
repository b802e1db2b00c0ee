import { createContext, runInContext } from 'node:vm';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browserPage.js';
import { bundle } from '../support/bundle.js';
import type { Rendering } from '../support/hydrationPage.js';

interface Bundled {
  render(): Rendering;
  hydrate(html: string): Promise<Rendering>;
}

declare global {
  var bundled: Bundled;
}

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each([
  ['18.2', { react: 'react-18.2', dom: 'react-dom-18.2' }],
  ['18.3', { react: 'react-18.3', dom: 'react-dom-18.3' }],
  ['19', { react: 'react', dom: 'react-dom' }],
])('on React %s', (_version, react) => {
  it('what a server renders hydrates without a word', async () => {
    const code = await bundle('test/support/hydrationPage.tsx', react);
    const rendered = onServer(code).render();
    expect(rendered.html).toContain('Support');
    expect(rendered.complaints).toEqual([]);

    expect((await hydrate(code, rendered.html)).complaints).toEqual([]);
    const spoilt = await hydrate(code, rendered.html.replaceAll('Support', 'Sales'));
    expect(spoilt.complaints.length).toBeGreaterThan(0); // or the line above would see nothing
  });
});

/** The bundle where there is no window and no document, as on a server or at an edge. */
function onServer(code: string): Bundled {
  const world = createContext({
    ...{ console: { ...console }, TextEncoder, TextDecoder, MessageChannel, ReadableStream, AbortController },
    ...{ URL, performance, crypto, setTimeout, clearTimeout, queueMicrotask },
  });
  return runInContext(`${code};bundled`, world) as Bundled;
}

async function hydrate(code: string, html: string): Promise<Rendering> {
  const page = await browser.newPage();
  await page.addScriptTag({ content: code });
  const report = await page.evaluate((sent) => bundled.hydrate(sent), html);
  await page.close();
  return report;
}
