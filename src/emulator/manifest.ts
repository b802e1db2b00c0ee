import type { JsonObject } from './wire.js';

/** The fields of an agent that its author may set. Everything else gets the API's default. Source: PROTOCOL.md section 10.2. */
export interface ManifestFields {
  readonly display_name?: string;
  readonly description?: string;
  readonly role?: string;
  readonly instructions?: string;
  readonly system_prompt?: string | null;
  readonly path?: string;
  /** `provider/model`, or the object that has it as `id`. */
  readonly model?: string | (JsonObject & { readonly id: string });
  readonly fallback_models?: readonly unknown[];
  readonly settings?: JsonObject;
  readonly memory_stores?: readonly string[];
  readonly knowledge_bases?: readonly JsonObject[];
  readonly team_of_agents?: readonly JsonObject[];
  readonly skills?: readonly string[];
  readonly variables?: JsonObject;
  readonly source?: string;
  readonly engine?: string;
}

/** An agent as the API tells it. Source: PROTOCOL.md section 10.3. */
export type Manifest = JsonObject & {
  readonly _id: string;
  readonly key: string;
  readonly display_name?: string;
  readonly model: JsonObject & { readonly id: string };
};

export interface ManifestIdentity {
  readonly id: string;
  readonly key: string;
  /** ISO timestamp. */
  readonly created: string;
}

/** The whole manifest behind an author's fields. `model` becomes an object even where a string was given. */
export function createManifest({ id, key, created }: ManifestIdentity, fields: ManifestFields): Manifest {
  const model = typeof fields.model === 'object' ? fields.model : { id: fields.model ?? 'emulator/scenario' };
  const settings = fields.settings ?? {};
  return {
    _id: id,
    key,
    ...(fields.display_name !== undefined && { display_name: fields.display_name }),
    project_id: '019706e1-0000-7000-8000-000000000000',
    created_by_id: null,
    updated_by_id: null,
    created,
    updated: created,
    status: 'live',
    version: '1.0.0',
    path: fields.path ?? 'Default/agents',
    memory_stores: fields.memory_stores ?? [],
    team_of_agents: fields.team_of_agents ?? [],
    skills: fields.skills ?? [],
    metrics: { total_cost: 0 },
    variables: fields.variables ?? {},
    knowledge_bases: fields.knowledge_bases ?? [],
    source: fields.source ?? 'internal',
    engine: fields.engine ?? 'text',
    type: 'internal',
    role: fields.role ?? 'Assistant',
    description: fields.description ?? '',
    system_prompt: fields.system_prompt ?? null,
    instructions: fields.instructions ?? '',
    settings: {
      max_iterations: 100,
      max_execution_time: 600,
      max_cost: 0,
      tool_approval_required: 'respect_tool',
      evaluators: [],
      guardrails: [],
      ...settings,
      tools: readTools(settings['tools'], id),
    },
    model: { ...model, fallback_models: fields.fallback_models ?? [] },
  };
}

// Tools are written as `{ type }` and read as `{ id, action_type }` (PROTOCOL.md 10.2).
function readTools(tools: unknown, agentId: string): JsonObject[] {
  if (!Array.isArray(tools)) return [];
  return tools.map((tool: JsonObject, index) => ({
    id: typeof tool['id'] === 'string' ? tool['id'] : `${agentId.slice(0, 24)}${String(index).padStart(2, '0')}`,
    action_type: tool['type'],
    ...(typeof tool['key'] === 'string' && { key: tool['key'] }),
    ...(typeof tool['tool_id'] === 'string' && { tool_id: tool['tool_id'] }),
    requires_approval: tool['requires_approval'] === true,
  }));
}
