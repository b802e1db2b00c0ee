import { ProxyError } from './proxyError.js';

const LF = 0x0a;
const CR = 0x0d;
const LINE_FEED = Uint8Array.of(LF);
/** Clients give up above this too. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;

/** Cuts a stream of bytes into whole SSE frames, each with the blank line that ends it. */
export interface FrameSplitter {
  /**
   * Takes a chunk and returns the frames that it completes.
   *
   * @throws ProxyError where a frame is larger than any answer's.
   */
  push(chunk: Uint8Array): Uint8Array[];
  /** Returns what no blank line has ended. */
  rest(): Uint8Array;
}

/** Knows the three line ends of SSE, also where a chunk ends between CR and LF. A byte order mark in front is dropped: it counts as one only at the very beginning. */
export function createFrameSplitter(): FrameSplitter {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isLineEmpty = true;
  let hasEndedWithCr = false;
  let isAtStart = true;
  const hold = (bytes: Uint8Array) => {
    if (bytes.length === 0) return;
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes > MAX_FRAME_BYTES) {
      throw new ProxyError('upstream_error', {
        processed: 'unknown',
        upstreamMessage: 'Sent an event that is too large to pass on.',
      });
    }
  };
  const take = (): Uint8Array => {
    const frame = concat(held);
    held = [];
    heldBytes = 0;
    const hasMark = isAtStart && frame[0] === 0xef && frame[1] === 0xbb && frame[2] === 0xbf;
    isAtStart = false;
    return hasMark ? frame.subarray(3) : frame;
  };
  return {
    push(chunk) {
      const frames: Uint8Array[] = [];
      let start = 0;
      for (let index = 0; index < chunk.length; index += 1) {
        const byte = chunk[index];
        const isSecondHalf = byte === LF && hasEndedWithCr;
        hasEndedWithCr = byte === CR;
        if (byte !== LF && byte !== CR) {
          isLineEmpty = false;
          continue;
        }
        const isBetweenFrames = index === start && heldBytes === 0;
        if (isBetweenFrames) {
          // In front of the next frame's event id, a blank line would dispatch that id alone.
          start = index + 1;
        } else if (!isSecondHalf) {
          if (isLineEmpty) {
            hold(chunk.subarray(start, index + 1));
            // Readers that see a CR at the end of a chunk wait to see whether an LF follows. It is dropped above where it does.
            if (byte === CR) hold(LINE_FEED);
            frames.push(take());
            start = index + 1;
          }
          isLineEmpty = true;
        }
      }
      hold(chunk.slice(start));
      return frames;
    },
    rest: take,
  };
}

/** All chunks in one, copied: a part of a chunk would keep all of it in memory. */
export function concat(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
