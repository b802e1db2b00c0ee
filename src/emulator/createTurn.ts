import type { Random } from './random.js';
import type { RequestBody } from './requestBody.js';
import type { Task } from './task.js';
import type { ToolResult, Turn } from './turn.js';
import type { JsonObject, WireMessage } from './wire.js';

export interface CreateTurnOptions {
  readonly agentKey: string;
  readonly body: RequestBody;
  readonly message: WireMessage;
  readonly history: readonly WireMessage[];
  readonly previous: Task | undefined;
  readonly taskId: string;
  readonly random: Random;
  readonly reviews: Turn['reviews'];
  readonly signal: AbortSignal;
}

/** What the scenario is told about this request. */
export function createTurn(options: CreateTurnOptions): Turn {
  const { body, message, history, previous } = options;
  const variables = body.variables ?? {};
  const asked = message.role === 'user' ? message : history.findLast((earlier) => earlier.role === 'user');
  return {
    agentKey: options.agentKey,
    text: asked === undefined ? '' : fillIn(textOf(asked), variables),
    message,
    index: history.filter((earlier) => earlier.role === 'user').length - (message.role === 'user' ? 0 : 1),
    taskId: options.taskId,
    toolResults: previous === undefined ? [] : toToolResults(previous, message),
    reviews: options.reviews,
    history,
    variables,
    identity: body.identity ?? body.contact ?? null,
    thread: body.thread ?? null,
    memory: body.memory === undefined ? null : { entityId: body.memory.entity_id },
    metadata: body.metadata ?? {},
    random: options.random,
    signal: options.signal,
  };
}

/** The text parts of a message, a blank line between them. */
export function textOf(message: WireMessage): string {
  return message.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n');
}

// The API replaces templates in messages too, also in what a visitor typed (PROTOCOL.md 4.1).
function fillIn(text: string, variables: JsonObject): string {
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => {
    if (!Object.hasOwn(variables, name)) return whole;
    const value = variables[name];
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function toToolResults(previous: Task, message: WireMessage): ToolResult[] {
  return previous.run.pending.flatMap((call) => {
    const answer = message.parts.find((part) => part.kind === 'tool_result' && part.tool_call_id === call.toolCallId);
    if (answer?.kind !== 'tool_result') return [];
    return [{ toolCallId: call.toolCallId, name: call.name, arguments: call.arguments, result: answer.result }];
  });
}
