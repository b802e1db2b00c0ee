import type { AgentEvent } from '../core/agentEvent.js';

/**
 * What our proxy says of itself: `agent-chat-proxy: <version>; epoch=<id>; features=cancel,replay`.
 *
 * @returns `null` without the header: then the backend is plain Orq, and nothing is assumed.
 */
export function decodeCapabilities({ headers }: Response): (AgentEvent & { type: 'capabilities.changed' }) | null {
  const header = headers.get('agent-chat-proxy');
  if (header === null) return null;
  const field = (name: string) => new RegExp(`(?:^|;)\\s*${name}=([^;]*)`).exec(header)?.[1]?.trim();
  const features = new Set(
    field('features')
      ?.split(',')
      .map((feature) => feature.trim()),
  );
  return {
    type: 'capabilities.changed',
    capabilities: {
      cancel: features.has('cancel'),
      replay: features.has('replay'),
      receipts: features.has('receipts'),
      reviews: features.has('reviews'),
      heartbeats: features.has('heartbeats'),
      feedback: features.has('feedback'),
    },
    epoch: field('epoch') ?? null,
  };
}
