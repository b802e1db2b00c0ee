import * as v from 'valibot';
import type { AgentCard } from '../core/transport.js';
import { read, text } from './wireSchema.js';

const CardSchema = v.object({ display_name: text, description: text, suggestions: v.nullish(v.array(v.string())) });

/** The public card that our proxy shows of an agent, or `null` for anything else. */
export function decodeCard(key: string, json: unknown): AgentCard | null {
  const card = read(CardSchema, json);
  if (!card) return null;
  const { display_name: displayName, description, suggestions } = card;
  return { key, displayName: displayName ?? key, description: description ?? null, suggestions: suggestions ?? [] };
}
