import type { AgentChatError } from '../../core/errors.js';
import type { Labels } from './labels.js';

/** What went wrong, for visitors: in the words of the locale, or where it has none in the error's own. */
export function errorSentence(error: AgentChatError, labels: Labels): string {
  return labels.errors[error.code] ?? error.userMessage;
}
