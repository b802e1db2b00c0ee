import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/browserPage.js';
import { bundle } from '../support/bundle.js';
import type { HydrationReport } from '../support/hydrationPage.js';

declare global {
  var bundled: { hydrate(change?: (html: string) => string): Promise<HydrationReport> };
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
    const page = await browser.newPage();
    await page.addScriptTag({ content: code });
    const report = await page.evaluate(() => bundled.hydrate());
    expect(report.before).toContain('Support');
    expect(report.complaints).toEqual([]);

    await page.reload();
    await page.addScriptTag({ content: code });
    const spoilt = await page.evaluate(() => bundled.hydrate((html) => html.replaceAll('Support', 'Sales')));
    expect(spoilt.complaints.length).toBeGreaterThan(0); // or the test above would see nothing
    await page.close();
  });
});
