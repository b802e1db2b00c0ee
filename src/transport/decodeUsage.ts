import type { FinishReason, Usage } from '../core/message.js';
import { nullish, number, object, optional, read, string } from './wireSchema.js';

const FINISH_REASONS: ReadonlySet<string> = new Set<FinishReason>([
  'stop',
  'length',
  'tool_calls',
  'content_filter',
  'function_call',
  'max_iterations',
  'max_time',
]);

/** The wire's reason, `unknown` for a word we do not know, `null` where there is none. */
export function decodeFinishReason(value: unknown): FinishReason | null {
  if (typeof value !== 'string') return null;
  return FINISH_REASONS.has(value) ? (value as FinishReason) : 'unknown';
}

const count = nullish(number);

const UsageSchema = object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: nullish(object({ cached_tokens: count })),
  completion_tokens_details: nullish(object({ reasoning_tokens: count })),
});

/** Token counts (PROTOCOL.md 4.3); `null` where the server sent none. Every single one may be missing. */
export function decodeUsage(value: unknown): Usage | null {
  const output = read(UsageSchema, value);
  if (!output) return null;
  return {
    ...optional('promptTokens', output.prompt_tokens),
    ...optional('completionTokens', output.completion_tokens),
    ...optional('totalTokens', output.total_tokens),
    ...optional('cachedTokens', output.prompt_tokens_details?.cached_tokens),
    ...optional('reasoningTokens', output.completion_tokens_details?.reasoning_tokens),
  };
}

const TelemetrySchema = object({ trace_id: string });

/** The trace id of a `telemetry` object, or `null`. */
export function decodeTraceId(value: unknown): string | null {
  return read(TelemetrySchema, value)?.trace_id ?? null;
}
