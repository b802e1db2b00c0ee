import { createParser } from 'eventsource-parser';
import { within, type Clock } from '../core/clock.js';
import { AgentChatError } from '../core/errors.js';

/** No event of an agent is this large; without a bound one endless line would fill the tab's memory. */
const MAX_EVENT_CHARACTERS = 8 * 1024 * 1024;

export interface Frame {
  readonly data: string;
  /** Names the place behind it, where the server does. */
  readonly id: string | undefined;
}

/** How long a stream may be silent: a backend with heartbeats that says nothing at all has been lost on the way. */
export interface Patience {
  readonly clock: Pick<Clock, 'after'>;
  /** Milliseconds. */
  readonly silenceMs: number;
}

/**
 * The SSE frames in a body, as many at a time as one chunk completed. Leaving the loop cancels the body.
 * A frame that the end of the body cut short is not one (WHATWG: an incomplete event is not dispatched).
 *
 * @param patience - counts every byte, comments too. `null` where silence means nothing.
 * @throws AgentChatError `stream_dropped` for an event over 8 MiB, and after a silence; whatever the body fails with.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  patience: Patience | null,
): AsyncGenerator<readonly Frame[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let frames: Frame[] = [];
  let isTooLarge = false;
  let endsInCarriageReturn = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARACTERS,
    onEvent: ({ data, id }) => {
      if (data.length > MAX_EVENT_CHARACTERS) isTooLarge = true;
      else frames.push({ data, id });
    },
    onError: (error) => (isTooLarge ||= error.type === 'max-buffer-size-exceeded'),
  });
  try {
    for (;;) {
      const reading = reader.read();
      const { done, value } = await (patience ? within(patience.clock, patience.silenceMs, reading, silent) : reading);
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

function silent(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'The stream fell silent although the backend sends heartbeats. What had arrived is kept; the rest is fetched. If this happens often, look for a proxy that buffers.',
  });
}

function tooLarge(): AgentChatError {
  return new AgentChatError({
    code: 'stream_dropped',
    message:
      'One event of the stream is larger than 8 MiB and could fill the memory of the tab. The stream was left; the answer is polled. Look at what the agent sends.',
  });
}
