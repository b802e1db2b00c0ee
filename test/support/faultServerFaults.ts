export type FetchHandler = (request: Request) => Promise<Response>;

/** What goes wrong with one exchange. `next` is everything behind it: a fault that does not call it keeps the request from arriving. */
export type Fault = (request: Request, next: FetchHandler, sleep: (ms: number) => Promise<void>) => Promise<Response>;

/** Answers in the server's stead. Default: without a body of ours, as something between would. */
export const status =
  (code: number, headers: Record<string, string> = {}, body: unknown = 'Bad gateway'): Fault =>
  async () =>
    typeof body === 'string'
      ? new Response(body, { status: code, headers: { 'content-type': 'text/plain', ...headers } })
      : Response.json(body, { status: code, headers });

/** Our proxy's own error envelope. */
export const envelope = (
  code: number,
  name: string,
  processed: 'no' | 'unknown',
  headers: Record<string, string> = {},
): Fault => status(code, headers, { error: { code: name, message: 'A fault.', request_id: 'fault', processed } });

/** A page where an answer should be, as captive portals and single-page apps send it. */
export const page: Fault = async () =>
  new Response('<!doctype html><title>Welcome</title><h1>Please log in</h1>', {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

export const redirect =
  (location: string, code = 307): Fault =>
  async () =>
    new Response(null, { status: code, headers: { location } });

/** Changes headers of the answer; `null` takes one away. */
export const header =
  (changes: Readonly<Record<string, string | null>>): Fault =>
  async (request, next) => {
    const { body, headers, status: code } = await next(request);
    const changed = new Headers(headers);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) changed.delete(name);
      else changed.set(name, value);
    }
    return new Response(body, { status: code, headers: changed });
  };

/** Reset before the server has seen a byte of the request. */
export const refuse: Fault = async () => {
  throw new TypeError('Failed to fetch');
};

/** The server gets the request; its answer does not come through. */
export const loseAnswer: Fault = async (request, next) => {
  await (await next(request)).body?.cancel();
  throw new TypeError('Failed to fetch');
};

export const delay =
  (ms: number): Fault =>
  async (request, next, sleep) => {
    await sleep(ms);
    return next(request);
  };

/** The server gets the request; not even headers come back. */
export const hang: Fault = async (request, next) => {
  void next(request).catch(() => undefined);
  return new Promise<Response>(() => undefined);
};
