import { createServer, type AddressInfo, type Server } from 'node:net';

/** Stands for every host of the world but `localhost`. */
export interface Trap {
  readonly port: number;
  /** The first bytes that each connection sent: a request's line and host, or the host in a TLS greeting. */
  readonly heard: string[];
  close(): void;
}

/** A server that answers nobody and remembers who called. Browsers that prefetch do not tell the page, but they do connect. */
export async function openTrap(): Promise<Trap> {
  const heard: string[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      heard.push(bytes.toString('latin1').replace(/[^\x20-\x7e]+/g, ' '));
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, heard, close: () => void server.close() };
}
