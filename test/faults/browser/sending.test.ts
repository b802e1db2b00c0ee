import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { envelope, loseAnswer, page as webPage, redirect, status } from '../../support/faultServerFaults.js';
import { startFaultServer } from '../../support/faultServer.js';
import { row } from '../support/row.js';
import { createGate, useStage } from '../support/useStage.js';

const on = useStage();

row('F-01', 'B', (wire) => {
  it('says that it cannot connect, and sends as soon as it can: once', async () => {
    const { front, asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    await front.use({ type: 'down' });
    await visitor.say('Hello');
    await visitor.isNotified("Can't connect. Trying again…");
    await front.use();
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
    expect(visitor.errors).toEqual([]);
  });
});

row('F-02', 'B', (wire) => {
  it('waits without a request, says so, and sends once the network is there', async () => {
    const { front, asked, play, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    await visitor.context.setOffline(true);
    const before = front.arrived.length;
    await visitor.say('Hello');
    await visitor.isNotified("You're offline. Waiting for a connection…");
    expect(await visitor.transcript()).toContain('Queued');
    expect(front.arrived).toHaveLength(before);
    await visitor.context.setOffline(false);
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
  });
});

row('F-04', 'B', (wire) => {
  it.each([400, 422])('%i: not sent, and no way to send the same again', async (code) => {
    const { asked, breaks, arrivals, visit } = on(wire);
    const visitor = await visit();
    breaks('send', envelope(code, 'invalid_request', 'no'));
    await visitor.say('Hello');
    await visitor.reads('Not sent. This message was not accepted.');
    expect(await visitor.page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(visitor.attempts('send')).toBe(1);
    expect(arrivals('send')).toBe(0);
    expect(asked()).toEqual([]);
  });
});

row('F-05', 'B', (wire) => {
  it('asks for a new token and sends with it; the message goes once', async () => {
    const { front, asked, play, breaks, visit } = on(wire);
    play(() => [say('Welcome back')]);
    const visitor = await visit({ tokens: ['stale', 'fresh'] });
    breaks('send', envelope(401, 'unauthorized', 'no'));
    await visitor.say('Hello');
    await visitor.reads('Welcome back');
    expect(asked()).toHaveLength(1);
    const sent = front.arrived.find(({ messageId }) => messageId !== null);
    expect(sent!.headers.get('authorization')).toBe('Bearer fresh');
  });

  it('a second 401: says that the session has ended, keeps the message, and sends it when told to', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say('Welcome back')]);
    const visitor = await visit({ tokens: ['stale', 'stale too'] });
    breaks('send', envelope(401, 'unauthorized', 'no'), 2);
    await visitor.say('Hello');
    await visitor.reads(/Your session has ended. Please sign in again./);
    expect(await visitor.transcript()).toContain('Hello');
    await visitor.page.getByRole('button', { name: 'Retry' }).click();
    await visitor.reads('Welcome back');
    expect(asked()).toHaveLength(1);
  });
});

row('F-06', 'B', (wire) => {
  it('says that chat is not available here, and the developer reads why in the console, once', async () => {
    const { asked, breaks, visit } = on(wire);
    const visitor = await visit();
    const told: string[] = [];
    visitor.page.on('console', (message) => {
      if (message.text().includes('AgentChatError')) told.push(message.text());
    });
    breaks('send', envelope(403, 'origin_not_allowed', 'no'), Infinity);
    await visitor.say('Hello');
    await visitor.reads(/Chat isn't available here./);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/origins/);
    expect(visitor.attempts('send')).toBe(1);
    expect(asked()).toEqual([]);
  });

  it('our proxy refuses a page of another origin before anything is asked of the agent', async () => {
    const { asked, front, visit } = on(wire);
    const { url } = front;
    const visitor = await visit({ url: `${url.replace('127.0.0.1', 'localhost')}/api/agent-chat` });
    await visitor.say('Hello');
    await visitor.isNotified("Can't connect. Trying again…");
    expect(asked()).toEqual([]);
  });
});

row('F-07', 'B', (wire) => {
  it('the transcript stays, and the unsent text begins a new conversation', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say('Fine')]);
    const visitor = await visit();
    await visitor.say('One');
    await visitor.reads('Fine');
    breaks('send', envelope(404, 'task_not_found', 'no'));
    await visitor.say('Two');
    await visitor.reads(/This conversation can no longer be continued./);
    await visitor.page.getByRole('button', { name: 'Retry' }).click();
    await expect.poll(() => asked().length).toBe(2);
    expect(await visitor.transcript()).toContain('One');
    expect(asked().at(-1)!.body).not.toHaveProperty('task_id');
  });
});

row('F-08', 'B', (wire) => {
  it('a message to a task that is busy elsewhere waits, and goes by itself', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say('Fine')]);
    const visitor = await visit();
    await visitor.say('One');
    await visitor.reads('Fine');
    breaks('send', envelope(409, 'task_active', 'no'));
    play(() => [say('Better')]);
    await visitor.say('Two');
    await visitor.reads('Better');
    expect(asked()).toHaveLength(2);
  });

  it('and one that this visitor stopped is waited for', async () => {
    const { asked, play, visit } = on(wire);
    const gate = createGate();
    play(async function* () {
      yield say('Once upon');
      await gate.opened;
    });
    const visitor = await visit();
    await visitor.say('A story');
    await visitor.sees('Once upon');
    await visitor.page.getByRole('button', { name: 'Stop' }).click();
    play(() => [say('Yes?')]);
    await visitor.say('Thanks');
    await visitor.page.getByRole('log').getByText('Queued').waitFor();
    expect(asked()).toHaveLength(1);
    gate.open();
    await visitor.reads('Yes?');
    expect(asked()).toHaveLength(2);
  });
});

row('F-11', 'B', (wire) => {
  it.each([500, 502, 503, 504])('%i of something between: sent once it is known that nothing arrived', async (code) => {
    const { asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    breaks('send', status(code, { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>'));
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(arrivals('receipt')).toBe(1);
    expect(asked()).toHaveLength(1);
    expect(await visitor.transcript()).not.toContain('gateway');
  });

  it('504 while the agent works: its answer is found', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    breaks('send', async (request, next, sleep) => {
      await (await next(request)).body?.cancel();
      return status(504)(request, next, sleep);
    });
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
  });
});

row('F-12', 'B', (wire) => {
  it('a portal: nothing of its page is shown, and the message goes once it is gone', async () => {
    const { front, asked, play, breaks, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    breaks('send', webPage, Infinity);
    breaks('receipt', webPage, Infinity);
    await visitor.say('Hello');
    await visitor.isNotified("Can't connect. Trying again…");
    expect(await visitor.page.locator('body').innerText()).not.toContain('log in');
    front.clear();
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
  });
});

row('F-13', 'B', (wire) => {
  it('is not followed, so that no token goes where it should not', async () => {
    const { front, asked, play, breaks, visit } = on(wire);
    play(() => [say('Here you are')]);
    const elsewhere = await startFaultServer(async () => new Response('gotcha'));
    const visitor = await visit({ tokens: ['secret', 'secret'] });
    const told: string[] = [];
    visitor.page.on('console', (message) => {
      if (message.text().includes('AgentChatError')) told.push(message.text());
    });
    breaks('send', redirect(`${elsewhere.url}/v2/agents/support/responses`), Infinity);
    await visitor.say('Hello');
    await visitor.reads(/Chat isn't available here./);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/redirect is not followed/);
    front.clear();
    await visitor.page.getByRole('button', { name: 'Retry' }).click();
    await visitor.reads('Here you are');
    expect(elsewhere.arrived).toEqual([]);
    expect(asked()).toHaveLength(1);
    await elsewhere.close();
  });
});

row('F-16', 'B', (wire) => {
  it('a receipt finds the answer', async () => {
    const { asked, play, breaks, arrivals, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    // Twice, because Chromium itself sends once more what it lost on a connection that had been used before.
    breaks('send', loseAnswer, 2);
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(arrivals('receipt')).toBe(1);
    expect(asked()).toHaveLength(1);
  });

  it('what the browser itself sends again reaches the agent once', async () => {
    const { asked, play, breaks, visit } = on(wire);
    play(() => [say('Here you are')]);
    const visitor = await visit();
    breaks('send', loseAnswer);
    await visitor.say('Hello');
    await visitor.reads('Here you are');
    expect(asked()).toHaveLength(1);
  });
});
