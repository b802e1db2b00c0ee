import { toLogText } from './proxyLog.js';
import { ProxyError } from './proxyError.js';
import type { ProxySettings } from './resolveOptions.js';

/**
 * Lets a request through if its page is allowed to use the proxy (TRUST.md P-12, P-13).
 *
 * @returns the listed origin to echo in the CORS headers, or `null` for same-origin requests and clients that are no browsers.
 * @throws ProxyError `origin_not_allowed`.
 */
export function checkOrigin(request: Request, settings: ProxySettings): string | null {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null && settings.origins.has(origin)) return origin;
  // A page cannot forge sec-fetch-site. It is what recognises the own origin behind a reverse proxy, where this server sees another scheme or host.
  const isSameOrigin =
    origin !== null && origin !== 'null' && (site === 'same-origin' || origin === new URL(request.url).origin);
  // Without Origin: no browser, or a same-origin GET. A cross-site navigation or image has none either, and is refused.
  if (isSameOrigin || (origin === null && site !== 'cross-site')) return null;
  throw new ProxyError('origin_not_allowed', {
    hint: `The origin ${JSON.stringify(toLogText(origin ?? 'of a cross-site navigation', settings.apiKey))} is not listed. If it is yours, add it exactly like this to origins (AGENT_CHAT_ORIGINS).`,
  });
}

/** What a browser must be told before its page may call from a listed origin. No credentials: the proxy knows no cookies. */
export function toCorsHeaders(origin: string | null): Record<string, string> {
  // Vary also without CORS, else a cache could hand one origin's answer to another.
  if (origin === null) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after, x-request-id, agent-chat-proxy',
  };
}

/** The answer to a preflight, in addition to {@link toCorsHeaders}. */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, last-event-id',
  'access-control-max-age': '600',
};
