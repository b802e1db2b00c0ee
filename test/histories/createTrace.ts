import { messageText, type Message } from '../../src/core/message.js';
import type { Command } from './command.js';
import type { World } from './createWorld.js';

const LAST_MESSAGES = 6;

/** Tells a history step by step: what every tab shows after each command, and what has reached the backend by then. */
export function createTrace(print: (line: string) => void): (command: Command, world: World) => void {
  let told = 0;
  let begun: number | null = null;
  return ({ kind }, { clock, tabs, log }) => {
    begun ??= clock.now();
    for (const { kind: call, messageId, tab, status, at } of log.slice(told)) {
      print(`    ${call} ${messageId ?? ''} by ${tab} at ${Math.round(at - begun)} ms: ${status}`);
    }
    told = log.length;
    print(`${clock.now() - begun} ms: ${kind}`);
    for (const { name, draft, conversation } of tabs) {
      const { status, connection, messages } = conversation.getState();
      const lines = messages.slice(-LAST_MESSAGES).map(describe);
      print(`    ${name}, "${draft.getState()}", ${status}, ${connection}: ${lines.join(' | ')}`);
    }
  };
}

function describe(message: Message): string {
  if (message.role === 'user') return `${messageText(message)}: ${message.delivery}`;
  const calls = message.parts.flatMap((part) =>
    part.kind === 'tool_call' ? [`${part.toolCallId} ${part.state}`] : [],
  );
  return `> ${[message.responseId, message.status, message.error?.code, ...calls].filter(Boolean).join(' ')}`;
}
