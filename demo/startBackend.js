// @ts-check
import { randomUUID } from 'node:crypto';
import { serve } from '@hono/node-server';

/**
 * The demo's backend: our proxy, and behind it the emulator on a port of its own, or the real service where there is a key for it.
 *
 * @param {object} modules - the package's own, from source while developing and from `dist` otherwise.
 * @param {typeof import('agent-chat-widget/proxy').createAgentProxy} modules.createAgentProxy
 * @param {typeof import('agent-chat-widget/emulator').createEmulator} modules.createEmulator
 * @param {Record<string, string | undefined>} env
 */
export async function startBackend({ createAgentProxy, createEmulator }, env) {
  const basePath = '/api/agent-chat';
  if (env.ORQ_API_KEY) {
    const key = env.ORQ_AGENT;
    if (!key)
      throw new Error(
        'ORQ_API_KEY is set, but ORQ_AGENT is not, so the demo does not know whom to call. Set it to the key of your agent: ORQ_AGENT=my_agent npm run demo',
      );
    const upstream = env.ORQ_BASE_URL ?? 'https://api.orq.ai';
    const proxy = createAgentProxy({
      apiKey: env.ORQ_API_KEY,
      upstream,
      agents: { guide: key },
      origins: [],
      basePath,
    });
    return { proxy, description: `agent "${key}" at ${upstream}`, apiKey: env.ORQ_API_KEY, close: async () => {} };
  }

  // A new key every time: whatever shows it in a browser has leaked it, and a test that looks for it cannot pass by habit.
  const apiKey = `canary-${randomUUID()}`;
  const emulator = createEmulator({ apiKey, latency: 'realistic' });
  const server = await listen(emulator.fetch, 0);
  const agents = Object.fromEntries(emulator.agents().map((agent) => [agent.key, agent.key]));
  const guide = {
    key: 'guide',
    suggestions: ['How do I start?', 'Which ways are there to add it to my site?', 'Why is there a proxy?'],
  };
  const proxy = createAgentProxy({
    apiKey,
    upstream: server.url,
    agents: { ...agents, guide },
    origins: [],
    basePath,
    reviews: '/__emulator/tasks/{task_id}/reviews/{tool_call_id}', // the Agents API has none; the emulator does
  });
  return {
    proxy,
    description: `the emulator at ${server.url}`,
    apiKey,
    close: async () => {
      emulator.close();
      await server.close();
    },
  };
}

/**
 * Serves a fetch handler on this machine only.
 *
 * @param {(request: Request) => Response | Promise<Response>} fetch
 * @param {number} port - 0 takes a free one.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export function listen(fetch, port) {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1' }, ({ port: actual }) => {
      resolve({
        url: `http://127.0.0.1:${actual}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done(undefined));
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
    server.once('error', (error) => reject('code' in error && error.code === 'EADDRINUSE' ? portInUse(port) : error));
  });
}

/** @param {number} port */
function portInUse(port) {
  return new Error(
    `Port ${port} is in use by another program, so the demo cannot start there. Stop that program, or take another port: PORT=${port + 1} npm run demo`,
  );
}
