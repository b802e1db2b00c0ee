import { beforeAll, expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { bundle } from '../../support/bundle.js';
import { row } from '../support/row.js';
import { createGate, useStage, type Visit } from '../support/useStage.js';

const on = useStage();

let embed: string;
beforeAll(async () => {
  embed = await bundle('src/embed/script.ts', { react: 'react', dom: 'react-dom' });
});

/** A control of the host's own, to see whether its page still works. */
async function addHostButton({ page }: Visit): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const button = document.createElement('button');
    button.textContent = 'Clicked 0 times';
    let times = 0;
    button.addEventListener('click', () => (button.textContent = `Clicked ${++times} times`));
    button.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 2147483647';
    document.body.append(button);
  });
  return async () => {
    const button = page.getByRole('button', { name: /^Clicked \d times$/ });
    const before = await button.textContent();
    await button.click();
    expect(await button.textContent()).not.toBe(before);
  };
}

/** A visitor on a page with a control of its own, in the middle of an answer that goes on when it is told to. */
async function readHalf({ asked, play, visit }: ReturnType<typeof on>) {
  const gate = createGate();
  play(async function* () {
    yield say('Your parcel');
    await gate.opened;
    yield say(' is on the hill.');
  });
  const visitor = await visit();
  const useHost = await addHostButton(visitor);
  await visitor.say('Where is it?');
  await visitor.sees('Your parcel');
  return { asked, visitor, useHost, goOn: gate.open };
}

row('F-50', 'B', (wire) => {
  it.each([
    ['throws', 'window.fetch = () => { throw new Error("Broken by the page"); }'],
    ['gives back nothing', 'window.fetch = async () => undefined'],
    ['never settles', 'window.fetch = () => new Promise(() => undefined)'],
  ])('a fetch that %s: the message waits, and goes once it is mended', async (what, breakIt) => {
    const { asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    const useHost = await addHostButton(visitor);
    await visitor.page.evaluate(`window.original = window.fetch; ${breakIt}`);
    await visitor.say('Hello');
    await visitor.page.getByRole('log').getByText('Sending…').waitFor();
    await useHost();
    await visitor.page.evaluate('window.fetch = window.original');
    if (what === 'never settles') {
      await visitor.page.getByRole('button', { name: 'Stop' }).click();
      await visitor.page.getByRole('button', { name: 'Resend' }).click();
    }
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  it('a fetch that the page wraps, and whose answers it reads itself first', async () => {
    const { asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    await visitor.page.evaluate(() => {
      const original = window.fetch;
      window.fetch = async (...call) => {
        const response = await original(...call);
        await response.clone().text();
        return response;
      };
    });
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  it.each(['JSON.parse', 'window.Promise', 'window.requestAnimationFrame'])(
    '%s, broken for a while in the middle of an answer: the page lives, and the rest is there once it is mended',
    async (name) => {
      const { asked, visitor, useHost, goOn } = await readHalf(on(wire));
      await visitor.page.evaluate(
        `window.original = ${name}; ${name} = function () { throw new Error("Broken by the page"); }`,
      );
      goOn();
      await useHost();
      await visitor.page.evaluate(`${name} = window.original`);
      await visitor.reads('Your parcel is on the hill.');
      expect(asked()).toHaveLength(1);
    },
  );

  it('our node is taken out in the middle of an answer: nothing throws, and what is left of it is no harm', async () => {
    const { asked, visitor, useHost, goOn } = await readHalf(on(wire));
    await visitor.page.evaluate(() => document.querySelector('[data-ac="root"]')!.remove());
    goOn();
    await expect.poll(() => visitor.page.evaluate('window.conversation.getState().run')).toBeNull();
    await useHost();
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });

  it('a page that replaces its body: the embedded chat comes back with what was said, but only once', async () => {
    const { front, asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(`${front.url}/host`);
    await page.addScriptTag({ content: embed });
    await page.evaluate(() => {
      const options = { url: '/api/agent-chat', agent: 'support', mode: 'inline' };
      (window as unknown as { AgentChat(...call: unknown[]): void }).AgentChat('boot', options);
    });
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.fill('Hello');
    await box.press('Enter');
    const log = page.getByRole('log');
    await log.getByText('Here you are').waitFor();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await page.evaluate(() => (document.body.innerHTML = '<main>The next page</main>'));
    await log.getByText('Here you are').waitFor();
    expect(await page.locator('main').innerText()).toBe('The next page');
    await page.evaluate(() => (document.body.innerHTML = '<main>The last page</main>'));
    await log.waitFor({ state: 'detached' });
    expect(await page.locator('agent-chat').count()).toBe(0);
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});
