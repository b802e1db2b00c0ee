import * as v from 'valibot';
import { toProxyError } from './browserBody.js';
import { callUpstream, type UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { parseJson } from './parseJson.js';
import { ProxyError } from './proxyError.js';
import { readBody } from './readBody.js';
import type { ProxySettings } from './resolveOptions.js';

const MAX_BODY_BYTES = 16_384;

const feedbackBody = v.strictObject({
  agent: v.string(),
  trace_id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/)),
  rating: v.picklist(['good', 'bad']),
  comment: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(2_000))),
});

/**
 * `POST /feedback`: what a visitor thinks of an answer. It goes to `/v2/feedback` as the rating of the turn's trace (PROTOCOL.md 12.4); words go along as its correction, the one
 * property there that takes text.
 */
export async function passFeedback(
  request: Request,
  settings: ProxySettings,
  exchange: Exchange,
): Promise<{ readonly trace_id: string; readonly rating: 'good' | 'bad' }> {
  const json = parseJson(await readBody(request, MAX_BODY_BYTES), settings.limits.depth);
  const result = v.safeParse(feedbackBody, json);
  if (!result.success) throw toProxyError(result.issues);
  const { agent: name, trace_id: traceId, rating, comment } = result.output;
  const agent = settings.agents.get(name);
  if (agent === undefined) throw new ProxyError('agent_not_found');
  exchange.note({ agent: agent.name });

  async function tell(property: string, value: string | readonly string[]): Promise<void> {
    const call: UpstreamCall = {
      agent: agent!,
      subject: 'trace',
      processedOnceSent: 'unknown',
      method: 'POST',
      url: `${settings.apiUrl}/v2/feedback`,
      body: JSON.stringify({ property, value, trace_id: traceId, product: 'agents' }),
      headersTimeoutMs: settings.limits.headersTimeoutMs,
    };
    const answer = await callUpstream(settings, exchange, call);
    // It echoes what was said; nothing of that is passed on.
    answer.stop(new ProxyError('upstream_error'));
  }
  await tell('rating', [rating]);
  if (comment !== undefined) await tell('correction', comment);
  return { trace_id: traceId, rating };
}
