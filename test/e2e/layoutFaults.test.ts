import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browserPage.js';
import { findLayoutFaults } from '../support/findLayoutFaults.js';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 400, height: 400 } });
});
afterAll(() => browser.close());

async function faultsOf(html: string): Promise<readonly string[]> {
  await page.setContent(`<!doctype html><body style="margin:0">${html}</body>`);
  return page.evaluate(`(${String(findLayoutFaults)})(document.body)`);
}

it.each([
  ['cut off', '<p style="width:40px;overflow:hidden;white-space:nowrap">Much too long for this</p>'],
  ['cut off', '<p style="height:10px;overflow:hidden;font-size:20px">Much too high</p>'],
  ['sideways', '<div style="width:600px;height:10px"></div>'],
  ['sticks out', '<div style="overflow:hidden"><p style="margin-left:390px;width:90px">Outside of it all</p></div>'],
  ['overlap', '<button>One of them</button><button style="position:relative;left:-40px">Other</button>'],
])('sees what is %s', async (word, html) => {
  expect(await faultsOf(html)).toEqual(expect.arrayContaining([expect.stringContaining(word)]));
});

it('is content with a page that is in order', async () => {
  expect(
    await faultsOf(
      '<p>Text</p><p style="width:40px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">Shortened on purpose</p><button>One</button> <button>Two</button>',
    ),
  ).toEqual([]);
});
