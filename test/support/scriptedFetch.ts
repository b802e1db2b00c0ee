export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null;
}

export type ScriptedAnswer = Response | Error | ((request: RecordedRequest) => Response | Promise<Response>);

/** A `fetch` that gives one answer per request, in order, and keeps the requests. It honours `signal`, as the real one does. */
export function createScriptedFetch(...answers: readonly ScriptedAnswer[]): {
  readonly fetch: typeof fetch;
  readonly requests: RecordedRequest[];
} {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    async fetch(input, init = {}) {
      const request: RecordedRequest = {
        method: init.method ?? 'GET',
        url: input instanceof Request ? input.url : String(input),
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        signal: init.signal ?? null,
      };
      const answer = answers[requests.length];
      requests.push(request);
      request.signal?.throwIfAborted();
      if (answer instanceof Error) throw answer;
      if (answer instanceof Response) return answer;
      if (!answer) throw new TypeError(`Failed to fetch: no answer is scripted for request ${requests.length}`);
      return Promise.race([answer(request), aborted(request.signal)]);
    },
  };
}

function aborted(signal: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
