import { callUpstream, toAgentUrl } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { maskSecretIn } from './maskSecret.js';
import { readJson } from './readJson.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';

/** The public face of an agent, as JSON. Never its key, instructions, model or tools. */
export interface AgentCardBody {
  /** The public name. */
  readonly key: string;
  readonly display_name: string;
  readonly description: string | null;
  readonly suggestions: readonly string[];
}

type Manifest = Pick<AgentCardBody, 'display_name' | 'description'>;

/** How long a name fetched from the API is good for: every page view asks, and names hardly change. */
const FRESH_MS = 60_000;

/** Makes the function that answers for agents' cards: from the options where they have a name, else from the API (PROTOCOL.md 10.3). */
export function createAgentCards(
  settings: ProxySettings,
): (agent: ProxyAgent, exchange: Exchange) => Promise<AgentCardBody> {
  const manifests = new Map<string, { readonly manifest: Manifest; readonly fetchedAt: number }>();

  const loadManifest = async (agent: ProxyAgent, exchange: Exchange): Promise<Manifest> => {
    const known = manifests.get(agent.name);
    if (known !== undefined && Date.now() - known.fetchedAt < FRESH_MS) return known.manifest;
    const manifest = await fetchManifest(settings, agent, exchange);
    manifests.set(agent.name, { manifest, fetchedAt: Date.now() });
    return manifest;
  };

  return async (agent, exchange) => {
    const fetched = agent.displayName === null ? await loadManifest(agent, exchange) : null;
    return {
      key: agent.name,
      display_name: agent.displayName ?? fetched?.display_name ?? agent.name,
      description: agent.description ?? fetched?.description ?? null,
      suggestions: agent.suggestions,
    };
  };
}

async function fetchManifest(settings: ProxySettings, agent: ProxyAgent, exchange: Exchange): Promise<Manifest> {
  // Manifests are kept per agent; a version suffix is known only where agents are run.
  const key = agent.key.split('@', 1)[0] ?? agent.key;
  const call = {
    agent: { ...agent, key },
    subject: 'agent',
    processedOnceSent: 'no',
    method: 'GET',
    url: toAgentUrl(settings, key, ''),
    headersTimeoutMs: settings.limits.headersTimeoutMs,
  } as const;
  const { json } = await readJson(await callUpstream(settings, exchange, call), call);
  const text = (value: unknown) =>
    typeof value === 'string' && value.trim() !== '' ? maskSecretIn(value, settings.apiKey) : null;
  return { display_name: text(json.display_name) ?? agent.name, description: text(json.description) };
}
