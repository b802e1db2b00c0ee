import type { Clock } from './clock.js';
import { countUsage } from './countUsage.js';
import { toolId, type Ids } from './ids.js';
import type { Review } from './pendingReviews.js';
import type { Run } from './task.js';
import type {
  JsonObject,
  WireEventType,
  WireFinishReason,
  WireMessage,
  WirePart,
  WirePendingToolCall,
  WireStreamPart,
} from './wire.js';

/** Turns what an agent does into both of its tellings: the events of the stream and the messages of the JSON answer. */
export interface RunRecorder {
  /** `response.started`. Once, first. */
  start(taskId: string): void;
  /** One delta; opens a part of that kind where none is open. */
  delta(kind: 'text' | 'reasoning', text: string): void;
  /** A part that comes whole. */
  part(part: Extract<WireStreamPart, { kind: 'file' | 'data' }>): void;
  /** A person has to allow a tool call. Returns its id. */
  reviewRequested(name: string, args: JsonObject): string;
  reviewDone(name: string, toolCallId: string, review: Review): void;
  /** The server begins a tool call, of the id that it was reviewed under. Returns its id. */
  toolStarted(name: string, args: JsonObject, reviewedId?: string): string;
  toolDone(toolCallId: string, result: unknown): void;
  toolFailed(toolCallId: string, error: string): void;
  /** The page has to run a tool. */
  clientTool(name: string, args: JsonObject): void;
  /** The connection breaks; the run goes on. */
  disconnect(clean: boolean): void;
  /** `response.done`. */
  finish(reason: WireFinishReason): void;
  /** `response.failed`. Text that was not finished stays so. */
  fail(error: string, code: number): void;
}

export interface RunRecorderOptions {
  readonly run: Run;
  readonly history: readonly WireMessage[];
  readonly ids: Ids;
  readonly clock: Clock;
  /** Whether pending calls get an id that differs from their part's (PROTOCOL.md, C9). */
  readonly differentPendingIds: boolean;
}

export function createRunRecorder({ run, history, ids, clock, differentPendingIds }: RunRecorderOptions): RunRecorder {
  let open: { kind: 'text' | 'reasoning'; partId: string; text: string } | null = null;
  let reasoning = '';

  const emit = (type: WireEventType, data: JsonObject): void => {
    run.log.append({
      kind: 'event',
      event: { type, timestamp: new Date(clock.now()).toISOString(), data },
    });
  };
  const closePart = (): void => {
    if (open === null) return;
    emit('part.done', { partId: open.partId, part: streamPart(open.kind, open.partId, open.text) });
    if (open.kind === 'text') agentParts().push({ kind: 'text', text: open.text });
    open = null;
  };
  const agentParts = (): WirePart[] => {
    const last = run.output.at(-1);
    if (last?.role === 'agent') return last.parts;
    const hasAgentMessage = run.output.some((message) => message.role === 'agent');
    const messageId = hasAgentMessage ? ids.ulid() : run.assistantMessageId;
    const message: WireMessage = { messageId, role: 'agent', parts: [], metadata: {} };
    run.output.push(message);
    return message.parts;
  };
  const pushToolResult = (toolCallId: string, result: unknown): void => {
    run.output.push({
      messageId: ids.ulid(),
      role: 'tool',
      parts: [{ kind: 'tool_result', tool_call_id: toolCallId, result }],
    });
  };
  const settle = (): void => {
    run.usage = countUsage([...history, run.message], run.output, reasoning);
  };
  const telemetry = { trace_id: run.traceId, span_id: run.spanId };

  return {
    start(taskId) {
      run.state = 'working';
      emit('response.started', {
        responseId: run.responseId,
        taskId,
        model: run.model,
        workflowRunId: run.traceId,
        userMessageId: run.message.messageId,
        assistantMessageId: run.assistantMessageId,
        telemetry,
      });
    },
    delta(kind, text) {
      if (open?.kind !== kind) {
        closePart();
        open = { kind, partId: ids.part(kind), text: '' };
      }
      open.text += text;
      if (kind === 'reasoning') reasoning += text;
      emit('part.delta', { partId: open.partId, delta: streamPart(kind, open.partId, text) });
    },
    part(part) {
      closePart();
      const partId = ids.part(part.kind);
      emit('part.delta', { partId, delta: part });
      emit('part.done', { partId, part });
      agentParts().push(part);
    },
    reviewRequested(name, args) {
      closePart();
      const toolCallId = ids.toolCall();
      agentParts().push({ kind: 'tool_call', tool_name: name, tool_call_id: toolCallId, arguments: args });
      const call = { toolId: toolId(name), toolName: name, toolCallId, arguments: args };
      emit('tool.review.requested', { ...call, requiresApproval: true });
      return toolCallId;
    },
    reviewDone(name, toolCallId, review) {
      emit('tool.review.done', { toolId: toolId(name), toolCallId, review });
    },
    toolStarted(name, args, reviewedId) {
      closePart();
      const toolCallId = reviewedId ?? ids.toolCall();
      if (reviewedId === undefined) {
        agentParts().push({ kind: 'tool_call', tool_name: name, tool_call_id: toolCallId, arguments: args });
      }
      emit('tool.started', { toolId: toolId(name), toolName: name, toolCallId, arguments: args });
      return toolCallId;
    },
    toolDone(toolCallId, result) {
      pushToolResult(toolCallId, result);
      emit('tool.done', { toolId: toolId(toolNameOf(run, toolCallId)), toolCallId, result });
    },
    toolFailed(toolCallId, error) {
      pushToolResult(toolCallId, { error });
      emit('tool.failed', { toolId: toolId(toolNameOf(run, toolCallId)), toolCallId, error });
    },
    clientTool(name, args) {
      closePart();
      const toolCallId = ids.toolCall();
      agentParts().push({ kind: 'tool_call', tool_name: name, tool_call_id: toolCallId, arguments: args });
      const wire: WirePendingToolCall = {
        id: differentPendingIds ? ids.toolCall() : toolCallId,
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      };
      run.pending.push({ toolCallId, name, arguments: args, wire });
    },
    disconnect(clean) {
      run.log.append({ kind: 'disconnect', clean });
    },
    finish(reason) {
      closePart();
      settle();
      run.finishReason = reason;
      run.state = run.pending.length > 0 ? 'input-required' : 'completed';
      emit('response.done', {
        finishReason: reason,
        usage: run.usage,
        ...(run.pending.length > 0 && { pendingToolCalls: run.pending.map((call) => call.wire) }),
        telemetry,
      });
      run.log.end();
    },
    fail(error, code) {
      settle();
      run.pending = [];
      run.failure = { error, code };
      run.state = 'failed';
      emit('response.failed', { error, code });
      run.log.end();
    },
  };
}

function streamPart(kind: 'text' | 'reasoning', partId: string, text: string): WireStreamPart {
  return kind === 'text' ? { kind, text } : { _id: partId, kind, reasoning: text };
}

function toolNameOf(run: Run, toolCallId: string): string {
  for (const message of run.output) {
    for (const part of message.parts) {
      if (part.kind === 'tool_call' && part.tool_call_id === toolCallId) return part.tool_name;
    }
  }
  throw new Error(`No tool call ${toolCallId} in this run.`);
}
