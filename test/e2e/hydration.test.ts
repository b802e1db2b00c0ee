import { createContext, runInContext } from 'node:vm';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browserPage.js';
import { bundle } from '../support/bundle.js';
import type { Rendering } from '../support/hydrationPage.js';

interface Bundled {
  render(): Rendering;
  hydrate(html: string): Promise<Rendering>;
  renderFormulas(): Rendering;
  hydrateFormulas(html: string): Promise<Rendering & { readonly heights: readonly number[] }>;
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
    const code = await bundle('test/support/hydrationPage.tsx', react, 'development');
    const rendered = onServer(code).render();
    expect(rendered.html).toContain('Support');
    expect(rendered.complaints).toEqual([]);

    expect((await hydrate(code, rendered.html)).complaints).toEqual([]);
    const spoilt = await hydrate(code, rendered.html.replaceAll('Support', 'Sales'));
    expect(spoilt.complaints.length).toBeGreaterThan(0); // or the line above would see nothing

    const formulas = onServer(code).renderFormulas();
    expect(formulas.html).toContain('$\\boxed{\\sqrt{x}}$');
    const page = await openWith(code);
    const drawn = await page.evaluate((sent) => bundled.hydrateFormulas(sent), formulas.html);
    await page.close();
    expect([...formulas.complaints, ...drawn.complaints]).toEqual([]);
    expect(drawn.html).not.toContain('$');
    for (const height of drawn.heights) expect(height).toBeGreaterThan(12);
    expect(drawn.heights[1]).toBeGreaterThan(24); // a fraction has two lines
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
  const page = await openWith(code);
  const report = await page.evaluate((sent) => bundled.hydrate(sent), html);
  await page.close();
  return report;
}

async function openWith(code: string): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent('<!doctype html>');
  await page.addScriptTag({ content: code });
  return page;
}
