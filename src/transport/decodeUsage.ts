import * as v from 'valibot';
import type { FinishReason, Usage } from '../core/message.js';

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

const count = v.optional(v.nullable(v.number()));

const UsageSchema = v.object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: v.optional(v.nullable(v.object({ cached_tokens: count }))),
  completion_tokens_details: v.optional(v.nullable(v.object({ reasoning_tokens: count }))),
});

/** Token counts (PROTOCOL.md 4.3); `null` where the server sent none. Every single one may be missing. */
export function decodeUsage(value: unknown): Usage | null {
  const parsed = v.safeParse(UsageSchema, value);
  if (!parsed.success) return null;
  const { output } = parsed;
  return {
    ...named('promptTokens', output.prompt_tokens),
    ...named('completionTokens', output.completion_tokens),
    ...named('totalTokens', output.total_tokens),
    ...named('cachedTokens', output.prompt_tokens_details?.cached_tokens),
    ...named('reasoningTokens', output.completion_tokens_details?.reasoning_tokens),
  };
}

const TelemetrySchema = v.object({ trace_id: v.string() });

/** The trace id of a `telemetry` object, or `null`. */
export function decodeTraceId(value: unknown): string | null {
  const parsed = v.safeParse(TelemetrySchema, value);
  return parsed.success ? parsed.output.trace_id : null;
}

function named(key: keyof Usage, value: number | null | undefined): Usage {
  return typeof value === 'number' ? { [key]: value } : {};
}
