import type { Socket } from 'node:net';

/** Ends a connection with an RST and nothing else. Left to itself Node sends a FIN before it, and whoever reads that first takes it for a clean end. */
export function reset(socket: Socket): void {
  socket.destroySoon = () => void socket.destroy();
  socket.resetAndDestroy();
}
