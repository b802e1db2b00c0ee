import type { AgentChatError } from '../core/errors.js';
import type { Labels } from './labels.js';

/** What went wrong, for visitors: the label for its code, or the error's own words where a label is missing (a newer core, a partial locale). */
export function errorSentence(error: AgentChatError, labels: Labels): string {
  const sentences: Readonly<Record<string, string | undefined>> = labels.errors;
  return sentences[error.code] ?? error.userMessage;
}
