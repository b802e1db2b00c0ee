import { expect, it } from 'vitest';
import { say } from '../../../src/emulator/index.js';
import { createAgentProxy } from '../../../src/proxy/index.js';
import { cutEvents } from '../../support/faultServerEvents.js';
import { startFaultServer, type FaultServer } from '../../support/faultServer.js';
import { row } from '../support/row.js';
import { useStage, type Stage } from '../support/useStage.js';

const on = useStage();

/** A proxy of another origin than the page's, which lets in pages of these. */
function startElsewhere({ back }: Stage, origins: readonly string[]): Promise<FaultServer> {
  const proxy = createAgentProxy({
    apiKey: 'emulator-key',
    upstream: 'http://api.test',
    agents: { support: 'support' },
    origins,
    limits: { heartbeatMs: 200 },
    fetch: (url, init) => back.handle(new Request(url, init)),
    logger: () => undefined,
  });
  return startFaultServer((request) => proxy.fetch(request));
}

row('F-14', 'B', (wire) => {
  it('the visitor reads that it cannot connect, and the developer which origin to let in', async () => {
    const stage = on(wire);
    const elsewhere = await startElsewhere(stage, []);
    const visitor = await stage.visit({ url: elsewhere.url });
    await visitor.say('Hello');
    await visitor.isNotified("Can't connect. Trying again…");
    await expect.poll(() => visitor.told).toHaveLength(1);
    expect(visitor.told[0]).toContain(`Add ${stage.front.url} to the origins of the proxy`);
    expect(stage.asked()).toEqual([]);
    await elsewhere.close();
  });

  it('a proxy that is down is not taken for that', async () => {
    const stage = on(wire);
    const elsewhere = await startElsewhere(stage, [stage.front.url]);
    await elsewhere.use({ type: 'down' });
    const visitor = await stage.visit({ url: elsewhere.url });
    await visitor.say('Hello');
    await visitor.isNotified("Can't connect. Trying again…");
    await elsewhere.use();
    await expect.poll(() => elsewhere.arrived.some(({ path }) => path.startsWith('/receipts/'))).toBe(true);
    expect(visitor.told).toEqual([]);
    await elsewhere.close();
  });
});

row('F-15', 'B', (wire) => {
  it('with widget and proxy on two origins: every cut is mended by a replay, and not a character is missing', async () => {
    const stage = on(wire);
    const words = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
    stage.play(() => [say(words)]);
    const elsewhere = await startElsewhere(stage, [stage.front.url]);
    const visitor = await stage.visit({ url: elsewhere.url });
    const preflights: string[] = [];
    const replays: (string | null)[] = [];
    const kindOf = (method: string, url: string) => wire.readCall(method, new URL(url).pathname, undefined)?.kind;
    visitor.page.on('request', async (request) => {
      if (kindOf(request.method(), request.url()) === 'replay')
        replays.push(await request.headerValue('last-event-id'));
    });
    elsewhere.inject(
      ({ method, headers }) => {
        const asksFor = headers.get('access-control-request-headers');
        if (method === 'OPTIONS' && asksFor) preflights.push(asksFor);
        return false;
      },
      async () => Response.error(),
    );
    elsewhere.inject(({ method, url }) => kindOf(method, url) === 'send', cutEvents(3, 'clean'));
    elsewhere.inject(({ method, url }) => kindOf(method, url) === 'replay', cutEvents(4, 'clean'), 3);
    await visitor.say('Count');
    await visitor.reads(words);
    expect(replays).toHaveLength(4);
    expect(new Set(replays).size).toBe(4);
    expect(preflights.some((headers) => headers.includes('last-event-id'))).toBe(true);
    expect(stage.asked()).toHaveLength(1);
    await visitor.say('Again');
    await expect.poll(async () => (await visitor.transcript()).split(words).length).toBe(3);
    expect(stage.asked()).toHaveLength(2);
    expect(visitor.errors).toEqual([]);
    await elsewhere.close();
  });
});
