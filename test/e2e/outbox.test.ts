import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmulator, say } from '../../src/emulator/index.js';
import { createAgentProxy } from '../../src/proxy/index.js';
import type { PageOptions } from '../faults/support/page.js';
import { bundle } from '../support/bundle.js';
import { startFaultServer, type FaultServer } from '../support/faultServer.js';
import { spawnChromium } from '../support/spawnChromium.js';

const MOUNT = '/api/agent-chat';
const emulator = createEmulator({ agents: { support: ({ text }) => [say(`You said ${text}.`)] } });
let server: FaultServer;

beforeAll(async () => {
  const script = await bundle('test/faults/support/page.tsx', { react: 'react', dom: 'react-dom' });
  const proxy = createAgentProxy({
    ...{ apiKey: emulator.apiKey, upstream: 'http://api.test', agents: { support: 'support' } },
    ...{ origins: [], basePath: MOUNT, logger: () => undefined },
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
  });
  server = await startFaultServer(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith(MOUNT)) return proxy.fetch(request);
    const isScript = pathname === '/page.js';
    const html = '<!doctype html><html lang="en"><body><script src="/page.js"></script>';
    const type = isScript ? 'text/javascript' : 'text/html; charset=utf-8';
    return new Response(isScript ? script : html, { headers: { 'content-type': type } });
  });
});

afterAll(async () => {
  emulator.close();
  await server.close();
});

/** A browser that can be killed, with the chat open. */
async function openChat(profile: string): Promise<{ readonly page: Page; kill(): Promise<void> }> {
  const { context, kill } = await spawnChromium(profile);
  const page = await context.newPage();
  const told: PageOptions = { wire: 'v2', url: MOUNT, silenceMs: 1_500, storage: 'local' };
  await page.goto(`${server.url}/#${encodeURIComponent(JSON.stringify(told))}`);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  return { page, kill };
}

it('what left the composer is there after the browser was killed, five times', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'agent-chat-'));
  const said: string[] = [];
  for (let round = 1; round <= 5; round += 1) {
    const { page, kill } = await openChat(profile);
    const box = page.getByRole('textbox', { name: 'Message' });
    // At once, also before what was said in the rounds before has come back.
    const words = `message ${round}`;
    await box.fill(words);
    // The composer is empty only once the message is kept: not a moment later, the whole browser is gone.
    const isCleared = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const box = document.querySelector('textarea')!;
          const look = (): void => (box.value === '' ? resolve() : void setTimeout(look));
          look();
        }),
    );
    await box.press('Enter');
    await isCleared;
    await kill();
    said.push(words);
  }

  const { page, kill } = await openChat(profile);
  const messages = page.locator('[data-ac="message"][data-role="user"]');
  await expect.poll(() => messages.count()).toBe(said.length);
  // Sent, or nobody knows whether it was: but never lost.
  const statuses = () =>
    messages.evaluateAll((all) => all.map((message) => message.getAttribute('data-status')).join());
  await expect.poll(statuses, { timeout: 15_000 }).toMatch(/^((sent|uncertain),?){5}$/);
  expect((await messages.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual(said);
  for (const each of said) {
    const times = server.arrived.filter(({ method, body }) => method === 'POST' && JSON.stringify(body).includes(each));
    expect(new Set(times.map(({ messageId }) => messageId)).size).toBe(1);
  }
  await kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}, 90_000);
