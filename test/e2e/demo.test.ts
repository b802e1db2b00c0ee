import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo } from '../../demo/startDemo.js';
import { launchChromium, openPage } from '../support/browserPage.js';

let demo: Awaited<ReturnType<typeof startDemo>>;
let browser: Browser;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo({ port: 0, env: {} }), launchChromium()]);
});

afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** Asks, and waits until the answer is complete. @returns the text of the newest answer. */
async function ask(page: Page, question: string): Promise<string> {
  await page.getByRole('textbox', { name: 'Message' }).fill(question);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await page.getByRole('log').getByText(question, { exact: true }).last().waitFor();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  return page.locator('[data-ac="message"][data-role="agent"]').last().innerText();
}

// Answers come at the pace of a conversation: those that are waited for may as well come at once.
describe.concurrent.each([
  ['the React page', '/'],
  ['the script-tag page', '/script-tag'],
])('%s', (_name, path) => {
  it('holds three turns of a conversation, each continuing the newest task', async () => {
    const { page, complaints, posts, close } = await openPage(browser, demo.url + path);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await page.getByRole('dialog').waitFor();

    expect(await ask(page, 'How do I start?')).toMatch(/README/);
    expect(await ask(page, 'Why is there a proxy?')).toMatch(/proxy/i);
    expect(await ask(page, 'Who won the football world cup in 1974?')).toMatch(/README (does not|doesn.t)/);

    const bodies = posts.map((post) => post.postDataJSON() as { task_id?: string; stream?: boolean });
    expect(bodies).toHaveLength(3);
    expect(bodies[0]!.task_id).toBeUndefined();
    expect(new Set(bodies.slice(1).map((body) => body.task_id)).size).toBe(2);
    expect(complaints).toEqual([]);
    await close();
  });

  it('shows the answer while it is written', async () => {
    const { page, close } = await openPage(browser, demo.url + path);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('How do I start?');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    const answer = page.locator('[data-ac="message"][data-role="agent"]').last();
    await answer.getByText('README').first().waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
    const early = (await answer.innerText()).length;
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    expect((await answer.innerText()).length).toBeGreaterThan(early);
    await close();
  });

  it('gives the composer the focus when it is opened, and the launcher when it is closed', async () => {
    const { page, close } = await openPage(browser, demo.url + path);
    const launcher = page.getByRole('button', { name: 'Open chat' });
    await launcher.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Message' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await launcher.and(page.locator(':focus')).waitFor();
    await close();
  });

  it('never lets the key reach the browser', async () => {
    const { page, received, close } = await openPage(browser, demo.url + path);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await ask(page, 'Why is there a proxy?');
    for (const asset of [
      '/api/agent-chat/healthz',
      '/api/agent-chat/agents/guide',
      '/api/agent-chat/v2/agents/nobody/responses/1',
      '/agent-chat.js.map',
    ]) {
      await page.evaluate((address) => fetch(address).then((response) => response.text()), asset);
    }
    const everything = await received();
    expect(everything).toContain('text/event-stream');
    expect(everything.includes(demo.apiKey)).toBe(false);
    await close();
  });
});

it('keeps the key out of what is built, source maps included', () => {
  for (const folder of ['../../dist', '../../demo/dist']) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(readFileSync(`${file.parentPath}/${file.name}`).includes(demo.apiKey)).toBe(false);
  }
});

it('would see the key if it came', async () => {
  const { page, received, close } = await openPage(browser, `${demo.url}/script-tag`);
  await page.route('**/planted', (route) => route.fulfill({ body: demo.apiKey }));
  await page.evaluate(() => fetch('/planted').then((response) => response.text()));
  expect((await received()).includes(demo.apiKey)).toBe(true);
  await close();
});

describe.concurrent('the script tag', () => {
  it('takes commands, also those called before it had loaded', async () => {
    const { page, close } = await openPage(browser, `${demo.url}/script-tag`);
    await page.getByRole('button', { name: 'Ask “How do I start?”' }).click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('log').getByText('How do I start?').waitFor();
    await page.locator('#last', { hasText: 'How do I start?' }).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.evaluate(() => window.AgentChat?.('shutdown'));
    expect(await page.locator('agent-chat').count()).toBe(0);
    await close();
  });

  it('runs under a strict Content-Security-Policy with Trusted Types', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedScript|TrustedHTML/i.test(message.text())) violations.push(message.text());
    });
    await page.route('**/responses', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll('Rooibos', '$\\\\boxed{x^2}$') });
    });
    await page.route('**/strict', (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: {
          'content-security-policy':
            "default-src 'none'; script-src 'nonce-abc'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
        },
        body: `<!doctype html><html lang="en"><title>Strict</title><body><script nonce="abc" src="/agent-chat.js" data-url="/api/agent-chat" data-agent="markdown" data-math></script></body></html>`,
      }),
    );
    await page.goto(`${demo.url}/strict`);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await ask(page, 'Show me everything');
    expect(await page.getByRole('table').count()).toBeGreaterThan(0);
    expect(await page.getByRole('dialog').evaluate((dialog) => getComputedStyle(dialog).position)).toBe('fixed');
    // Drawn by preact, with styles of its own, from a piece that has come meanwhile.
    const formula = page.locator('math').first();
    await formula.waitFor();
    expect(await formula.evaluate((element) => element.namespaceURI)).toBe('http://www.w3.org/1998/Math/MathML');
    const box = formula.locator('mrow[style]').first();
    expect(await box.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe('solid');
    expect((await box.boundingBox())?.height).toBeGreaterThan(12);
    // What is not needed at once comes as modules, which the nonce allows too.
    await page.reload();
    await page.getByRole('button', { name: 'Open chat' }).click();
    await page.getByRole('log').getByText('Show me everything').waitFor();
    expect(violations).toEqual([]);
    await context.close();
  });

  it('finds all of its pieces beside it, and shares its modules with them', async () => {
    const { page, close } = await openPage(browser, `${demo.url}/script-tag`);
    const folder = fileURLToPath(new URL('../../dist/embed/agent-chat', import.meta.url));
    const pieces = readdirSync(folder).filter((name) => name.endsWith('.js'));
    expect(pieces.length).toBeGreaterThan(3);
    await page.waitForFunction(() => typeof window.AgentChat === 'function' && !('q' in window.AgentChat));
    for (const piece of pieces) {
      // As text: what compiles the tests would make a call of its own of the import.
      const names = await page.evaluate<string[]>(`import('/agent-chat/${piece}').then(Object.keys)`);
      expect(names.length, piece).toBeGreaterThan(0);
    }
    const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(scripts.filter((name) => new URL(name).pathname === '/agent-chat.js')).toHaveLength(1);
    await close();
  });
});

describe.concurrent('when things go wrong', () => {
  it('keeps the text of an answer that failed midway, and says so', async () => {
    const { page, close } = await openPage(browser, demo.url);
    await page.getByRole('radio', { name: /Failure/ }).check();
    await page.getByRole('button', { name: 'Open chat' }).click();
    const text = await ask(page, 'Please fail');
    expect(text.length).toBeGreaterThan(40);
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(1);
    await close();
  });

  it('recovers a dropped stream without sending the message again', async () => {
    const { page, posts, close } = await openPage(browser, demo.url);
    await page.getByRole('radio', { name: /Dropped stream/ }).check();
    await page.getByRole('button', { name: 'Open chat' }).click();
    await ask(page, 'Please drop');
    expect(posts).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await close();
  });

  it('keeps a message while there is no network, says so in plain words, and sends it once there is one', async () => {
    const { page, posts, close } = await openPage(browser, demo.url);
    await page.getByRole('button', { name: 'Open chat' }).click();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('textbox', { name: 'Message' }).fill('What does the proxy do?');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    const message = page.locator('[data-ac="message"][data-role="user"]').last();
    await message.getByText('Queued').waitFor();
    const notice = page.locator('[data-ac="connection-notice"]');
    expect(await notice.innerText()).not.toMatch(/fetch|TypeError|undefined|null/);
    expect(posts).toHaveLength(0);
    await page.context().setOffline(false);
    await page.getByRole('article', { name: /./ }).nth(1).getByRole('button', { name: 'Copy' }).waitFor();
    expect(await message.innerText()).not.toContain('Queued');
    expect(await notice.count()).toBe(0);
    expect(posts).toHaveLength(1);
    await close();
  });
});

describe('the demo does not start, and says why and what to do', () => {
  it('on a port that is in use', async () => {
    const port = Number(new URL(demo.url).port);
    await expect(startDemo({ port, env: {} })).rejects.toThrow(`Port ${port} is in use`);
  });

  it('with a key but no agent', async () => {
    await expect(startDemo({ port: 0, env: { ORQ_API_KEY: 'k' } })).rejects.toThrow(/ORQ_AGENT=my_agent/);
  });
});
