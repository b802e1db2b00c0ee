import type { Capabilities } from '../core/agentEvent.js';

/**
 * What our proxy says it offers: `agent-chat-proxy: <version>; epoch=<id>; features=cancel,replay`.
 *
 * @returns `null` without the header: then the backend is plain Orq, and nothing is assumed.
 */
export function decodeCapabilities(header: string | null): Capabilities | null {
  if (header === null) return null;
  const features = new Set(
    /(?:^|;)\s*features=([^;]*)/
      .exec(header)?.[1]
      ?.split(',')
      .map((feature) => feature.trim()),
  );
  return {
    cancel: features.has('cancel'),
    replay: features.has('replay'),
    receipts: features.has('receipts'),
    reviews: features.has('reviews'),
    heartbeats: features.has('heartbeats'),
    feedback: features.has('feedback'),
  };
}
