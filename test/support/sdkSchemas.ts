import { CreateAgentResponse$inboundSchema } from '@orq-ai/node/models/components/createagentresponse.js';
import { GetAgentResponse$inboundSchema } from '@orq-ai/node/models/components/getagentresponse.js';
import { ResponseStreamingEvent$inboundSchema } from '@orq-ai/node/models/components/responsestreamingevent.js';
import { CreateAgentRequestResponseBody$inboundSchema } from '@orq-ai/node/models/operations/createagentrequest.js';
import { InvokeAgentA2ATaskResponse$inboundSchema } from '@orq-ai/node/models/operations/invokeagent.js';
import { ListAgentsResponseBody$inboundSchema } from '@orq-ai/node/models/operations/listagents.js';
import { RetrieveAgentRequestResponseBody$inboundSchema } from '@orq-ai/node/models/operations/retrieveagentrequest.js';

const schemas = {
  createResponse: CreateAgentResponse$inboundSchema,
  getResponse: GetAgentResponse$inboundSchema,
  streamEvent: ResponseStreamingEvent$inboundSchema,
  a2aTask: InvokeAgentA2ATaskResponse$inboundSchema,
  createdAgent: CreateAgentRequestResponseBody$inboundSchema,
  retrievedAgent: RetrieveAgentRequestResponseBody$inboundSchema,
  agentList: ListAgentsResponseBody$inboundSchema,
};

/** A body or event of the API, by the official SDK's schema for it. */
export type SdkShape = keyof typeof schemas;

/**
 * What the official SDK has against a body: that it cannot read it, or the path of each key that it loses in reading. Its
 * schemas drop keys that they do not know without a word, so a misspelt optional key shows only here.
 *
 * @returns one sentence per problem; empty where the SDK reads all of it.
 */
export function sdkProblems(shape: SdkShape, body: unknown): string[] {
  const result = schemas[shape].safeParse(body);
  if (!result.success) {
    return result.error.issues.map((issue) => `${shape}.${issue.path.join('.')}: ${issue.message}`);
  }
  return lostKeys(body, result.data, shape).map((path) => `${path}: the SDK does not know this key`);
}

// The SDK renames keys (`task_id` to `taskId`, `_id` to `id`) but keeps the nesting, so both sides are walked together.
function lostKeys(wire: unknown, read: unknown, path: string): string[] {
  if (Array.isArray(wire)) {
    const items: readonly unknown[] = Array.isArray(read) ? read : [];
    return wire.flatMap((item, index) => lostKeys(item, items[index], `${path}.${index}`));
  }
  if (!isObject(wire)) return [];
  if (!isObject(read)) return [path];
  const claimed = new Set<string>();
  return Object.entries(wire).flatMap(([key, value]) => {
    // A second key for the same name, such as `taskId` beside `task_id`, is one that the SDK dropped.
    const kept = [key, toCamelCase(key)].find((name) => Object.hasOwn(read, name) && !claimed.has(name));
    if (kept === undefined) return [`${path}.${key}`];
    claimed.add(kept);
    return lostKeys(value, read[kept], `${path}.${key}`);
  });
}

function toCamelCase(key: string): string {
  return key.replace(/^_+/, '').replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
