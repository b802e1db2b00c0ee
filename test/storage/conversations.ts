import type { SavedConversation } from '../../src/core/conversationStorage.js';
import { AgentChatError } from '../../src/core/errors.js';
import type { AgentMessage, Delivery, FilePart, Message, Part, UserMessage } from '../../src/core/message.js';

export const NOW = Date.parse('2026-02-03T10:20:00Z');

export function said(id: string, text: string, delivery: Delivery = 'sent', ...more: readonly Part[]): UserMessage {
  const parts: Part[] = [{ kind: 'text', partId: 'text_0', text, state: 'done' }, ...more];
  return { role: 'user', id, createdAt: NOW, parts, delivery, error: null };
}

export function answered(id: string, text: string, more: Partial<AgentMessage> = {}): AgentMessage {
  return {
    ...{ role: 'agent', id, createdAt: NOW, inReplyTo: 'm1', status: 'completed', error: null },
    ...{ responseId: 'r1', taskId: 't1', model: null, traceId: null, finishReason: 'stop', usage: null },
    parts: [{ kind: 'text', partId: 'p1', text, state: 'done' }],
    ...more,
  };
}

export function csv(
  content: FilePart['file'] = { bytes: btoa('a;b'), mimeType: 'text/csv', name: 'plan.csv' },
): FilePart {
  return { kind: 'file', partId: 'file_1', file: content };
}

export function conversation(
  id: string,
  messages: readonly Message[] = [said('m1', 'Hello'), answered('m2', 'Hi!')],
  more: Partial<SavedConversation> = {},
): SavedConversation {
  return { id, title: null, createdAt: NOW, updatedAt: NOW, taskId: 't1', messages, run: null, ...more };
}

/** One of everything that a conversation can hold. */
export const everything = conversation(
  'everything',
  [
    {
      ...said('m1', 'Höi 👋 \u0000 \ud800 "quoted"\n', 'sent', csv({ uri: 'https://files.example.com/a.pdf' })),
      editedAs: 'm3',
    },
    answered('m2', '# Answer', {
      ...{ model: 'm', traceId: 'trace', usage: { totalTokens: 3, cachedTokens: 0 } },
      parts: [
        { kind: 'reasoning', partId: 'p0', reasoning: 'Hmm.', state: 'done', startedAt: 1, endedAt: null },
        { kind: 'text', partId: 'p1', text: 'So.', state: 'streaming' },
        csv({ size: 12, name: 'plan.csv' }),
        { kind: 'data', partId: 'p2', data: { constructor: 1, deep: [{ a: null }] }, metadata: { type: 'chart' } },
        { kind: 'error', partId: 'p3', error: 'Oh', code: 7 },
        { kind: 'unknown', partId: 'p4', originalKind: 'hologram' },
        {
          ...{ kind: 'tool_call', partId: 'c1', toolCallId: 'c1', toolName: 'search', arguments: { q: ['x', 1] } },
          ...{ executor: 'client', title: 'Search', state: 'failed', wasInterrupted: true, result: null, error: 'No' },
        },
        { kind: 'tool_call', partId: 'c2', toolCallId: 'c2', arguments: {}, executor: 'server', state: 'running' },
      ],
    }),
    {
      ...said('m3', 'Are you there?', 'failed', csv()),
      error: new AgentChatError({
        ...{ code: 'rate_limited', message: 'Too many.', userMessage: 'Wait.', retryable: false, source: 'agent' },
        ...{ processed: 'unknown', status: 429, retryAfterMs: 5, requestId: 'q', traceId: 't' },
      }),
    },
    answered('m4', '', {
      status: 'failed',
      error: new AgentChatError({ code: 'response_failed', message: 'It broke.' }),
    }),
    said('m5', 'Still waiting', 'queued', csv()),
  ],
  {
    title: 'My "plan"',
    taskId: null,
    run: {
      ...{ userMessageId: 'm5', agentMessageId: 'm6', messageId: 'm5', attempts: 1 },
      ...{ sentAt: NOW, epoch: 'e1', cursor: null, retryAt: null },
    },
  },
);
