import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

export interface ServeOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** 0 takes any free port. */
  readonly port: number;
  /** The address to listen on, such as `127.0.0.1`. */
  readonly hostname: string;
}

export interface Served {
  /** Where it can be reached, without a slash at the end. */
  readonly url: string;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Serves a fetch handler over HTTP.
 *
 * @throws Error that says what to do, where the address cannot be listened on.
 */
export function serve({ fetch, port, hostname }: ServeOptions): Promise<Served> {
  const server = createAdaptorServer({ fetch });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(explain(error, port, hostname), { cause: error })),
    );
    server.listen(port, hostname, () => {
      const address = server.address() as AddressInfo;
      resolve({
        url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            // A stream that is still open would keep the server up for as long as it lasts.
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}

function explain(error: NodeJS.ErrnoException, port: number, hostname: string): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} on ${hostname} is in use, so the server could not start. Stop the other program, or choose another port with --port.`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} on ${hostname} may not be used by this account, so the server could not start. Choose a port above 1023 with --port.`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `This machine has no address ${hostname}, so the server could not start. Use --host 127.0.0.1, or --host 0.0.0.0 for every address.`;
  }
  return `The server could not start on ${hostname}:${port}: ${error.message}.`;
}
