import { afterEach, describe, expect, it } from 'vitest';
import { createEmulator, disconnect, say } from '../../src/emulator/index.js';
import { serve, type Served } from '../../src/cli/serve.js';
import { deltaText, readEvents } from '../emulator/readEvents.js';

const open: Served[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

async function start(fetchHandler: (request: Request) => Response | Promise<Response>, port = 0): Promise<Served> {
  const served = await serve({ fetch: fetchHandler, port, hostname: '127.0.0.1' });
  open.push(served);
  return served;
}

function ask(url: string, agent: string): Promise<Response> {
  return fetch(`${url}/v2/agents/${agent}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer emulator-key', 'content-type': 'application/json' },
    body: JSON.stringify({ stream: true, message: { role: 'user', parts: [{ kind: 'text', text: 'Hi' }] } }),
  });
}

describe('serve', () => {
  it('listens on a free port and tells its address', async () => {
    const { url } = await start(() => new Response('hello'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(url)).text()).toBe('hello');
  });

  it('says what to do when the port is in use', async () => {
    const { url } = await start(() => new Response('first'));
    const port = Number(new URL(url).port);
    await expect(start(() => new Response('second'), port)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use, so the server could not start. Stop the other program, or choose another port with --port.`,
    );
  });

  it('says what to do when the machine does not have the address', async () => {
    await expect(serve({ fetch: () => new Response(), port: 0, hostname: '192.0.2.1' })).rejects.toThrow(
      'This machine has no address 192.0.2.1',
    );
  });

  it('streams the emulator over a socket, event by event', async () => {
    const emulator = createEmulator({ agents: { talk: () => [say('Hello over a socket')] } });
    const { url } = await start(emulator.fetch);
    const { events, end } = await readEvents(await ask(url, 'talk'));
    expect(deltaText(events)).toBe('Hello over a socket');
    expect(end).toBe('done');
  });

  it('kills the socket where a scenario disconnects', async () => {
    const emulator = createEmulator({ agents: { talk: () => [say('Half'), disconnect(), say(' whole')] } });
    const { url } = await start(emulator.fetch);
    const { events, end } = await readEvents(await ask(url, 'talk'));
    expect(deltaText(events)).toBe('Half');
    expect(end).toBe('broken');
  });

  it('closes although a stream is open', async () => {
    const served = await start(
      () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })),
    );
    const response = await fetch(served.url);
    const reader = response.body?.getReader();
    await reader?.read();
    await served.close();
    await expect(reader?.read()).rejects.toThrow();
  });
});
