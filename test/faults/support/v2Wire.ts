import { createResponsesTransport } from '../../../src/transport/createResponsesTransport.js';
import { isEnd, type Moment } from './moment.js';
import type { Call, Speaker, Wire } from './wire.js';

const SEND = /\/v2\/agents\/[^/]+\/responses$/;
const TASK = /\/v2\/agents\/[^/]+\/responses\/([^/]+)(?:\/(events|cancel|reviews)(?:\/([^/]+))?)?$/;
const RECEIPT = /\/receipts\/([^/]+)$/;
const CARD = /\/agents\/[^/]+$/;

interface Body {
  readonly task_id?: string;
  readonly stream?: boolean;
  readonly message?: { readonly messageId?: string };
}

/** Agents Responses, version 2 (PROTOCOL.md 4 to 6), and what our proxy adds to it (DESIGN.md 4.6). */
export const v2Wire: Wire = {
  name: 'v2',
  sentinel: '[DONE]',
  createTransport: createResponsesTransport,
  readCall,
  encode: (moment, speaker) => JSON.stringify({ ...encode(moment, speaker), timestamp: '2026-02-03T10:20:00.000Z' }),
  snapshot(moments, { taskId, responseId }) {
    const end = moments.find(isEnd);
    const texts = new Map<string, string>();
    for (const moment of moments) {
      if (moment.kind === 'text') texts.set(moment.part, (texts.get(moment.part) ?? '') + moment.text);
      if (moment.kind === 'textDone') texts.set(moment.part, moment.text);
    }
    const parts = [...texts.values()].map((words) => ({ kind: 'text', text: words }));
    return {
      _id: responseId,
      task_id: taskId,
      created_at: '2026-02-03T10:20:00.000Z',
      model: 'openai/gpt-4o',
      status: !end ? 'in_progress' : end.kind === 'failed' ? 'failed' : 'completed',
      // A running task tells nothing of what it has written (PROTOCOL.md section 5).
      output: end && parts.length > 0 ? [{ messageId: `${responseId}-message`, role: 'agent', parts }] : [],
      ...(end?.kind === 'done' ? { finish_reason: end.finishReason, pending_tool_calls: pendingCalls(end) } : {}),
      ...(end?.kind === 'failed' ? { error: end.error } : {}),
    };
  },
};

function readCall(method: string, path: string, body: unknown): Call | null {
  const [, messageId] = RECEIPT.exec(path) ?? [];
  if (messageId !== undefined) return { kind: 'receipt', messageId };
  if (method === 'POST' && SEND.test(path)) {
    const { task_id: taskId = null, stream: streams = false, message } = (body ?? {}) as Body;
    return { kind: 'send', messageId: message?.messageId ?? '', taskId, streams };
  }
  const [, taskId, verb = '', toolCallId] = TASK.exec(path) ?? [];
  if (taskId !== undefined) {
    if (method === 'POST' && verb === 'cancel') return { kind: 'cancel', taskId };
    if (method === 'POST' && verb === 'reviews' && toolCallId !== undefined)
      return { kind: 'review', taskId, toolCallId };
    if (method === 'GET' && verb !== 'cancel') return { kind: verb === 'events' ? 'replay' : 'poll', taskId };
  }
  return method === 'GET' && CARD.test(path) ? { kind: 'card' } : null;
}

function encode(moment: Moment, { taskId, responseId }: Speaker): { type: string; data: unknown } {
  switch (moment.kind) {
    case 'started':
      return { type: 'response.started', data: { responseId, taskId, model: 'openai/gpt-4o', workflowRunId: 'w1' } };
    case 'text':
      return { type: 'part.delta', data: { partId: moment.part, delta: { kind: 'text', text: moment.text } } };
    case 'textDone':
      return { type: 'part.done', data: { partId: moment.part, part: { kind: 'text', text: moment.text } } };
    case 'unknownPart':
      return { type: 'part.done', data: { partId: moment.part, part: { kind: 'hologram', angle: 3 } } };
    case 'review': {
      const { toolCallId, toolName } = moment;
      const data = { toolId: 'tool_1', toolCallId, toolName, arguments: { id: 7 }, requiresApproval: true };
      return { type: 'tool.review.requested', data };
    }
    case 'done':
      return {
        type: 'response.done',
        data: { finishReason: moment.finishReason, pendingToolCalls: pendingCalls(moment) },
      };
    case 'failed':
      return { type: 'response.failed', data: { error: moment.error, code: moment.code } };
  }
}

function pendingCalls({ calls }: Extract<Moment, { kind: 'done' }>): unknown {
  return calls.map((call) => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
  }));
}
