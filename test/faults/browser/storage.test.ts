import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import type { Fault } from '../../support/faultServerFaults.js';
import { keptBy } from '../support/keptBy.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

const on = useStage();
const NOT_KEPT = 'This chat is not kept in this browser.';
const MADE_ROOM = 'This browser was full. Your oldest conversations were removed to make room.';
const kept = { storage: 'local' } as const;

const withoutStorage = ['indexedDB', 'localStorage', 'sessionStorage', 'BroadcastChannel']
  .map((name) => `Object.defineProperty(globalThis, '${name}', { value: undefined });`)
  .concat(`Object.defineProperty(navigator, 'locks', { value: undefined });`)
  .join('');

row('F-40', 'B', (wire) => {
  /** A page of no origin asks across origins: our proxy refuses it, one of the host's own lets it in. */
  const letIn: Fault = async (request, next) => {
    const headers = new Headers(request.headers);
    headers.delete('origin');
    headers.delete('sec-fetch-site');
    const isPreflight = request.method === 'OPTIONS';
    const answer = isPreflight ? new Response(null, { status: 204 }) : await next(new Request(request, { headers }));
    const open = new Headers(answer.headers);
    open.set('access-control-allow-origin', '*');
    open.set('access-control-allow-headers', '*');
    open.set('access-control-expose-headers', '*');
    return new Response(answer.body, { status: answer.status, headers: open });
  };

  it('a sandboxed frame chats, and says that nothing is kept', async () => {
    const { front, asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const visitor = await visit(kept);
    const address = visitor.page.url();
    front.inject(({ headers }) => headers.get('origin') === 'null', letIn, Infinity);
    await visitor.page.route('**/host', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe sandbox="allow-scripts" style="width: 700px; height: 600px" src="${address.replace('/#', '/?framed#')}"></iframe>`,
      }),
    );
    await visitor.page.goto(`${front.url}/host`);
    const frame = visitor.page.frameLocator('iframe');
    const box = frame.getByRole('textbox', { name: 'Message' });
    for (const words of ['one', 'two']) {
      await box.fill(words);
      await box.press('Enter');
      await frame.getByRole('log').getByText(`You said ${words}.`).waitFor();
    }
    await frame.getByText(NOT_KEPT).waitFor();
    expect(asked()).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
  });

  it('a browser without any of it does the same', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const visitor = await visit({ ...kept, init: withoutStorage });
    await visitor.say('one');
    await visitor.reads('You said one.');
    await visitor.page.getByText(NOT_KEPT).waitFor();
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});

/** How much the browser keeps for the page's origin. */
async function limit(page: Page, quotaSize: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize });
}

row('F-41', 'B', (wire) => {
  it('without room the chat goes on in memory, and says so once; the host sees no error', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const visitor = await visit(kept);
    await limit(visitor.page, 1);
    for (const words of ['one', 'two', 'three']) {
      await visitor.say(words);
      await visitor.reads(`You said ${words}.`);
    }
    const notice = visitor.page.getByText(NOT_KEPT);
    expect(await notice.count()).toBe(1);
    await visitor.page.getByRole('button', { name: 'Dismiss' }).click();
    await visitor.say('four');
    await visitor.reads('You said four.');
    expect(await notice.count()).toBe(0);
    expect(asked()).toHaveLength(4);
    expect(visitor.errors).toEqual([]);
  });

  // In localStorage: IndexedDB gives the room of what was removed back when Chromium finds the time for it.
  it('the conversation that was not used for longest goes first, and the visitor is told once', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text.split(' ')[0]}.`)]);
    const QUOTA = 5 * 1024 * 1024;
    const init = `
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
      localStorage.host ??= 'x'.repeat(${QUOTA - 'host'.length - 14_000});
    `;
    const tabs: Visit[] = [];
    for (const [id, length] of Object.entries({ first: 5_000, second: 0, third: 8_000 })) {
      const beside = tabs.at(-1);
      await beside?.page.close();
      const visitor = await visit({ ...kept, id, ...(beside ? { beside } : { init }) });
      await visitor.say(`${id} ${'.'.repeat(length)}`);
      await visitor.reads(`You said ${id}.`);
      tabs.push(visitor);
    }
    const { page, errors } = tabs.at(-1)!;
    const left = () => page.evaluate(() => Object.values({ ...localStorage, host: '' }).join());
    await expect.poll(left).toContain('You said third.');
    expect(await left()).toContain('You said second.');
    expect(await left()).not.toContain('first');
    expect(await page.getByText(MADE_ROOM).count()).toBe(1);
    expect(await page.getByText(NOT_KEPT).count()).toBe(0);
    expect(asked()).toHaveLength(3);
    expect(errors).toEqual([]);
  });
});

row('F-44', 'B', (wire) => {
  it('a tab lets go of a database that another upgrades or deletes, and goes on', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const visitor = await visit(kept);
    await visitor.say('one');
    await visitor.reads('You said one.');
    const other = await visitor.context.newPage();
    await other.route('**/other', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await other.goto(new URL('/other', visitor.page.url()).href);
    await other.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const upgrade = indexedDB.open('agent-chat-widget', 5);
          upgrade.onblocked = () => reject(new Error('The chat does not let go.'));
          upgrade.onsuccess = () => {
            upgrade.result.close();
            const deletion = indexedDB.deleteDatabase('agent-chat-widget');
            deletion.onblocked = upgrade.onblocked;
            deletion.onsuccess = () => resolve();
          };
        }),
    );
    await visitor.say('two');
    await visitor.reads('You said two.');
    await visitor.page.reload();
    await visitor.reads('You said two.');
    await visitor.sees('You said one.');
    expect(asked()).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
  });

  it('one that is blocked is waited for 2 s at most', async () => {
    const { asked, play, visit } = on(wire);
    play(({ text }) => [say(`You said ${text}.`)]);
    const visitor = await visit({ wire: wire.name });
    await visitor.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          indexedDB.open('agent-chat-widget').onsuccess = () => {
            indexedDB.open('agent-chat-widget', 9).onblocked = () => resolve();
          };
        }),
    );
    // The time of the page stands still, and passes as told: a machine that is slow changes nothing.
    const { clock } = visitor.context;
    await clock.install();
    await clock.pauseAt(Date.now() + 60_000);
    const other = await visit({ ...kept, beside: visitor });
    await other.say('one');
    await clock.runFor(1_900);
    expect(asked()).toEqual([]);
    await clock.runFor(200);
    await expect.poll(() => asked().length).toBe(1);
    await clock.resume();
    await other.reads('You said one.');
    expect(asked()).toHaveLength(1);
    expect(other.errors).toEqual([]);
  });
});

row('F-52', 'B', (wire) => {
  it('the answer ends, and nothing of the first person is ever shown to the second, or kept', async () => {
    const { asked, play, visit } = on(wire);
    const gate = createGate();
    play(async function* ({ text }) {
      yield say(text === 'Hello' ? 'Good morning.' : 'Your secret is ');
      if (text === 'Hello') return;
      await gate.opened;
      yield say('safe with me.');
    });
    const visitor = await visit({ ...kept, identity: 'ann' });
    const { page } = visitor;
    await visitor.say('My secret');
    await visitor.sees('Your secret is');
    await page.getByRole('textbox', { name: 'Message' }).fill('and another secret');
    // Whatever any frame shows of it from here on is remembered.
    await page.evaluate(() => {
      Object.assign(window, { leaks: 0 });
      window.signIn('bob');
      const look = (): void => {
        const shown =
          document.body.innerText + Array.from(document.querySelectorAll('textarea'), (box) => box.value).join();
        if (/secret/i.test(shown)) Object.assign(window, { leaks: (window as unknown as { leaks: number }).leaks + 1 });
        requestAnimationFrame(look);
      };
      requestAnimationFrame(() => requestAnimationFrame(look));
    });
    await expect.poll(() => visitor.transcript()).not.toContain('secret');
    gate.open();
    await visitor.say('Hello');
    await visitor.reads('Good morning.');
    expect(await page.evaluate('leaks')).toBe(0);
    await expect.poll(() => keptBy(visitor)).not.toContain('secret');
    expect(JSON.stringify(await visitor.context.storageState())).not.toContain('secret');
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('secret');
    expect(asked()).toHaveLength(2);
    expect(asked()[1]!.body).not.toHaveProperty('task_id');
    await page.reload();
    await visitor.sees('How can I help');
  });
});
