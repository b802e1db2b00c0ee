import type { EventLog } from './eventLog.js';
import type { Profile } from './profile.js';
import type { WireEvent } from './wire.js';

/**
 * A run's events as the bytes of a server-sent event stream (PROTOCOL.md section 6.1). Reads the log only as fast as the
 * client does; a client that cancels ends the stream, not the run.
 */
export function createEventStream(log: EventLog, profile: Profile): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const lineEnd = profile.crlf ? '\r\n' : '\n';
  const block = (payload: string): string => `data: ${payload}${lineEnd}${lineEnd}`;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let index = 0;
  let isEnded = false;

  const write = (text: string): void => {
    const bytes = encoder.encode(text);
    const size = profile.chunkBytes > 0 ? profile.chunkBytes : bytes.length;
    for (let start = 0; start < bytes.length; start += size) chunks.push(bytes.slice(start, start + size));
  };

  const source: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>> = {
    async pull(controller) {
      while (chunks.length === 0 && !isEnded) {
        const entry = await log.at(index++);
        if (entry === null) {
          isEnded = true;
          if (profile.done) write(block('[DONE]'));
        } else if (entry.kind === 'disconnect') {
          if (entry.clean) isEnded = true;
          else return controller.error(brokenConnection());
        } else {
          write(encodeEvent(entry.event, profile, lineEnd, block));
        }
      }
      const chunk = chunks.shift();
      if (chunk === undefined) controller.close();
      else controller.enqueue(chunk);
    },
  };
  // Nothing is read ahead: an error would throw away what the client has not read yet.
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** The body of a JSON answer whose connection breaks before it is there. */
export function createBrokenBody(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull(controller) {
      controller.error(brokenConnection());
    },
  });
}

// Servers print a broken body with its stack, though here it is the plan.
function brokenConnection(): TypeError {
  const error = new TypeError('The emulator broke the connection, as its scenario asked.');
  error.stack = '';
  return error;
}

function encodeEvent(event: WireEvent, profile: Profile, lineEnd: string, block: (payload: string) => string): string {
  const shown = withUsage(event, profile);
  const comment = profile.comments ? `: keep-alive${lineEnd}${lineEnd}` : '';
  const unknown = profile.unknownEvents
    ? block(JSON.stringify({ type: 'emulator.unknown', timestamp: event.timestamp, data: {} }))
    : '';
  return comment + block(JSON.stringify(profile.wrapped ? { data: shown } : shown)) + unknown;
}

// `usage: null` is legal in JSON only (PROTOCOL.md, C21), so both switches leave it out here.
function withUsage(event: WireEvent, profile: Profile): WireEvent {
  if (profile.usage === 'full' || !('usage' in event.data)) return event;
  return { ...event, data: Object.fromEntries(Object.entries(event.data).filter(([key]) => key !== 'usage')) };
}
