// @ts-check
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createEmulator } from 'agent-chat-widget/emulator';
import { createAgentProxy } from 'agent-chat-widget/proxy';
import { listen, startBackend } from './startBackend.js';

const folder = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The built site, the script and the proxy on one port.
 *
 * @param {{ port: number, env: Record<string, string | undefined> }} options
 */
export async function startDemo({ port, env }) {
  const backend = await startBackend({ createAgentProxy, createEmulator }, env);
  const site = new Hono();
  site.all('/api/agent-chat/*', (context) => backend.proxy.fetch(context.req.raw));
  const script = serveStatic({ root: folder('../dist/embed') });
  site.get('/agent-chat.js', script);
  site.get('/agent-chat/*', script);
  site.get('/script-tag', serveStatic({ root: folder('dist'), rewriteRequestPath: () => '/embed.html' }));
  site.use('*', serveStatic({ root: folder('dist') }));
  try {
    const server = await listen(site.fetch, port);
    return {
      url: server.url,
      description: backend.description,
      apiKey: backend.apiKey,
      close: async () => {
        await server.close();
        await backend.close();
      },
    };
  } catch (error) {
    await backend.close();
    throw error;
  }
}
