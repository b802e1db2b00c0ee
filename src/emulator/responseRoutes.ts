import type { Hono } from 'hono';
import type { AgentRegistry } from './agentRegistry.js';
import { checkContinuation } from './checkContinuation.js';
import { createBrokenBody, createEventStream } from './eventStream.js';
import type { Profile } from './profile.js';
import { readJson } from './readJson.js';
import { parseRequestBody } from './requestBody.js';
import { backgroundBody, pollBody, syncBody } from './responseBody.js';
import type { RunStarter } from './runStarter.js';
import type { Task } from './task.js';
import { codedError, nestedError, plainError, refusedError, statusCode, toErrorResponse } from './wireError.js';

export interface ResponseRoutesOptions {
  readonly agents: AgentRegistry;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly runs: RunStarter;
  readonly profile: Profile;
}

/** Create a response in its three modes, and poll one. Source: PROTOCOL.md sections 4 to 8. */
export function addResponseRoutes(app: Hono, { agents, tasks, runs, profile }: ResponseRoutesOptions): void {
  app.post('/v2/agents/:key/responses', async (context) => {
    const agent = agents.find(context.req.param('key'));
    if (agent === undefined) return toErrorResponse(plainError(404, 'Agent not found'));
    const json = await readJson(context.req.raw);
    if ('problem' in json) return toErrorResponse(codedError(400, 'invalid_request_body', json.problem));
    const body = parseRequestBody(json.value);
    if (typeof body === 'string') return toErrorResponse(codedError(400, 'invalid_request_body', body));
    if (body.stream && body.background) {
      return toErrorResponse(codedError(400, 'invalid_request_body', 'stream and background cannot both be true'));
    }
    const previous = body.task_id === undefined ? undefined : tasks.get(body.task_id);
    if (body.task_id !== undefined && previous?.agentKey !== agent.manifest.key) {
      return toErrorResponse(codedError(404, 'task_not_found', 'Task not found'));
    }
    const problem = checkContinuation(previous, body.message, profile);
    if (problem !== null) return toErrorResponse(problem);

    const started = await runs.start(agent, body, previous);
    if ('refusal' in started) return toErrorResponse(refusedError(started.refusal));
    const { task } = started;
    if (body.background) return Response.json(backgroundBody(task, profile));
    if (body.stream && profile.stream === 'sse') return toEventResponse(task, profile);
    return answerWhenSettled(task, profile);
  });

  app.get('/v2/agents/:key/responses/:taskId', (context) => {
    const agent = agents.find(context.req.param('key'));
    const task = tasks.get(context.req.param('taskId'));
    if (agent === undefined || task?.agentKey !== agent.manifest.key) {
      return toErrorResponse(codedError(404, 'not_found', 'Agent response not found'));
    }
    return Response.json(pollBody(task, profile));
  });
}

function toEventResponse(task: Task, profile: Profile): Response {
  return new Response(createEventStream(task.run.log, profile), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
  });
}

async function answerWhenSettled(task: Task, profile: Profile): Promise<Response> {
  if (profile.answer === 'submitted') return Response.json(backgroundBody(task, { ...profile, background: 'a2a' }));
  for (let index = 0, entry = await task.run.log.at(0); entry !== null; entry = await task.run.log.at(++index)) {
    if (entry.kind === 'disconnect') {
      return new Response(createBrokenBody(), { headers: { 'content-type': 'application/json' } });
    }
  }
  const { failure } = task.run;
  // The SDK's shape has no place for a failure, so the run's code becomes the HTTP status (an assumption).
  if (failure !== null && profile.answer === 'sdk') {
    const status = failure.code >= 400 && failure.code <= 599 ? failure.code : 500;
    return toErrorResponse(nestedError(status, statusCode(status), failure.error));
  }
  return Response.json(syncBody(task, profile));
}
