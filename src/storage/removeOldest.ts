import type { ConversationRecord } from './conversationRecord.js';
import type { KeyValueStore } from './keyValueStore.js';
import type { RecordKeys } from './recordKeys.js';
import type { RecordKind } from './recordKind.js';
import { unsealRecord } from './sealRecord.js';

/**
 * Makes some room: what was set aside goes first, then the conversation that was not used for longest. None that holds undelivered messages goes, and none that a newer version wrote.
 *
 * @param except - the key of the conversation that needs the room.
 * @param onRemoved - told where it was a conversation: its visitor will miss it.
 * @returns false where there was nothing left to give up.
 */
export async function removeOldest(
  store: KeyValueStore,
  keys: RecordKeys,
  kind: RecordKind<ConversationRecord>,
  except: string,
  onRemoved: () => void,
): Promise<boolean> {
  const doomed = [...(await store.keys(keys.unreadable()))];
  const isSpared = doomed.length === 0;
  if (isSpared) {
    const candidates = [...(await store.read(keys.conversation()))].flatMap(([key, text]) => {
      const { state, value } = unsealRecord(key, text, kind);
      return state === 'current' && !value.hasUndelivered && key !== except ? [{ key, ...value }] : [];
    });
    const [oldest] = candidates.sort((a, b) => a.updatedAt - b.updatedAt);
    if (oldest) {
      const path = keys.pathOf(oldest.key);
      doomed.push(oldest.key, keys.title(...path), ...(await store.keys(keys.message(...path))));
    }
  }
  if (doomed.length === 0) return false;
  await store.write(new Map(), doomed);
  if (isSpared) onRemoved();
  return true;
}
