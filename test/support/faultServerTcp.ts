import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { link } from './faultServerLink.js';
import { reset } from './faultServerReset.js';
import { createToxicSet, type Toxic } from './faultServerToxics.js';

export interface ToxicProxy {
  readonly port: number;
  /** Puts these to work instead of those that were; none for a healthy network. Open connections feel it too. */
  use(...toxics: readonly Toxic[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * A TCP proxy on this machine that can do what networks do.
 *
 * @param resets - ports of its own connections that the target has reset: Node reads an RST that comes right behind data as a clean end.
 */
export async function startToxicProxy(targetPort: number, resets = new Set<number>()): Promise<ToxicProxy> {
  const toxics = createToxicSet();
  const sockets = new Set<Socket>();

  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true });
    const breakOff = (): void => [client, upstream].forEach(reset);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    link(client, upstream, { stream: 'upstream', toxics, breakOff });
    link(upstream, client, { stream: 'downstream', toxics, breakOff, resets });
  });

  const hangUp = (): void => sockets.forEach(reset);
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async use(...next) {
      toxics.set(next);
      const isDown = next.some(({ type }) => type === 'down');
      if (isDown && server.listening) await stop(server, hangUp);
      else if (!isDown && !server.listening) await listen(server, port);
    },
    close: async () => {
      toxics.set([]);
      if (server.listening) await stop(server, hangUp);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server, hangUp: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    hangUp();
  });
}
