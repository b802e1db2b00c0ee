import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type LaunchOptions,
  type Page,
  type Request,
  type Response,
} from 'playwright';
import { launchOptions } from './chromium.js';

export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({ ...launchOptions, ...options });
}

export interface WatchedPage {
  readonly page: Page;
  /** What the console reported as error or warning, and what was thrown. */
  readonly complaints: string[];
  /** Every byte that reached the browser: bodies and headers of all answers, and the headers it was made to send. */
  received(): Promise<string>;
  /** Requests to the agent's responses. */
  readonly posts: Request[];
  close(): Promise<void>;
}

/** A page that remembers what it was told. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const responses: Response[] = [];
  const posts: Request[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('response', (response) => responses.push(response));
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/responses')) posts.push(request);
  });
  await page.goto(url);
  return {
    page,
    complaints,
    posts,
    async received() {
      const texts = responses.map(async (response) => {
        const headers = JSON.stringify([await response.allHeaders(), await response.request().allHeaders()]);
        // A body that was dropped or redirected away has no bytes to show; its headers still count.
        const body = await response.text().catch(() => '');
        return `${response.url()}\n${headers}\n${body}`;
      });
      return (await Promise.all(texts)).join('\n');
    },
    close: () => context.close(),
  };
}
