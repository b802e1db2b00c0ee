import type { Exchange } from './exchange.js';
import { concat } from './frameSplitter.js';
import { ProxyError, toErrorEnvelope } from './proxyError.js';
import type { RunReader } from './runReader.js';

const HEARTBEAT = new TextEncoder().encode(': hb\n\n');

/**
 * What is left of an answer as an SSE body. Reads only when the client asks for more, so that a slow one does not fill the memory; while it waits, a comment every
 * `heartbeatMs` tells that the connection lives.
 *
 * Where the answer breaks off, the client is told by `event: error` with our envelope, and without an event id: it is not part of the answer. A client that lost its
 * place is cut off, as it would be by a lost connection, and comes back the same way.
 */
export function streamRun(reader: RunReader, exchange: Exchange, heartbeatMs: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let bytesOut = 0;
  const finish = () => {
    reader.close();
    exchange.finish(bytesOut);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const send = (bytes: Uint8Array) => {
          bytesOut += bytes.byteLength;
          controller.enqueue(bytes);
        };
        const heartbeat = setInterval(() => {
          // One that nobody has taken yet is enough.
          if (controller.desiredSize === 0) send(HEARTBEAT);
        }, heartbeatMs);
        try {
          const entries = await reader.next();
          const frames = entries.flatMap((entry) => (entry.kind === 'frame' ? [entry.bytes] : []));
          if (frames.length > 0) send(frames.length === 1 ? frames[0]! : concat(frames));
          const last = entries.at(-1)!;
          if (last.kind === 'failure') {
            const error = exchange.fail(last.error);
            send(encoder.encode(`event: error\ndata: ${toErrorEnvelope(error, exchange.requestId)}\n\n`));
          }
          if (last.kind === 'failure' || last.kind === 'end') {
            controller.close();
            finish();
          }
        } catch (thrown) {
          controller.error(exchange.fail(thrown));
          finish();
        } finally {
          clearInterval(heartbeat);
        }
      },
      cancel() {
        exchange.fail(new ProxyError('client_closed'));
        finish();
      },
    },
    // Nothing is read ahead: what the client has not asked for stays where it is.
    { highWaterMark: 0 },
  );
}
