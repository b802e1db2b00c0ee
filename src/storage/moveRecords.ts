import type { ConversationRecord } from './conversationRecord.js';
import type { KeyValueStore } from './keyValueStore.js';
import { makingRoom } from './makingRoom.js';
import { mergeIds } from './mergeIds.js';
import type { RecordKeys } from './recordKeys.js';
import type { RecordKind } from './recordKind.js';
import { removeOldest } from './removeOldest.js';
import { sealRecord, unsealRecord } from './sealRecord.js';

/**
 * Moves the records of a visit in which the better backend did not work to where they are looked for. Where both have the same conversation, nothing that was said in either is lost.
 *
 * @param onRemoved - told for each conversation that had to make room.
 * @throws whatever either of them rejects with. What was not moved is still where it was.
 */
export async function moveRecords(
  from: KeyValueStore,
  to: KeyValueStore,
  keys: RecordKeys,
  kind: RecordKind<ConversationRecord>,
  onRemoved: () => void,
): Promise<void> {
  const left = await from.read(keys.all);
  if (left.size === 0) return;
  for (const [key, text] of left) {
    if (!key.startsWith(keys.conversation())) continue;
    const there = (await to.read(key)).get(key);
    const mine = unsealRecord(key, text, kind);
    const theirs = unsealRecord(key, there, kind);
    if (theirs.state === 'newer' || (mine.state === 'broken' && there !== undefined)) continue;
    const isBoth = mine.state === 'current' && theirs.state === 'current';
    const isOlder = isBoth && mine.value.updatedAt < theirs.value.updatedAt;
    const [messages, title] = [keys.message(...keys.pathOf(key)), keys.title(...keys.pathOf(key))];
    const kept = new Set(isOlder ? [...(await to.keys(messages)), ...(await to.keys(title))] : []);
    const puts = new Map([[key, isBoth ? sealRecord(key, merge(mine.value, theirs.value, isOlder)) : String(text)]]);
    for (const [each, message] of left) {
      if ((each.startsWith(messages) || each === title) && !kept.has(each)) puts.set(each, String(message));
    }
    await makingRoom(
      () => to.write(puts, []),
      () => removeOldest(to, keys, kind, key, onRemoved),
    );
  }
  await from.write(new Map(), [...left.keys()]);
}

function merge(mine: ConversationRecord, theirs: ConversationRecord, isOlder: boolean): ConversationRecord {
  const [newer, older] = isOlder ? [theirs, mine] : [mine, theirs];
  return {
    ...newer,
    messageIds: mergeIds(newer.messageIds, older.messageIds),
    hasUndelivered: newer.hasUndelivered || older.hasUndelivered,
    revision: `${newer.revision}+${older.revision}`,
  };
}
