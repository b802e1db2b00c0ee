import { createParser } from 'eventsource-parser';
import { AgentChatError } from '../core/errors.js';

/** No event of an agent is this large; without a bound one endless line would fill the tab's memory. */
const MAX_EVENT_CHARACTERS = 8 * 1024 * 1024;

/**
 * The data of the SSE frames in a body, as many at a time as one chunk completed. Leaving the loop cancels the body.
 * A frame that the end of the body cut short is not one (WHATWG: an incomplete event is not dispatched).
 *
 * @throws AgentChatError `stream_dropped` for an event over 8 MiB; whatever the body fails with.
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly string[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let frames: string[] = [];
  let isTooLarge = false;
  let endsInCarriageReturn = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onEvent: ({ data }) => {
      if (data.length > MAX_EVENT_CHARACTERS) isTooLarge = true;
      else frames.push(data);
    },
    onError: (error) => (isTooLarge ||= error.type === 'max-buffer-size-exceeded'),
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done ? '' : decoder.decode(value, { stream: true });
      endsInCarriageReturn = text === '' ? endsInCarriageReturn : text.endsWith('\r');
      // The parser holds a CR back until it knows whether an LF follows; at the end none does.
      if (!done) parser.feed(text);
      else if (endsInCarriageReturn) parser.feed('\n');
      if (frames.length > 0) {
        const ready = frames;
        frames = [];
        yield ready;
      }
      if (isTooLarge) throw tooLarge();
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => undefined); // a body that has already failed rejects here too; it is over either way
  }
}

function tooLarge(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'One event of the stream is larger than 8 MiB. Reading on could fill the memory of the tab, so the stream was left; the answer can be had by polling. Look at what the agent sends.',
  });
}
