import { createConversation, createResponsesTransport, type Conversation } from '../../../src/core.js';
import { createEmulator, type Scenario, type Turn } from '../../../src/emulator/index.js';
import { createAgentProxy, type AgentProxyOptions } from '../../../src/proxy/index.js';
import { startFaultServer, type FaultServer } from '../../support/faultServer.js';

export interface World extends Pick<FaultServer, 'arrived' | 'inject' | 'use' | 'close'> {
  /** A visitor with a conversation of its own, whose requests carry the name. */
  visit(name?: string): Conversation;
}

/** Names the visitor in each request. */
export const VISITOR = 'x-visitor';

const MOUNT = '/api/agent-chat';

/** The emulator behind the proxy behind a network that breaks as told, all real, on this machine. */
export async function openWorld(scenario: Scenario, options: Partial<AgentProxyOptions> = {}): Promise<World> {
  const emulator = createEmulator({ agents: { support: (turn: Turn) => scenario(turn) } });
  const proxy = createAgentProxy({
    ...{ apiKey: emulator.apiKey, upstream: 'http://api.test', origins: [], basePath: MOUNT },
    agents: { support: 'support' },
    fetch: (url, init) => emulator.fetch(new Request(url, init)),
    logger: () => undefined,
    ...options,
  });
  const server = await startFaultServer((request) => proxy.fetch(request));
  return {
    ...server,
    visit(name = '') {
      const transport = createResponsesTransport({ url: server.url + MOUNT, headers: { [VISITOR]: name } });
      return createConversation({ agentKey: 'support', transport });
    },
    async close() {
      emulator.close();
      await server.close();
    },
  };
}

/** Resolves as soon as a conversation looks like this. */
export function until(conversation: Conversation, matches: (state: ReturnType<Conversation['getState']>) => boolean) {
  return new Promise<void>((resolve) => {
    const look = (): void => {
      if (!matches(conversation.getState())) return;
      forget();
      resolve();
    };
    const forget = conversation.subscribe(look);
    look();
  });
}
