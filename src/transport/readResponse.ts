import type { AgentEvent } from '../core/agentEvent.js';
import { AgentChatError, isAgentChatError } from '../core/errors.js';
import { decodeEvent } from './decodeEvent.js';
import { readEventStream } from './readEventStream.js';

/**
 * The events of a streamed answer, up to its terminal one.
 *
 * @throws AgentChatError `stream_dropped` where the body ends or breaks before that: in Chromium a cut looks like a clean end, so an end without a terminal event is a drop.
 */
export async function* readResponse(body: ReadableStream<Uint8Array>): AsyncGenerator<AgentEvent> {
  let hasBegun = false;
  try {
    for await (const frames of readEventStream(body)) {
      for (const data of frames) {
        const event = decodeEvent(data);
        if (event === 'done') {
          // `[DONE]` without a terminal event: the server says it is over, and not how (PROTOCOL.md 6.4).
          if (hasBegun)
            yield { type: 'response.done', finishReason: 'unknown', pendingToolCalls: [], usage: null, traceId: null };
          else throw dropped();
          return;
        }
        hasBegun ||= event.type !== 'event.skipped';
        yield event;
        if (event.type === 'response.done' || event.type === 'response.failed') return;
      }
    }
  } catch (thrown) {
    throw isAgentChatError(thrown) ? thrown : dropped(thrown);
  }
  throw dropped();
}

function dropped(cause?: unknown): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'The stream ended before the response did. What had arrived is kept; the rest can be had by polling the task. If this happens often, look for a proxy between that buffers or cuts long requests.',
    cause,
  });
}
