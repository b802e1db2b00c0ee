import type { WireMessage, WireUsage } from './wire.js';

/** Token counts of a run: about four characters a token. Only their order of magnitude is meant. */
export function countUsage(
  prompt: readonly WireMessage[],
  output: readonly WireMessage[],
  reasoning: string,
): WireUsage {
  const promptTokens = countMessages(prompt);
  const reasoningTokens = countText(reasoning);
  const completionTokens = countMessages(output) + reasoningTokens;
  return {
    completion_tokens: completionTokens,
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, cache_creation_tokens: null, audio_tokens: null },
    completion_tokens_details: {
      reasoning_tokens: reasoningTokens,
      accepted_prediction_tokens: null,
      rejected_prediction_tokens: null,
      audio_tokens: null,
    },
  };
}

function countMessages(messages: readonly WireMessage[]): number {
  return messages.flatMap((message) => message.parts).reduce((sum, part) => sum + countText(JSON.stringify(part)), 0);
}

function countText(text: string): number {
  return Math.ceil(text.length / 4);
}
