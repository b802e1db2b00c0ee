import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Frame, Page } from 'playwright';
import { build, type Rollup } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SavedConversation, StorageProblem } from '../../src/core/conversationStorage.js';
import type { createBrowserStorage } from '../../src/storage/createBrowserStorage.js';
import { launchChromium } from '../support/browserPage.js';
import { spawnChromium } from '../support/spawnChromium.js';
import { answered, conversation, said } from '../storage/conversations.js';

declare global {
  // What the page below makes.
  var createStorage: typeof createBrowserStorage;
  var storage: ReturnType<typeof createBrowserStorage>;
  var problems: StorageProblem[];
}

const SHOP = 'https://shop.example';
const PAGE = `<!doctype html><script type="module">
import { createBrowserStorage } from '/storage.js';
globalThis.createStorage = createBrowserStorage;
globalThis.problems = [];
globalThis.storage = createBrowserStorage({ url: '/api', agentKey: 'support' });
storage.onProblem((problem) => problems.push(problem));
</script>`;

let browser: Browser;
let files: ReadonlyMap<string, string>;
const open: BrowserContext[] = [];

beforeAll(async () => {
  [browser, files] = await Promise.all([launchChromium(), bundle()]);
});
afterEach(async () => {
  for (const context of open.splice(0)) await context.close();
});
afterAll(() => browser.close());

/** The storage as modules, of which the larger part is loaded when it is needed. */
async function bundle(): Promise<ReadonlyMap<string, string>> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const output = (await build({
    ...{ configFile: false, root, logLevel: 'silent' },
    build: {
      ...{ write: false, minify: false, target: 'es2022', modulePreload: false },
      lib: { entry: `${root}src/storage/createBrowserStorage.ts`, formats: ['es'], fileName: 'storage' },
      rolldownOptions: { output: { chunkFileNames: '[name].js' } },
    },
  })) as Rollup.RollupOutput[];
  const chunks = output.flatMap((each) => each.output).filter((each) => each.type === 'chunk');
  return new Map(chunks.map(({ fileName, code }) => [`/${fileName}`, code]));
}

/** A site whose every page has a storage, without a server. */
async function serve(context: BrowserContext, page = PAGE): Promise<void> {
  open.push(context);
  await context.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    const code = files.get(pathname);
    // A sandboxed frame is of no origin, and may load modules only where everybody may.
    const headers = { 'access-control-allow-origin': '*' };
    if (code !== undefined) return route.fulfill({ contentType: 'text/javascript', headers, body: code });
    return route.fulfill({ contentType: 'text/html', body: pathname === '/host' ? page : PAGE });
  });
}

async function visit(context: BrowserContext, path = '/'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(SHOP + path);
  return page;
}

const save = (page: Page | Frame, state: SavedConversation) => page.evaluate((saved) => storage.save(saved), state);
const load = (page: Page | Frame, id: string) => page.evaluate((wanted) => storage.load(wanted), id);
const problemsOf = (page: Page | Frame) => page.evaluate(() => problems);

const today = { updatedAt: Date.now() }; // what is older than a month is not kept
const saved = conversation('c1', [said('m1', 'Where is my order?', 'queued'), answered('m2', 'On its way.')], today);

async function newSite(page?: string): Promise<BrowserContext> {
  const context = await browser.newContext();
  await serve(context, page);
  return context;
}

describe('a conversation', () => {
  it('is there after a reload, in another tab, and on the next visit, until it is cleared', async () => {
    const context = await newSite();
    const page = await visit(context);
    await save(page, saved);
    await page.evaluate(() => storage.writeDraft('c1', 'Dear'));
    await page.reload();
    expect(await load(page, 'c1')).toEqual(saved);
    expect(await page.evaluate(() => storage.readDraft('c1'))).toBe('Dear');

    const other = await visit(context);
    expect(await load(other, 'c1')).toEqual(saved);
    expect(await other.evaluate(() => storage.readDraft('c1'))).toBe('');
    await other.evaluate(() => storage.clear());
    await page.reload();
    expect(await load(page, 'c1')).toBeNull();
    expect(await problemsOf(page)).toEqual([]);
  });

  it('outlives a tab that another one upgrades or deletes the database under', async () => {
    const context = await newSite();
    const page = await visit(context);
    await save(page, saved);
    const other = await visit(context);
    await other.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open('agent-chat-widget', 5);
          request.onblocked = () => reject(new Error('The first tab does not let go.'));
          request.onsuccess = () => resolve(request.result.close());
        }),
    );
    expect(await load(page, 'c1')).toEqual(saved);
    await other.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('agent-chat-widget');
          request.onblocked = () => reject(new Error('The first tab does not let go.'));
          request.onsuccess = resolve;
        }),
    );
    await save(page, saved);
    expect(await load(other, 'c1')).toEqual(saved);
    expect(await problemsOf(page)).toEqual([]);
  });

  it('is kept elsewhere while another tab blocks the database, and moved there afterwards', async () => {
    const context = await newSite();
    const page = await visit(context);
    await save(page, conversation('before', undefined, today));
    const other = await visit(context);
    await page.close();
    await other.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const request = indexedDB.open('agent-chat-widget');
          request.onsuccess = () => {
            indexedDB.open('agent-chat-widget', 9).onblocked = () => resolve();
          };
        }),
    );
    const blocked = await visit(context);
    await save(blocked, saved);
    expect(await blocked.evaluate(() => localStorage.length)).toBe(3);
    expect(await problemsOf(blocked)).toEqual([]);

    await other.close();
    await blocked.reload();
    expect(await blocked.evaluate(async () => (await storage.list()).length)).toBe(2);
    expect(await load(blocked, 'c1')).toEqual(saved);
    expect(await blocked.evaluate(() => localStorage.length)).toBe(0);
  });

  it('is there after the browser was killed', async () => {
    const profile = await mkdtemp(join(tmpdir(), 'agent-chat-'));
    const first = await spawnBrowser(profile);
    await save(first.page, saved);
    await first.kill();
    const second = await spawnBrowser(profile);
    expect(await load(second.page, 'c1')).toEqual(saved);
    await second.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
});

describe('where there is little room', () => {
  async function limit(page: Page, quotaSize: number): Promise<void> {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: SHOP, quotaSize });
  }

  it('older conversations go, no more of them than it takes, and the visitor is told', async () => {
    const page = await visit(await newSite());
    await limit(page, 1_000_000); // before the first use: Chromium remembers for a while how much room there was
    for (let index = 0; index < 12; index += 1) {
      const about = { updatedAt: today.updatedAt + index };
      await save(page, conversation(`c${index}`, [answered('m1', noise(100_000))], about));
    }
    const ids = await page.evaluate(async () => (await storage.list()).map(({ id }) => id));
    const newestFirst = Array.from({ length: 12 }, (_, index) => `c${11 - index}`);
    // Chromium gives room back in pieces, when it finds the time.
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect(ids).toEqual(newestFirst.slice(0, ids.length));
    expect(await problemsOf(page)).toEqual(['made-room']);
  });

  it('that is not enough for what is said now, what waits to be sent stays longest', async () => {
    const page = await visit(await newSite());
    await limit(page, 300_000);
    await save(page, saved);
    const more = [answered('m3', noise(500_000)), said('m4', 'Hello?', 'queued')];
    await page.evaluate(async (added) => {
      const loaded = (await storage.load('c1'))!;
      await storage.save({ ...loaded, messages: [...loaded.messages, ...added] });
    }, more);
    expect((await load(page, 'c1'))?.messages).toHaveLength(4);
    expect(await problemsOf(page)).toEqual(['not-kept']);
    await page.reload();
    expect((await load(page, 'c1'))?.messages.map(({ id }) => id)).toEqual(['m1', 'm2', 'm4']);
  });

  it('that cannot be had at all, the page goes on and says so', async () => {
    const page = await visit(await newSite());
    await limit(page, 1);
    await save(page, saved);
    expect(await load(page, 'c1')).toEqual(saved);
    expect(await problemsOf(page)).toEqual(['not-kept']);
  });
});

describe('works', () => {
  const OTHER = 'https://other.example';

  /** What a visit to a page, and another after it, can do. */
  async function smoke(first: Page | Frame, again: () => Promise<Page | Frame>) {
    await first.waitForFunction(() => 'storage' in globalThis);
    await first.evaluate(() => storage.setOwner('ann'));
    await save(first, saved);
    await first.evaluate(() => storage.writeDraft('c1', 'Dear'));
    expect(await load(first, 'c1')).toEqual(saved);
    expect(await first.evaluate(() => storage.list())).toHaveLength(1);
    expect(await first.evaluate(() => storage.readDraft('c1'))).toBe('Dear');
    const problems = await problemsOf(first);
    const next = await again();
    await next.waitForFunction(() => 'storage' in globalThis);
    await next.evaluate(() => storage.setOwner('ann'));
    return { problems, isKept: (await load(next, 'c1')) !== null };
  }

  async function smokePage(options: { readonly init?: string; readonly missing?: string }) {
    const context = await newSite();
    if (options.init) await context.addInitScript(options.init);
    if (options.missing) await context.route(`**/${options.missing}`, (route) => route.abort());
    const page = await visit(context);
    const uncaught: string[] = [];
    page.on('pageerror', (error) => uncaught.push(String(error)));
    const result = await smoke(page, async () => {
      await page.reload();
      return page;
    });
    expect(uncaught).toEqual([]);
    return result;
  }

  async function smokeFrame(html: string, host: string) {
    const context = await newSite(html);
    const page = await context.newPage();
    const frame = async (): Promise<Frame> => {
      await page.goto(`${host}/host`);
      return page.frames()[1]!;
    };
    return smoke(await frame(), frame);
  }

  const kept = { problems: [], isKept: true };
  const notKept = { problems: ['not-kept'], isKept: false };
  const without = (name: string) => `Object.defineProperty(globalThis, '${name}', { value: undefined });`;

  it('without IndexedDB', async () => {
    expect(await smokePage({ init: without('indexedDB') })).toEqual(kept);
  });

  it('without any storage', async () => {
    const init = ['indexedDB', 'localStorage', 'sessionStorage'].map(without).join('');
    expect(await smokePage({ init })).toEqual(notKept);
  });

  it('without the code that is loaded later', async () => {
    expect([...files.keys()]).toContain('/openDurableStorage.js');
    expect(await smokePage({ missing: 'openDurableStorage.js' })).toEqual(notKept);
  });

  it('in a frame of the same site', async () => {
    expect(await smokeFrame('<iframe src="/"></iframe>', SHOP)).toEqual(kept);
  });

  it('in a sandboxed frame', async () => {
    expect(await smokeFrame('<iframe sandbox="allow-scripts" src="/"></iframe>', SHOP)).toEqual(notKept);
  });

  it('in a frame of another site', async () => {
    const { problems } = await smokeFrame(`<iframe src="${SHOP}/"></iframe>`, OTHER);
    expect(['', 'not-kept']).toContain(problems.join()); // some browsers give it a storage of its own
  });
});

/** Text that a database cannot make smaller. */
function noise(length: number): string {
  return randomBytes(length).toString('base64').slice(0, length);
}

/** A Chromium that can be killed, with the page open. */
async function spawnBrowser(profile: string): Promise<{ readonly page: Page; kill(): Promise<void> }> {
  const { context, kill } = await spawnChromium(profile);
  await serve(context);
  open.pop();
  return { page: await visit(context), kill };
}
