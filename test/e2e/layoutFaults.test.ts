import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/browserPage.js';
import { findLayoutFaults } from '../support/findLayoutFaults.js';
import { measureContrast } from '../support/measureContrast.js';

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
  ['over each other', '<p style="margin:0">Some words</p><p style="margin:-16px 0 0">Other words</p>'],
  [
    'over each other',
    '<p style="position:absolute">Some words</p><p style="background:#fff;height:10px"></p><b style="position:relative;top:-20px">Others</b>',
  ],
])('sees what is %s', async (word, html) => {
  expect(await faultsOf(html)).toEqual(expect.arrayContaining([expect.stringContaining(word)]));
});

it('is content with a page that is in order', async () => {
  expect(
    await faultsOf(
      '<p>Text</p><p style="width:40px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">Shortened on purpose</p><button>One</button> <button>Two</button><div style="height:20px">Below</div><div style="position:relative;top:-20px;background:#fff">Covers it</div><div style="height:20px">Below</div><div style="position:relative;top:-20px;background:#fff;pointer-events:none">Covers it</div>',
    ),
  ).toEqual([]);
});

async function contrastOf(html: string): Promise<ReturnType<typeof measureContrast>> {
  await page.setContent(`<!doctype html><body style="margin:0;background:#fff">${html}</body>`);
  return page.evaluate(`(${String(measureContrast)})(document.body)`);
}

it.each([
  ['pale text', '<p style="color:#999">Hello</p>', 2.85],
  ['text that shines through', '<p style="color:rgb(0 0 0 / 40%)">Hello</p>', 2.85],
  ['text of a mixed colour', '<p style="color:color-mix(in oklab, #000 30%, #fff)">Hello</p>', 2.68],
  ['text in a translucent box', '<div style="opacity:.3"><p style="color:#000">Hello</p></div>', 2.11],
  ['text on its own ground', '<p style="color:#fff;background:#bbb">Hello</p>', 1.92],
  [
    'a pale placeholder',
    '<style>::placeholder{color:#bbb}</style><input placeholder="Hello" style="border:1px solid #000">',
    1.92,
  ],
  ['a field without an edge', '<input value="x" style="border:0;outline:0;background:none">', 1],
  ['a field with a pale edge', '<div><input value="x" style="border:1px solid #ccc;background:none"></div>', 1.61],
  [
    'a pale icon',
    '<button aria-label="x" style="border:0;background:none"><svg width="20" height="20" stroke="#ccc"><path d="M0 0h20"/></svg></button>',
    1.61,
  ],
])('measures %s', async (_, html, ratio) => {
  const { text, control, faults } = await contrastOf(html);
  expect(faults).toHaveLength(1);
  expect(Math.min(text, control)).toBeCloseTo(ratio, 1);
});

it('asks less of large text, and nothing of what is switched off', async () => {
  const large = '<p style="color:#888;font-size:24px">Hello</p>';
  expect((await contrastOf(`${large}<button disabled style="color:#ccc">Hello</button>`)).faults).toEqual([]);
});
