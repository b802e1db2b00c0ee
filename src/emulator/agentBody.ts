import * as v from 'valibot';
import { describeIssue } from './requestBody.js';

const json = v.record(v.string(), v.unknown());
const model = v.union(
  [v.string(), v.looseObject({ id: v.string() })],
  'model must be "provider/model" or an object with id',
);
const settings = v.looseObject({
  max_iterations: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  max_execution_time: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(600))),
  max_cost: v.optional(v.number()),
  tool_approval_required: v.optional(v.picklist(['all', 'respect_tool', 'none'])),
  tools: v.optional(v.array(v.looseObject({ type: v.string() }))),
});
const schema = v.object({
  key: v.pipe(
    v.string(),
    v.maxLength(255),
    v.regex(
      /^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$/,
      'key must begin with a letter and have letters, digits and single . _ - between them',
    ),
    v.check((key) => !RESERVED.has(key), 'this key is a word of the API'),
  ),
  display_name: v.exactOptional(v.string()),
  role: v.string(),
  description: v.string(),
  instructions: v.string(),
  system_prompt: v.exactOptional(v.nullable(v.string())),
  path: v.pipe(v.string(), v.nonEmpty()),
  model,
  fallback_models: v.exactOptional(v.array(model)),
  settings,
  memory_stores: v.exactOptional(v.array(v.string())),
  knowledge_bases: v.exactOptional(v.array(v.looseObject({ knowledge_id: v.string() }))),
  team_of_agents: v.exactOptional(v.array(v.looseObject({ key: v.string() }))),
  skills: v.exactOptional(v.array(v.string())),
  variables: v.exactOptional(json),
  source: v.exactOptional(v.picklist(['internal', 'external', 'experiment'])),
  engine: v.exactOptional(v.picklist(['text', 'jinja', 'mustache'])),
});

// Paths of the API that would hide an agent of that name (PROTOCOL.md section 18).
const RESERVED = new Set(['run', 'stream-run', 'a2a', 'responses']);

/** The body of a create-agent request. Source: PROTOCOL.md section 10.2. */
export type AgentBody = v.InferOutput<typeof schema>;

/** The body behind parsed JSON, or one sentence that says what is wrong with it. */
export function parseAgentBody(value: unknown): AgentBody | string {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : describeIssue(result.issues[0]);
}
