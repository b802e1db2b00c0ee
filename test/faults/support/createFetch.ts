import type { FetchHandler } from '../../support/faultServerFaults.js';

/** A `fetch` that reaches this handler: it gives up when aborted, before and during the answer, and follows no redirect. */
export function createFetch(handle: FetchHandler): typeof fetch {
  return async (input, init = {}) => {
    const request = new Request(input, init);
    const { signal } = init;
    signal?.throwIfAborted();
    const response = await Promise.race([handle(request), ...(signal ? [aborted(signal)] : [])]);
    if (response.status >= 300 && response.status < 400 && init.redirect !== 'manual') {
      throw new TypeError('Failed to fetch');
    }
    if (!signal || !response.body) return response;
    const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
    return new Response(body, { status: response.status, headers: response.headers });
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
