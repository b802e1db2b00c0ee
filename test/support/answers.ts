const encoder = new TextEncoder();

/** A JSON answer. */
export function jsonAnswer(body: unknown, init: ResponseInit = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(text, { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
}

/** A streamed answer, delivered in these chunks. `breaksWith` ends it with an error instead of an end. */
export function streamAnswer(
  chunks: readonly (string | Uint8Array)[],
  options: { readonly breaksWith?: Error; readonly headers?: Record<string, string> } = {},
): Response {
  return new Response(streamOf(chunks, options.breaksWith), {
    headers: { 'content-type': 'text/event-stream', ...options.headers },
  });
}

/** A streamed answer of these events, followed by the sentinel. */
export function eventAnswer(events: readonly WireEvent[]): Response {
  return streamAnswer([framesOf(events), 'data: [DONE]\n\n']);
}

/** A streamed answer that the test writes as it goes. */
export function openAnswer(): {
  readonly response: Response;
  write(text: string): void;
  close(): void;
  readonly isCancelled: () => boolean;
} {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel: () => void (isCancelled = true),
  });
  return {
    response: new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
    write: (text) => controller.enqueue(encoder.encode(text)),
    close: () => controller.close(),
    isCancelled: () => isCancelled,
  };
}

export interface WireEvent {
  readonly type: string;
  readonly data?: unknown;
}

/** The SSE text of these events. */
export function framesOf(events: readonly WireEvent[]): string {
  return events
    .map((event) => `data: ${JSON.stringify({ timestamp: '2026-02-03T10:20:00.000Z', ...event })}\n\n`)
    .join('');
}

/** A body of these chunks. */
export function streamOf(chunks: readonly (string | Uint8Array)[], breaksWith?: Error): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk !== undefined) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      else if (breaksWith) controller.error(breaksWith);
      else controller.close();
    },
  });
}
