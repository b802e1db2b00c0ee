import type { Ids } from './ids.js';
import { createManifest, type Manifest, type ManifestFields } from './manifest.js';
import type { Scenario } from './turn.js';

/** An agent of the emulator: what the API tells of it and what it does. */
export interface Agent {
  readonly manifest: Manifest;
  readonly scenario: Scenario;
}

/** The agents of one emulator, newest first. */
export interface AgentRegistry {
  /** By key, `key@version` or id. */
  find(keyOrId: string): Agent | undefined;
  /** Adds an agent; `null` where the key is taken. */
  add(key: string, scenario: Scenario, fields: ManifestFields): Agent | null;
  list(): readonly Agent[];
}

export function createAgentRegistry(ids: Ids, now: () => number): AgentRegistry {
  const agents: Agent[] = [];
  const findByKey = (key: string): Agent | undefined => agents.find((agent) => agent.manifest.key === key);
  return {
    find(keyOrId) {
      const key = keyOrId.split('@')[0] ?? keyOrId;
      return findByKey(key) ?? agents.find((agent) => agent.manifest._id === keyOrId);
    },
    add(key, scenario, fields) {
      if (findByKey(key) !== undefined) return null;
      const created = new Date(now()).toISOString();
      const agent = { scenario, manifest: createManifest({ id: ids.ulid(), key, created }, fields) };
      agents.unshift(agent);
      return agent;
    },
    list: () => agents,
  };
}
