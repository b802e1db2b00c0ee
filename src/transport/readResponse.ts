import { isTerminal, type AgentEvent } from '../core/agentEvent.js';
import { AgentChatError, isAgentChatError } from '../core/errors.js';
import { decodeEvent } from './decodeEvent.js';
import { readEventStream, type Patience } from './readEventStream.js';

/** After so many events that could not be read too much is missing: what is whole can be had by polling. */
const MAX_MALFORMED = 3;

/**
 * The events of a streamed answer, up to its terminal one.
 *
 * @throws AgentChatError `stream_dropped` where the body ends, breaks or makes no sense before that: in Chromium a cut looks like a clean end, so an end without a terminal event is a drop.
 */
export async function* readResponse(
  body: ReadableStream<Uint8Array>,
  patience: Patience | null = null,
): AsyncGenerator<AgentEvent> {
  let hasBegun = false;
  let malformed = 0;
  try {
    for await (const frames of readEventStream(body, patience)) {
      for (const { data, id } of frames) {
        const event = decodeEvent(data);
        if (event === 'done') {
          // Without a terminal event the server says that it is over, and not how (PROTOCOL.md 6.4); unless that event was the one that could not be read.
          if (!hasBegun || malformed > 0) throw dropped();
          yield { type: 'response.done', finishReason: 'unknown', pendingToolCalls: [], usage: null, traceId: null };
          return;
        }
        hasBegun ||= event.type !== 'event.skipped';
        yield id === undefined ? event : { ...event, eventId: id };
        if (isTerminal(event)) return;
        if (event.type === 'event.skipped' && event.reason === 'malformed') malformed += 1;
        if (malformed >= MAX_MALFORMED) throw dropped();
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
      'The stream ended before the response did. What had arrived is kept; the rest is fetched. If this happens often, look for a proxy that buffers or cuts long requests.',
    cause,
  });
}
