import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { SUPPORTED_BROWSERS } from '../supportedBrowsers.js';
import { startBackend } from './startBackend.js';
import type * as emulatorEntry from '../src/emulator/index.js';
import type * as proxyEntry from '../src/proxy/index.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** While developing, proxy and emulator run from source beside the dev server. */
const backend: Plugin = {
  name: 'agent-chat-backend',
  apply: 'serve',
  async configureServer(server) {
    const [{ createAgentProxy }, { createEmulator }] = (await Promise.all([
      server.ssrLoadModule(source('proxy/index.ts')),
      server.ssrLoadModule(source('emulator/index.ts')),
    ])) as [typeof proxyEntry, typeof emulatorEntry];
    const { proxy, close } = await startBackend({ createAgentProxy, createEmulator }, process.env);
    const listener = getRequestListener((request) => proxy.fetch(request));
    server.httpServer?.once('close', () => void close());
    server.middlewares.use((request, response, next) => {
      if (request.url?.startsWith('/api/agent-chat/')) void listener(request, response);
      else next();
    });
  },
};

export default defineConfig(({ command }) => ({
  root,
  plugins: [react(), backend],
  publicDir: false,
  // The built site uses the package as a user would; while developing it uses the source.
  resolve: {
    alias:
      command === 'serve'
        ? [
            { find: 'agent-chat-widget/styles.css', replacement: source('styles.css') },
            { find: /^agent-chat-widget$/, replacement: source('index.ts') },
          ]
        : [],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    reportCompressedSize: false,
    cssTarget: SUPPORTED_BROWSERS,
    rolldownOptions: { input: { index: `${root}index.html`, embed: `${root}embed.html` } },
  },
}));
