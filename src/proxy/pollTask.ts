import { callUpstream, toAgentUrl, type UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { maskSecretIn } from './maskSecret.js';
import { notAnAnswer } from './readAnswer.js';
import { isResponseOrTask, readJson } from './readJson.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';

/** `GET /v2/agents/{agent}/responses/{task_id}`: where a task stands (PROTOCOL.md section 5). */
export async function pollTask(
  taskId: string,
  agent: ProxyAgent,
  settings: ProxySettings,
  exchange: Exchange,
): Promise<Response> {
  const call: UpstreamCall = {
    agent,
    subject: 'task',
    processedOnceSent: 'no',
    method: 'GET',
    url: toAgentUrl(settings, agent.key, `/responses/${encodeURIComponent(taskId)}`),
    headersTimeoutMs: settings.limits.headersTimeoutMs,
  };
  const { text, json } = await readJson(await callUpstream(settings, exchange, call), call);
  if (!isResponseOrTask(json)) throw notAnAnswer(call);
  return new Response(maskSecretIn(text, settings.apiKey), { headers: { 'content-type': 'application/json' } });
}
