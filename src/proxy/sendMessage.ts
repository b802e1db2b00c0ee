import { checkBrowserBody, type BrowserBody } from './browserBody.js';
import { buildUpstreamBody, findDroppedFields } from './buildUpstreamBody.js';
import { callUpstream, type UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { maskSecretIn } from './maskSecret.js';
import { parseJson } from './parseJson.js';
import { ProxyError } from './proxyError.js';
import { readBody } from './readBody.js';
import { isResponseOrTask, readJson } from './readJson.js';
import { relayStream } from './relayStream.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';

const MEBIBYTE = 1_048_576;

/** `POST /v2/agents/{agent}/responses`: one message to the agent, its answer as a stream or as JSON, whichever the API sends (PROTOCOL.md section 4). */
export async function sendMessage(
  request: Request,
  agent: ProxyAgent,
  settings: ProxySettings,
  exchange: Exchange,
): Promise<Response> {
  const { limits } = settings;
  const text = await readBody(request, limits.bodyBytes ?? (agent.acceptsFiles ? 10 * MEBIBYTE : MEBIBYTE));
  const body = checkBrowserBody(parseJson(text, limits.depth), agent, limits);
  checkIdempotencyKey(request, body);
  const droppedFields = findDroppedFields(body);
  if (droppedFields.length > 0) exchange.note({ droppedFields });

  const isSync = body.stream !== true && body.background !== true;
  const call: UpstreamCall = {
    agent,
    hasTask: body.task_id !== undefined,
    processedOnceSent: 'unknown',
    method: 'POST',
    path: '/responses',
    body: JSON.stringify(buildUpstreamBody(body, agent)),
    // A synchronous turn sends its headers only when the agent is done (PROTOCOL.md 4.2).
    headersTimeoutMs: isSync ? limits.totalTimeoutMs : limits.headersTimeoutMs,
  };
  const answer = await callUpstream(settings, exchange, call);
  if (answer.contentType === 'text/event-stream') {
    const stream = relayStream(answer, exchange, settings.apiKey);
    return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } });
  }
  return toResponse(await readJson(answer, call), call, settings);
}

/** `GET /v2/agents/{agent}/responses/{task_id}`: where a task stands (PROTOCOL.md section 5). */
export async function pollTask(
  taskId: string,
  agent: ProxyAgent,
  settings: ProxySettings,
  exchange: Exchange,
): Promise<Response> {
  const call: UpstreamCall = {
    agent,
    hasTask: true,
    processedOnceSent: 'no',
    method: 'GET',
    path: `/responses/${encodeURIComponent(taskId)}`,
    headersTimeoutMs: settings.limits.headersTimeoutMs,
  };
  return toResponse(await readJson(await callUpstream(settings, exchange, call), call), call, settings);
}

/** The key is the message's id; two different ones would make "the same message" mean two things. */
function checkIdempotencyKey(request: Request, body: BrowserBody): void {
  const key = request.headers.get('idempotency-key');
  if (key !== null && key !== body.message.messageId)
    throw new ProxyError('invalid_request', { field: 'idempotency-key' });
}

function toResponse(
  { text, json }: Awaited<ReturnType<typeof readJson>>,
  call: UpstreamCall,
  settings: ProxySettings,
): Response {
  if (!isResponseOrTask(json)) {
    throw new ProxyError('upstream_error', {
      processed: call.processedOnceSent,
      upstreamMessage: 'Answered 200 with JSON that is neither a response nor a task.',
    });
  }
  return new Response(maskSecretIn(text, settings.apiKey), { headers: { 'content-type': 'application/json' } });
}
