import type { JsonObject, WireFile, WireFinishReason } from './wire.js';

/** One thing an agent does. Made by the functions below; a scenario yields them in order. */
export type Step =
  | { readonly step: 'say'; readonly text: string }
  | { readonly step: 'reason'; readonly text: string }
  | ({ readonly step: 'callTool' } & ToolCall)
  | ({ readonly step: 'requestReview' } & ToolCall)
  | ({ readonly step: 'callClientTool' } & ClientToolCall)
  | { readonly step: 'attach'; readonly file: WireFile }
  | { readonly step: 'data'; readonly data: JsonObject; readonly metadata?: JsonObject }
  | { readonly step: 'wait'; readonly ms: number }
  | { readonly step: 'finish'; readonly reason: WireFinishReason }
  | { readonly step: 'fail'; readonly error: string; readonly code: number }
  | { readonly step: 'refuse'; readonly refusal: Refusal }
  | { readonly step: 'disconnect'; readonly clean: boolean };

/** A tool that the server runs. With `error` the call fails, otherwise `result` (any JSON) is what it gave back. */
export interface ToolCall {
  readonly name: string;
  readonly arguments?: JsonObject;
  readonly result?: unknown;
  readonly error?: string;
  /** How long the tool takes, in milliseconds. Default: the emulator's latency for tools. */
  readonly ms?: number;
}

/** What an agent asks another one, and what that one answers or why it does not. */
export interface HandOff extends Pick<ToolCall, 'error' | 'ms'> {
  /** The other agent's key. */
  readonly agent: string;
  readonly input: string;
  readonly answer?: string;
}

/** A tool that the page has to run. */
export interface ClientToolCall {
  readonly name: string;
  readonly arguments?: JsonObject;
}

/** An HTTP answer in place of a run, such as 429 with `retry-after`. */
export interface Refusal {
  readonly status: number;
  /** Default: an error body of PROTOCOL.md section 1.2, shape E3, that fits the status. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Text or markdown, streamed in deltas of a few words. Steps in a row make one part. */
export function say(text: string): Step {
  return { step: 'say', text };
}

/** Thoughts before the answer. Streams show them, JSON answers do not (PROTOCOL.md, C20). Steps in a row make one part. */
export function reason(text: string): Step {
  return { step: 'reason', text };
}

/** A tool call that the server runs itself: `tool.started`, then `tool.done` or `tool.failed`. */
export function callTool(call: ToolCall): Step {
  return { step: 'callTool', ...call };
}

/** Another agent is asked, and its answer comes back. On the wire that is a tool call (PROTOCOL.md section 13). */
export function handOff({ agent, input, answer, ...rest }: HandOff): Step {
  return callTool({ name: 'call_sub_agent', arguments: { agent_key: agent, input }, result: answer, ...rest });
}

/**
 * A tool call that a person has to allow before the server runs it: `tool.review.requested`, a pause for as long as it takes, `tool.review.done`, and then what
 * {@link callTool} does, or `tool.failed`. The decision comes by `POST /__emulator/tasks/{task_id}/reviews/{tool_call_id}`, which the Agents API does not have
 * (PROTOCOL.md 8.3); the scenario finds it in `turn.reviews`.
 */
export function requestReview(call: ToolCall): Step {
  return { step: 'requestReview', ...call };
}

/**
 * A tool call that the page has to answer. Several in one turn wait together. The response ends with `function_call`;
 * the scenario runs again, with `turn.toolResults`, once the page has answered all of them.
 */
export function callClientTool(call: ClientToolCall): Step {
  return { step: 'callClientTool', ...call };
}

/** A file made by the agent: `{ bytes }` as raw base64 or `{ uri }`. */
export function attach(file: WireFile): Step {
  return { step: 'attach', file };
}

/** Structured data for a renderer of the host page. */
export function data(value: JsonObject, metadata?: JsonObject): Step {
  return metadata === undefined ? { step: 'data', data: value } : { step: 'data', data: value, metadata };
}

/** A pause of `ms` milliseconds. It does not end the part that is being streamed. */
export function wait(ms: number): Step {
  return { step: 'wait', ms };
}

/** Ends the run with a finish reason other than `stop`, such as `length`. */
export function finish(finishReason: WireFinishReason): Step {
  return { step: 'finish', reason: finishReason };
}

/** Ends the run as failed. `code` is an HTTP status (default 500); text said before stays in the stream. */
export function fail(failure: { readonly error: string; readonly code?: number }): Step {
  return { step: 'fail', error: failure.error, code: failure.code ?? 500 };
}

/** Answers with an HTTP error and starts no run. Only as the first step; later it fails the run with the same status. */
export function refuse(refusal: Refusal): Step {
  return { step: 'refuse', refusal };
}

/** Breaks the connection while the run goes on and can be polled. `clean` closes it without an error, as some proxies do. */
export function disconnect(options: { readonly clean?: boolean } = {}): Step {
  return { step: 'disconnect', clean: options.clean ?? false };
}
