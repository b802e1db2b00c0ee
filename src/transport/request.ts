import type { Clock } from '../core/clock.js';
import { AgentChatError } from '../core/errors.js';

/** Where requests go, and what goes along with each. */
export interface RequestOptions {
  /** Where the proxy is mounted, or the API's base URL. A trailing slash and a trailing `/v2` do no harm. */
  readonly url: string;
  /** A token for `Authorization: Bearer …`; asked for before every request, and once more (`refresh: true`) after a 401. It has 10 s and three tries. */
  readonly getToken?: ((options: { readonly refresh: boolean }) => string | Promise<string>) | undefined;
  /** Further headers. Never put the Orq API key here on a public page: every visitor can read it. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Time limits and pauses. Default: the platform's. */
  readonly clock?: Clock | undefined;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch | undefined;
}

export interface RequestInput {
  readonly method: 'GET' | 'POST';
  /** Below the mount path, beginning with a slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly hasTask: boolean;
  readonly signal: AbortSignal;
}

/**
 * One HTTP exchange.
 *
 * @throws AgentChatError for everything but a 2xx; `network` where no answer came, which does not prove that the request was not received.
 */
export async function request(options: RequestOptions, input: RequestInput): Promise<Response> {
  const first = await attempt(options, input, false);
  // A 401 was turned away before any agent ran, so asking again with a fresh token cannot run one twice.
  const response = first.status === 401 && options.getToken ? await attempt(options, input, true) : first;
  if (response.ok) return response;
  // Most requests succeed, so the words for those that do not are not in the way of the first answer.
  const { readError } = await import('./beyondStreaming.js');
  throw await readError(response, { ...input, url: addressOf(options.url, input.path) });
}

async function attempt(options: RequestOptions, input: RequestInput, refresh: boolean): Promise<Response> {
  const { getToken, fetch = globalThis.fetch } = options;
  const { method, body, signal } = input;
  const token = getToken && (await (await import('./askToken.js')).askToken(getToken, options, refresh));
  const address = addressOf(options.url, input.path);
  try {
    return await fetch(address, {
      method,
      signal,
      redirect: 'manual', // following it would carry the token to another address; as an error it could not be told from a network that is down
      headers: {
        accept: 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...options.headers,
        ...input.headers,
      },
      body: JSON.stringify(body),
    });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new AgentChatError({
      code: 'network',
      message: `${method} ${address} got no answer. Whether it was received is not known. Check that the proxy runs at this address, that it allows this page's origin, and that the page's Content-Security-Policy lets it connect there.`,
      cause: thrown,
    });
  }
}

/** The base address without what people add to it by habit. */
export function addressOf(url: string, path: string): string {
  return url.replace(/\/+$/, '').replace(/\/v2$/, '') + path;
}

export function responsesPath(agentKey: string): string {
  return `/v2/agents/${encodeURIComponent(agentKey)}/responses`;
}

/** The media type, lower case, without parameters. */
export function contentTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}
