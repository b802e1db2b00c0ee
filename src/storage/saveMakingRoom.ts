import type { SavedConversation } from '../core/conversationStorage.js';
import type { Records } from './createRecords.js';
import { isUndelivered } from './isUndelivered.js';
import { isQuotaExceeded } from './keyValueStore.js';
import { makingRoom } from './makingRoom.js';
import { withoutContents } from './messageRecord.js';

/** All of it is kept; it was left alone, because a newer version wrote it; or there was no room for all of it. */
export type SaveOutcome = 'kept' | 'read-only' | 'no-room';

/**
 * Saves a conversation, if need be in the place of older ones. Where there is no room even so, what was not delivered yet stays longest: it was typed by hand.
 * Less may be kept then, but nothing that is no longer true: a message that waits to be sent, and was sent since, would be sent again after a reload.
 *
 * @throws whatever the backend rejects with, unless it is full.
 */
export async function saveMakingRoom(records: Records, conversation: SavedConversation): Promise<SaveOutcome> {
  const { id, messages } = conversation;

  /** `null` where it is too much. */
  async function attempt(save: () => Promise<boolean>): Promise<boolean | null> {
    try {
      return await save();
    } catch (error) {
      if (isQuotaExceeded(error)) return null;
      throw error;
    }
  }

  const isSaved = await attempt(() =>
    makingRoom(
      () => records.save(conversation),
      () => records.makeRoom(id),
    ),
  );
  if (isSaved !== null) return isSaved ? 'kept' : 'read-only';

  const unchanged = messages.filter((message) => records.holds(id, message) || isUndelivered(message));
  const undelivered = messages.filter(isUndelivered).map(withoutContents);
  for (const some of [unchanged, undelivered]) {
    if (some.length > 0 && (await attempt(() => records.save({ ...conversation, messages: some })))) return 'no-room';
  }
  await records.remove(id);
  return 'no-room';
}
