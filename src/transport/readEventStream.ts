import { createParser } from 'eventsource-parser';
import { AgentChatError } from '../core/errors.js';

/** No event of an agent is this large; without a bound one endless line would fill the tab's memory. */
const MAX_EVENT_CHARACTERS = 8 * 1024 * 1024;

/**
 * The data of the SSE frames in a body, as many at a time as one chunk completed. Leaving the loop cancels the body.
 * A frame that the end of the body cut short is not one (WHATWG: an incomplete event is not dispatched).
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly string[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let frames: string[] = [];
  let isTooLarge = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onEvent: (event) => frames.push(event.data),
    onError: (error) => (isTooLarge ||= error.type === 'max-buffer-size-exceeded'),
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      if (frames.length > 0) {
        const ready = frames;
        frames = [];
        yield ready;
      }
      if (isTooLarge) {
        throw new AgentChatError({
          code: 'protocol',
          message:
            'One event of the stream is larger than 8 MiB. Reading on could fill the memory of the tab, so the stream was left. Look at what the agent sends.',
        });
      }
    }
  } finally {
    reader.cancel().catch(() => undefined); // a body that has already failed rejects here too; it is over either way
  }
}
