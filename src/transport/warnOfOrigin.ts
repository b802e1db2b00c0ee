import { addressOf, type RequestOptions } from './request.js';

/**
 * To a page, a backend that is down and one that does not let it in look alike. A request whose answer nobody reads tells them apart, so that the developer hears
 * which line is missing.
 *
 * @throws where there is nobody, or nobody knows.
 */
export async function warnOfOrigin({ url, fetch }: RequestOptions): Promise<void> {
  const health = new URL(addressOf(url, '/healthz'), location.href);
  if (health.origin === location.origin || fetch) return;
  await globalThis.fetch(health, { mode: 'no-cors', cache: 'no-store' });
  console.error(
    `agent-chat-widget: ${health.origin} is there, but does not let pages of ${location.origin} read its answers, so nobody can chat here. Add ${location.origin} to the origins of the proxy (AGENT_CHAT_ORIGINS), exactly like this.`,
  );
}
