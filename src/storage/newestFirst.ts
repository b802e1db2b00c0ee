import type { ConversationSummary } from '../core/conversationStorage.js';

/** The order of a list of conversations. Ids made in one millisecond decide, so that the order is the same every time. */
export function newestFirst(a: ConversationSummary, b: ConversationSummary): number {
  return b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1);
}
