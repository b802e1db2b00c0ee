import { createConversation } from '../../src/core/createConversation.js';
import { createResponsesTransport } from '../../src/transport/createResponsesTransport.js';

const KEYS = ['__proto__', 'constructor', 'prototype'];
const EVIL = '{"polluted":true,"toString":1,"kind":"text","prototype":{"polluted":true}}';

/** Events as JSON text: built as objects, `__proto__` would never get into it. */
const FRAMES: readonly ((key: string, index: number) => string)[] = [
  (key) =>
    `{"type":"response.started","${key}":${EVIL},"data":{"responseId":"r","taskId":"t","${key}":${EVIL},"telemetry":{"${key}":${EVIL}}}}`,
  (key) =>
    `{"type":"part.delta","data":{"partId":"t","${key}":${EVIL},"delta":{"kind":"text","text":"a","${key}":${EVIL}}}}`,
  (key, index) => `{"type":"part.delta","data":{"partId":"${key}${index % 9}","delta":{"kind":"${key}","text":"a"}}}`,
  (key, index) =>
    `{"type":"part.done","data":{"partId":"d${index % 9}","part":{"kind":"data","data":{"${key}":${EVIL},"a":[{"${key}":${EVIL}}]},"metadata":{"type":"${key}","${key}":${EVIL}}}}}`,
  (key, index) =>
    `{"type":"part.done","data":{"partId":"f${index % 9}","part":{"kind":"file","file":{"bytes":"eA==","name":"${key}","${key}":${EVIL}}}}}`,
  (key, index) =>
    `{"type":"tool.started","data":{"toolCallId":"${key}${index % 9}","toolName":"${key}","arguments":{"${key}":${EVIL}},"${key}":${EVIL}}}`,
  (key, index) => `{"type":"tool.done","data":{"toolCallId":"${key}${index % 9}","result":{"${key}":${EVIL}}}}`,
  (key) => `{"type":"${key}","data":${EVIL}}`,
  (key, index) =>
    `{"type":"tool.review.requested","data":{"toolCallId":"v${index % 9}","toolName":"${key}","arguments":"{\\"${key}\\":{\\"polluted\\":true}}","requiresApproval":{"${key}":true}}}`,
  (key) => `{"type":"part.done","data":{"partId":"${key}","part":{"kind":"${key}","${key}":${EVIL}}}}`,
];

/** Lets an agent send `count` events that try to change what all objects inherit. @returns how many were read, and what changed. */
export async function pollute(
  count: number,
): Promise<{ readonly looks: number; readonly problems: readonly string[] }> {
  const inherited = () => JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort());
  const before = inherited();
  const frames = Array.from({ length: count }, (_, index) =>
    FRAMES[index % FRAMES.length]!(KEYS[index % KEYS.length]!, index),
  );
  const end =
    '{"type":"response.done","data":{"finishReason":"stop","usage":{"__proto__":{"polluted":true}},"pendingToolCalls":[]}}';
  const body = [...frames, end, '[DONE]'].map((data) => `data: ${data}\n\n`).join('');
  const transport = createResponsesTransport({
    url: '/agent',
    fetch: () => Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
  });
  let looks = 0;
  const conversation = createConversation({ agentKey: 'a', transport, onEvent: () => void (looks += 1) });
  conversation.send('Go on.');
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (/^(?:completed|failed|input-required)$/.test(conversation.getState().status)) resolve();
    };
    conversation.subscribe(check);
    check();
  });
  const problems: string[] = [];
  const { status, messages } = conversation.getState();
  if (status === 'failed') problems.push('the run failed');
  if (!JSON.stringify(messages).includes('"text":"aa')) problems.push('the text did not arrive');
  if (({} as { polluted?: unknown }).polluted !== undefined) problems.push('every object is polluted');
  if (inherited() !== before) problems.push('Object.prototype has other members');
  if (messages.some((message) => message.parts.some((part) => 'polluted' in part))) problems.push('a part is polluted');
  conversation.destroy();
  return { looks, problems };
}
