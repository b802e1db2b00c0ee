import type { AgentCard } from '../core/transport.js';
import { array, nullish, object, read, string, text } from './wireSchema.js';

const CardSchema = object({ display_name: text, description: text, suggestions: nullish(array(string)) });

/** The public card that our proxy shows of an agent, or `null` for anything else. */
export function decodeCard(key: string, json: unknown): AgentCard | null {
  const card = read(CardSchema, json);
  if (!card) return null;
  const { display_name: displayName, description, suggestions } = card;
  return { key, displayName: displayName ?? key, description: description ?? null, suggestions: suggestions ?? [] };
}
