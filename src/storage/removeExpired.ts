import type { ConversationRecord } from './conversationRecord.js';
import type { KeyValueStore } from './keyValueStore.js';
import type { RecordKeys } from './recordKeys.js';
import type { RecordKind } from './recordKind.js';
import { unsealRecord } from './sealRecord.js';

/**
 * Removes for good, whomever they belong to, the conversations that were last used before a time, what was set aside before it, and messages and names that belong to no conversation.
 * What a newer version wrote is that version's to remove.
 */
export async function removeExpired(
  store: KeyValueStore,
  keys: RecordKeys,
  kind: RecordKind<ConversationRecord>,
  before: number,
): Promise<void> {
  const doomed: string[] = [];
  const alive = new Set<string>();
  for (const [key, text] of await store.read(keys.conversation())) {
    const { state, value } = unsealRecord(key, text, kind);
    if (state === 'current' && value.updatedAt < before) doomed.push(key);
    else alive.add(key);
  }
  for (const key of [...(await store.keys(keys.message())), ...(await store.keys(keys.title()))]) {
    const [owner = '', id = ''] = keys.pathOf(key);
    if (!alive.has(keys.conversation(owner, id))) doomed.push(key);
  }
  for (const key of await store.keys(keys.unreadable())) {
    if (!(Number(keys.pathOf(key)[1]) >= before)) doomed.push(key);
  }
  if (doomed.length > 0) await store.write(new Map(), doomed);
}
