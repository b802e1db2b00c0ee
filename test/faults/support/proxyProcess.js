// @ts-check
// `agent-chat-widget proxy` from the sources, in a process that can be killed.
import { runnerImport } from 'vite';

/** @type {{ module: typeof import('../../../src/cli/proxy.js') }} */
const {
  module: { runProxy },
} = await runnerImport(new URL('../../../src/cli/proxy.ts', import.meta.url).pathname, { configFile: false });
await runProxy(process.argv.slice(2));
