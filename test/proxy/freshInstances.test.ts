import { expect, test, vi } from 'vitest';
import { createConversation } from '../../src/core/createConversation.js';
import { createEmulator, say } from '../../src/emulator/index.js';
import type { AgentProxyOptions } from '../../src/proxy/index.js';
import { detectProcess } from '../../src/proxy/detectProcess.js';
import { createResponsesTransport } from '../../src/transport/createResponsesTransport.js';
import { cutEvents } from '../support/faultServerEvents.js';
import { createFaults } from '../support/faultServer.js';
import { loseAnswer, refuse } from '../support/faultServerFaults.js';
import { messageText } from '../../src/core/message.js';

const WORDS = 'Your parcel left the depot at nine and will be with you before noon.';

/** A visitor of a function: each request meets code that was loaded for it alone, and nothing is shared. */
function setUp(options: Pick<AgentProxyOptions, 'process'>) {
  const emulator = createEmulator({ apiKey: 'emulator-key', agents: { support: () => [say(WORDS)] } });
  const api = createFaults((request) => emulator.fetch(request));
  const offered = new Set<string>();
  const network = createFaults(async (request) => {
    vi.resetModules();
    const { createAgentProxy } = await import('../../src/proxy/index.js');
    const proxy = createAgentProxy({
      apiKey: emulator.apiKey,
      upstream: 'http://api.test',
      agents: { support: 'support' },
      origins: [],
      fetch: (url, init) => api.handle(new Request(url, init)),
      logger: () => undefined,
      ...options,
    });
    const response = await proxy.fetch(request);
    offered.add(/features=(.*)/.exec(response.headers.get('agent-chat-proxy') ?? '')?.[1] ?? 'none');
    return response;
  });
  const conversation = createConversation({
    agentKey: 'support',
    transport: createResponsesTransport({
      url: 'http://functions.test',
      fetch: (input, init) => network.handle(new Request(input, init)),
    }),
  });
  const transcript = () =>
    conversation
      .getState()
      .messages.map((each) => `${messageText(each)}: ${each.role === 'user' ? each.delivery : each.status}`);
  const settled = () => expect.poll(() => conversation.getState().run, { timeout: 10_000 }).toBeNull();
  return { api, network, conversation, offered, transcript, settled, get: (path: string) => ask(network, path) };
}

const ask = (network: ReturnType<typeof createFaults>, path: string): Promise<Response> =>
  network.handle(new Request(`http://functions.test${path}`));
const isSend = ({ method, url }: Request): boolean => method === 'POST' && url.endsWith('/responses');

test('offers nothing that would need a memory, and has no routes for it', async () => {
  const { get, offered } = setUp({ process: 'per-request' });
  for (const path of ['/receipts/m1', '/v2/agents/support/responses/t1/events']) {
    expect((await get(path)).status).toBe(404);
  }
  expect([...offered]).toEqual(['heartbeats,feedback']);
});

test('an answer that broke off is polled; the message goes once', async () => {
  const { api, network, conversation, offered, transcript, settled } = setUp({ process: 'per-request' });
  network.inject(isSend, cutEvents(3, 'reset'));
  conversation.send('When?');
  await settled();
  expect(transcript()).toEqual(['When?: sent', `${WORDS}: completed`]);
  expect(api.messageIds()).toHaveLength(1);
  expect(network.arrived.map(({ path }) => path).filter((path) => /events|receipts|cancel/.test(path))).toEqual([]);
  expect([...offered]).toEqual(['heartbeats,feedback']);
});

// Nobody can tell such a process from a server that has just been started, so its words must not count for more than they are worth.
test('even where it takes itself for a server, nothing is lost, and nothing goes twice', async () => {
  const { api, network, conversation, transcript, settled } = setUp({ process: 'long-lived' });
  network.inject(isSend, cutEvents(3, 'reset'));
  conversation.send('When?');
  await settled();
  expect(transcript()).toEqual(['When?: sent', `${WORDS}: completed`]);
  network.inject(isSend, loseAnswer);
  conversation.send('And then?');
  await settled();
  expect(transcript().at(-1)).toBe('And then?: uncertain');
  network.inject(isSend, refuse);
  conversation.send('Hello?');
  await settled();
  expect(transcript().at(-1)).toBe('Hello?: uncertain');
  expect(api.messageIds()).toHaveLength(2);
});

test.each([
  ['a server', {}, 'long-lived'],
  ['AWS Lambda', { process: { env: { AWS_LAMBDA_FUNCTION_NAME: 'chat' } } }, 'per-request'],
  ['Vercel', { process: { env: { VERCEL: '1' } } }, 'per-request'],
  ['a Cloudflare worker', { navigator: { userAgent: 'Cloudflare-Workers' } }, 'per-request'],
  ['Node', { process: { env: {} }, navigator: { userAgent: 'Node.js/22' } }, 'long-lived'],
])('%s says of itself what it is', (_, platform, expected) => {
  expect(detectProcess(platform)).toBe(expected);
});
