import { checkBrowserBody, type BrowserBody } from './browserBody.js';
import { buildUpstreamBody, findDroppedFields } from './buildUpstreamBody.js';
import { toAgentUrl, type UpstreamCall } from './callUpstream.js';
import type { Runs } from './createRuns.js';
import type { Exchange } from './exchange.js';
import { fingerprint } from './fingerprint.js';
import { parseJson } from './parseJson.js';
import { ProxyError } from './proxyError.js';
import { readBody } from './readBody.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';
import type { RunReader } from './runReader.js';
import { streamRun } from './streamRun.js';
import { visitorOf } from './visitorOf.js';

const MEBIBYTE = 1_048_576;

/** The headers of every answer that is a stream. */
export const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } as const;

/**
 * `POST /v2/agents/{agent}/responses`: one message to the agent, its answer as a stream or as JSON, whichever the API sends (PROTOCOL.md section 4).
 * With `Idempotency-Key`, the same message sent again gets the same answer and never reaches the API a second time.
 */
export async function sendMessage(
  request: Request,
  agent: ProxyAgent,
  settings: ProxySettings,
  runs: Runs,
  exchange: Exchange,
): Promise<Response> {
  const { limits } = settings;
  const text = await readBody(request, limits.bodyBytes ?? (agent.acceptsFiles ? 10 * MEBIBYTE : MEBIBYTE));
  const body = checkBrowserBody(parseJson(text, limits.depth), agent, limits);
  const key = readIdempotencyKey(request, body);
  const droppedFields = findDroppedFields(body);
  if (droppedFields.length > 0) exchange.note({ droppedFields });

  const upstreamBody = JSON.stringify(buildUpstreamBody(body, agent));
  const isSync = body.stream !== true && body.background !== true;
  const call: UpstreamCall = {
    agent,
    subject: body.task_id === undefined ? 'agent' : 'task',
    processedOnceSent: 'unknown',
    method: 'POST',
    url: toAgentUrl(settings, agent.key, '/responses'),
    body: upstreamBody,
    // A synchronous turn sends its headers only when the agent is done (PROTOCOL.md 4.2).
    headersTimeoutMs: isSync ? limits.totalTimeoutMs : limits.headersTimeoutMs,
  };
  const message = {
    visitor: visitorOf(request),
    key,
    fingerprint: key === null ? '' : await fingerprint(`${agent.name}\n${upstreamBody}`),
    call,
  };
  // A client that is gone already has no use for an answer, and can still be told for certain that nothing was sent.
  if (exchange.signal.aborted) throw new ProxyError('client_closed');
  return toResponse(await runs.send(message, exchange), settings, exchange);
}

/** The key is the message's id; two different ones would make "the same message" mean two things. */
function readIdempotencyKey(request: Request, body: BrowserBody): string | null {
  const key = request.headers.get('idempotency-key');
  if (key !== null && key !== body.message.messageId)
    throw new ProxyError('invalid_request', { field: 'idempotency-key' });
  return key;
}

async function toResponse(reader: RunReader, settings: ProxySettings, exchange: Exchange): Promise<Response> {
  try {
    const first = await reader.first();
    if (first.kind === 'failure') throw first.error;
    if (first.kind !== 'json') {
      return new Response(streamRun(reader, exchange, settings.limits.heartbeatMs), { headers: STREAM_HEADERS });
    }
    reader.close();
    return new Response(first.text, { headers: { 'content-type': 'application/json' } });
  } catch (error) {
    reader.close();
    throw error;
  }
}
