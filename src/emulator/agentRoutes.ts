import type { Context, Hono } from 'hono';
import { parseAgentBody } from './agentBody.js';
import type { AgentRegistry } from './agentRegistry.js';
import { readJson } from './readJson.js';
import { createdAgent } from './scenarios/createdAgent.js';
import { codedError, plainError, toErrorResponse } from './wireError.js';

/** Create, list and retrieve agents. Source: PROTOCOL.md sections 10.1 to 10.3 and 1.3. */
export function addAgentRoutes(app: Hono, agents: AgentRegistry): void {
  const list = (context: Context): Response => listAgents(context, agents);
  app.get('/v2/agents', list);
  app.get('/v2/agents/', list);

  app.post('/v2/agents', async (context) => {
    const json = await readJson(context.req.raw);
    if ('problem' in json) return toErrorResponse(codedError(400, 'invalid_request_body', json.problem));
    const body = parseAgentBody(json.value);
    if (typeof body === 'string') return toErrorResponse(codedError(400, 'invalid_request_body', body));
    const agent = agents.add(body.key, createdAgent(body.display_name ?? body.key), body);
    if (agent === null) return toErrorResponse(plainError(409, `An agent with key ${body.key} exists already`));
    return Response.json(agent.manifest, { status: 201 });
  });

  app.get('/v2/agents/:key', (context) => {
    const agent = agents.find(context.req.param('key'));
    return agent === undefined ? toErrorResponse(plainError(404, 'Agent not found')) : Response.json(agent.manifest);
  });
}

function listAgents(context: Context, agents: AgentRegistry): Response {
  // The prose of the docs says `after` and `before` (PROTOCOL.md, C2).
  const startingAfter = context.req.query('starting_after') ?? context.req.query('after');
  const endingBefore = context.req.query('ending_before') ?? context.req.query('before');
  const limitText = context.req.query('limit');
  const type = context.req.query('type') ?? 'internal';
  const limit = limitText === undefined ? Infinity : Number(limitText);
  if (limitText !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= 200)) {
    return toErrorResponse(codedError(400, 'invalid_request_body', 'limit must be a whole number from 1 to 200'));
  }
  const all = type === 'internal' ? agents.list().map((agent) => agent.manifest) : [];
  const cursor = startingAfter ?? endingBefore;
  const at = cursor === undefined ? -1 : all.findIndex((manifest) => manifest._id === cursor);
  if (cursor !== undefined && at === -1) {
    return toErrorResponse(codedError(400, 'invalid_request_body', `No agent has the id ${cursor}`));
  }
  const candidates = startingAfter === undefined && endingBefore !== undefined ? all.slice(0, at) : all.slice(at + 1);
  const isBackwards = startingAfter === undefined && endingBefore !== undefined;
  const page = isBackwards ? candidates.slice(Math.max(0, candidates.length - limit)) : candidates.slice(0, limit);
  return Response.json({
    object: 'list',
    data: page.map(withoutProject),
    has_more: page.length < candidates.length,
  });
}

// List items have no project (PROTOCOL.md 10.3).
function withoutProject(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => key !== 'project_id'));
}
