import * as v from 'valibot';
import { toProxyError } from './browserBody.js';
import { callUpstream, type UpstreamCall } from './callUpstream.js';
import type { Exchange } from './exchange.js';
import { parseJson } from './parseJson.js';
import { ProxyError } from './proxyError.js';
import { readBody } from './readBody.js';
import type { ProxyAgent } from './resolveAgents.js';
import type { ProxySettings } from './resolveOptions.js';

const MAX_BODY_BYTES = 16_384;

const reviewBody = v.strictObject({
  review: v.picklist(['approved', 'rejected']),
  reason: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
});

export interface ReviewSubject {
  readonly taskId: string;
  readonly toolCallId: string;
}

/**
 * `POST /v2/agents/{agent}/responses/{task_id}/reviews/{tool_call_id}`: a person's decision on a tool call. The Agents API has no route for it (PROTOCOL.md 8.3), so it
 * goes where the option `reviews` says.
 */
export async function answerReview(
  subject: ReviewSubject,
  agent: ProxyAgent,
  request: Request,
  settings: ProxySettings,
  exchange: Exchange,
): Promise<{ readonly task_id: string; readonly tool_call_id: string; readonly review: 'approved' | 'rejected' }> {
  const json = parseJson(await readBody(request, MAX_BODY_BYTES), settings.limits.depth);
  const result = v.safeParse(reviewBody, json);
  if (!result.success) throw toProxyError(result.issues);
  const call: UpstreamCall = {
    agent,
    subject: 'review',
    processedOnceSent: 'unknown',
    method: 'POST',
    url: toReviewUrl(settings, agent, subject),
    body: JSON.stringify(result.output),
    headersTimeoutMs: settings.limits.headersTimeoutMs,
  };
  const answer = await callUpstream(settings, exchange, call);
  // That it was accepted is all there is to know; what it says besides is not passed on.
  answer.stop(new ProxyError('upstream_error'));
  return { task_id: subject.taskId, tool_call_id: subject.toolCallId, review: result.output.review };
}

function toReviewUrl(settings: ProxySettings, agent: ProxyAgent, { taskId, toolCallId }: ReviewSubject): string {
  const values: Readonly<Record<string, string>> = { agent: agent.key, task_id: taskId, tool_call_id: toolCallId };
  const path = (settings.reviews ?? '').replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!));
  return settings.apiUrl + path;
}
