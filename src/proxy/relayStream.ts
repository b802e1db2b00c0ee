import type { UpstreamAnswer } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { createSecretMask } from './maskSecret.js';
import { ProxyError, toErrorEnvelope } from './proxyError.js';

/**
 * Passes an SSE body on, each chunk as soon as it comes and only when the client asks for more, so that neither a frame waits nor a slow client fills the memory.
 *
 * Where the API breaks off between two frames, the client is told by `event: error` with our envelope. Inside a frame the connection is cut instead: a
 * line end there would turn the fragment into a frame.
 */
export function relayStream(answer: UpstreamAnswer, exchange: Exchange, apiKey: string): ReadableStream<Uint8Array> {
  const mask = createSecretMask(apiKey);
  const encoder = new TextEncoder();
  let bytesOut = 0;
  let tail = '\n\n';
  const count = (chunk: Uint8Array) => {
    bytesOut += chunk.byteLength;
    tail = (tail + String.fromCharCode(...chunk.subarray(-4))).slice(-4);
    return chunk;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const chunk = await answer.read();
            const passed = chunk === null ? mask.flush() : mask.push(chunk);
            if (passed.byteLength > 0) controller.enqueue(count(passed));
            if (chunk === null) {
              controller.close();
              exchange.finish(bytesOut);
              return;
            }
            // A chunk that was held back whole has to be followed by another.
            if (passed.byteLength > 0) return;
          }
        } catch (thrown) {
          const error = exchange.fail(thrown);
          if (error.code !== 'client_closed' && /(\n\n|\r\n\r\n|\r\r)$/.test(tail)) {
            controller.enqueue(
              count(encoder.encode(`event: error\ndata: ${toErrorEnvelope(error, exchange.requestId)}\n\n`)),
            );
            controller.close();
          } else {
            controller.error(error);
          }
          exchange.finish(bytesOut);
        }
      },
      cancel() {
        answer.stop(exchange.fail(new ProxyError('client_closed')));
        exchange.finish(bytesOut);
      },
    },
    // Nothing is read ahead: what the client has not asked for stays with the API.
    { highWaterMark: 0 },
  );
}
