import type { ProxySettings } from './resolveOptions.js';
import { PROXY_VERSION } from './version.js';

/** The header `agent-chat-proxy`: which proxy, which memory, and what clients may rely on. What cannot be kept is not named. */
export function toProxyHeader(settings: ProxySettings, epoch: string): string {
  return `${PROXY_VERSION}; epoch=${epoch}; features=${listFeatures(settings).join(',')}`;
}

function listFeatures({ process, limits, reviews }: ProxySettings): string[] {
  const isLongLived = process === 'long-lived';
  return [
    ...(isLongLived ? ['cancel', 'receipts'] : []),
    // Without grace, whoever loses the connection loses the rest of the answer as well.
    ...(isLongLived && limits.graceMs > 0 ? ['replay'] : []),
    ...(reviews === null ? [] : ['reviews']),
    'heartbeats',
    'feedback',
  ];
}
