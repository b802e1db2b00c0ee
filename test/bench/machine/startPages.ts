import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url));

export interface Pages {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the page for production and serves it on a free port of this machine. */
export async function startPages(): Promise<Pages> {
  await build({ configFile });
  const server = await preview({ configFile, preview: { host: '127.0.0.1', port: 0 } });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server of the pages has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
