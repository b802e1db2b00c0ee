import type { Clock } from '../core/clock.js';
import type { ConversationStorage, StorageProblem } from '../core/conversationStorage.js';
import { CONVERSATION } from './conversationRecord.js';
import { createRecords, type Records } from './createRecords.js';
import { hashOwner } from './hashOwner.js';
import { isQuotaExceeded, type KeyValueStore } from './keyValueStore.js';
import { makingRoom } from './makingRoom.js';
import { MESSAGE } from './messageRecord.js';
import { newestFirst } from './newestFirst.js';
import { createRecordKeys } from './recordKeys.js';
import { removeExpired } from './removeExpired.js';
import { saveMakingRoom } from './saveMakingRoom.js';

export type KeptConversations = Omit<ConversationStorage, 'readDraft' | 'writeDraft' | 'draftIds' | 'onProblem'>;

export interface DurableStorageOptions {
  /** What these conversations belong to. */
  readonly space: readonly string[];
  /** The backends, the best first. One that fails, at first or later, is left for the next; the last is tried again with every call. */
  readonly backends: readonly (() => KeyValueStore | Promise<KeyValueStore>)[];
  /** What none of them takes. */
  readonly memory: KeptConversations;
  readonly clock: Pick<Clock, 'now'>;
  readonly retentionMs: number;
  report(problem: StorageProblem): void;
}

/** Conversations in the best backend that works, and in memory where that keeps less than everything. One call at a time. */
export function createDurableStorage(options: DurableStorageOptions): KeptConversations {
  const { space, memory, clock, retentionMs, report } = options;
  const backends = [...options.backends];
  const keys = createRecordKeys(space);
  const kinds = { conversation: CONVERSATION, message: MESSAGE };
  let owner = hashOwner(space, null);
  let disk: Records | null = null;

  /** The backend in use, or else the next that works. */
  async function reach(): Promise<Records | null> {
    while (!disk && backends[0]) {
      try {
        const store = await backends[0]();
        await removeExpired(store, keys, kinds.conversation, clock.now() - retentionMs);
        const records = createRecords({ store, keys, kinds, report, now: clock.now });
        await records.setOwner(await owner);
        disk = records;
      } catch {
        if (!leaveForNext()) break; // blocked, broken or missing
      }
    }
    return disk;
  }

  /** @returns false for the last one, which stays: it may work again, and would tell the next page what was true before it broke. */
  function leaveForNext(): boolean {
    if (backends.length < 2) return false;
    backends.shift();
    disk = null;
    return true;
  }

  async function onDisk<T>(act: (records: Records) => Promise<T>, otherwise: T): Promise<T> {
    for (let records = await reach(); records; records = await reach()) {
      try {
        return await act(records);
      } catch {
        if (!leaveForNext()) break; // it worked once and does no more; a full one is no failure
      }
    }
    report('not-kept');
    return otherwise;
  }

  return {
    async setOwner(next) {
      owner = hashOwner(space, next);
      const hash = await owner;
      await memory.setOwner(next);
      await onDisk((records) => records.setOwner(hash), undefined);
    },
    // In memory there is only what could not be kept, which is newer than what was.
    load: async (id) => (await memory.load(id)) ?? onDisk((records) => records.load(id), null),
    async save(conversation) {
      const outcome = await onDisk((records) => saveMakingRoom(records, conversation), 'no-room');
      if (outcome === 'kept') return memory.remove(conversation.id);
      if (outcome === 'no-room') report('not-kept');
      return memory.save(conversation);
    },
    async rename(id, title) {
      await memory.rename(id, title);
      await onDisk(async (records) => {
        const renaming = makingRoom(
          () => records.rename(id, title),
          () => records.makeRoom(id),
        );
        await renaming.catch((error: unknown) => {
          if (!isQuotaExceeded(error)) throw error;
          report('not-kept');
        });
      }, undefined);
    },
    async list() {
      const unkept = await memory.list();
      const ids = new Set(unkept.map(({ id }) => id));
      const kept = await onDisk((records) => records.list(), []);
      return [...unkept, ...kept.filter(({ id }) => !ids.has(id))].sort(newestFirst);
    },
    async remove(id) {
      await memory.remove(id);
      await onDisk((records) => records.remove(id), undefined);
    },
    async clear() {
      await memory.clear();
      await onDisk((records) => records.clear(), undefined);
    },
  };
}
