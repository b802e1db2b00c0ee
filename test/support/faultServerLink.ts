import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Direction, Toxic, ToxicSet } from './faultServerToxics.js';

/** No more than this waits in one direction; then the sender is held back, as by a real network. */
const MAX_HELD_BYTES = 65_536;

export interface LinkOptions {
  readonly stream: Direction;
  readonly toxics: ToxicSet;
  /** Ends both sides with an RST. */
  readonly breakOff: () => void;
  readonly resets?: Set<number>;
}

/** Carries bytes from one socket to the other, as well as the toxics allow. */
export function link(from: Socket, to: Socket, { stream, toxics, breakOff, resets }: LinkOptions): void {
  let held = 0;
  let queue = Promise.resolve();
  let isClosed = false;
  const passed = new WeakMap<Toxic, number>();
  const enqueue = (step: () => Promise<void>): void => {
    queue = queue.then(() => (isClosed ? undefined : step()));
  };

  async function deliver(chunk: Buffer, arrivedAt: number): Promise<void> {
    await opened();
    const resetPeer = toxics.find('reset_peer', stream);
    if (resetPeer) {
      await sleep(resetPeer.ms);
      return breakOff();
    }
    const latency = toxics.find('latency', stream);
    if (latency) await sleep(arrivedAt + latency.ms - Date.now());
    for (let start = 0; start < chunk.length && !isClosed;) {
      const slicer = toxics.find('slicer', stream);
      const bandwidth = toxics.find('bandwidth', stream);
      const size = slicer?.bytes ?? (bandwidth ? Math.ceil(bandwidth.bytesPerSecond / 20) : chunk.length);
      const piece = chunk.subarray(start, start + size);
      start += size;
      if (bandwidth) await sleep((piece.length / bandwidth.bytesPerSecond) * 1000);
      if (slicer) await sleep(slicer.ms);
      await write(piece);
    }
  }

  async function write(piece: Buffer): Promise<void> {
    const limit = toxics.find('limit_data', stream);
    const before = limit ? (passed.get(limit) ?? 0) : 0;
    const allowed = limit ? piece.subarray(0, Math.max(0, limit.bytes - before)) : piece;
    if (limit) passed.set(limit, before + allowed.length);
    if (isClosed || to.destroyed) return;
    const isFull = allowed.length > 0 && !to.write(allowed);
    if (limit && before + piece.length >= limit.bytes) {
      isClosed = true;
      to.end();
      from.destroy();
    } else if (isFull) await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve));
  }

  /** Until no `timeout` is at work. */
  async function opened(): Promise<void> {
    while (toxics.find('timeout', stream) && !isClosed) {
      await new Promise<void>((resolve) => {
        const forget = toxics.onChange(() => (forget(), resolve()));
        from.once('close', () => (forget(), resolve()));
      });
    }
  }

  from.on('data', (chunk: Buffer) => {
    held += chunk.length;
    if (held >= MAX_HELD_BYTES) from.pause();
    const arrivedAt = Date.now();
    enqueue(() => deliver(chunk, arrivedAt));
    enqueue(async () => {
      held -= chunk.length;
      from.resume();
    });
  });
  // What came before it is not lost with it.
  from.on('error', () => enqueue(async () => breakOff()));
  from.on('end', () =>
    enqueue(async () => {
      await opened();
      if (resets?.delete(from.localPort ?? 0)) return breakOff();
      const slowClose = toxics.find('slow_close', stream);
      if (slowClose) await sleep(slowClose.ms);
      to.end();
    }),
  );

  let closing: NodeJS.Timeout | undefined;
  const forget = toxics.onChange(watchTimeout);
  watchTimeout();
  function watchTimeout(): void {
    clearTimeout(closing);
    const timeout = toxics.find('timeout', stream);
    if (timeout && timeout.ms > 0)
      closing = setTimeout(() => [from, to].forEach((socket) => socket.destroy()), timeout.ms);
  }
  to.once('close', () => {
    isClosed = true;
    clearTimeout(closing);
    forget();
  });
}
