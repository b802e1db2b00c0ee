import type { FetchHandler } from '../support/faultServerFaults.js';

export interface Link {
  readonly fetch: typeof fetch;
  /** The page is gone: the server sees the connection close, and the page hears nothing more. */
  cut(): void;
}

/** A page's connection to a handler: gives up when told to, and ends with the page. */
export function createLink(handle: FetchHandler): Link {
  const open = new Set<() => void>();
  let isCut = false;

  return {
    cut() {
      isCut = true;
      for (const close of [...open]) close();
    },
    async fetch(input, { signal, ...init } = {}) {
      signal?.throwIfAborted();
      if (isCut) return never();
      const answering = handle(new Request(input, init));
      const response = await (signal ? Promise.race([answering, aborted(signal)]) : answering);
      if (isCut) {
        await response.body?.cancel();
        return never();
      }
      if (!response.body || response.headers.get('content-type') !== 'text/event-stream') return response;
      return new Response(relay(response.body, signal ?? null), { status: response.status, headers: response.headers });
    },
  };

  function relay(body: ReadableStream<Uint8Array>, signal: AbortSignal | null): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    const close = (): void => {
      open.delete(close);
      reader.cancel().catch(() => undefined);
    };
    open.add(close);
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          signal?.addEventListener('abort', () => {
            if (!open.has(close)) return;
            controller.error(signal.reason);
            close();
          });
        },
        async pull(controller) {
          try {
            const step = await reader.read();
            if (isCut) return await never();
            if (!open.has(close)) return;
            if (!step.done) return controller.enqueue(step.value);
            controller.close();
          } catch (thrown) {
            if (open.has(close)) controller.error(thrown);
          }
          open.delete(close);
        },
        cancel: close,
      },
      { highWaterMark: 0 },
    );
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
