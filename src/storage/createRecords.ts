import { createUlids } from '../core/createUlids.js';
import type { ConversationSummary, SavedConversation, StorageProblem } from '../core/conversationStorage.js';
import type { Message } from '../core/message.js';
import { beginningOf } from './beginningOf.js';
import { CONVERSATION, TITLE, toSummary, type ConversationRecord } from './conversationRecord.js';
import { ANONYMOUS } from './hashOwner.js';
import { isUndelivered } from './isUndelivered.js';
import { isQuotaExceeded, type KeyValueStore } from './keyValueStore.js';
import { mergeIds } from './mergeIds.js';
import { MESSAGE, sealMessage } from './messageRecord.js';
import { newestFirst } from './newestFirst.js';
import type { RecordKeys } from './recordKeys.js';
import type { RecordKind } from './recordKind.js';
import { removeOldest } from './removeOldest.js';
import { sealRecord, unsealRecord, type Unsealed } from './sealRecord.js';

export interface RecordsOptions {
  readonly store: KeyValueStore;
  readonly keys: RecordKeys;
  now(): number;
  report(problem: StorageProblem): void;
  /** Default: as this version writes them. */
  readonly kinds?: { readonly conversation: RecordKind<ConversationRecord>; readonly message: RecordKind<Message> };
}

/** The conversations of one owner in one backend: one record each, one for every message, and one for a name. Rejects with whatever the backend does. */
export interface Records {
  /** @param owner - a hash. Everybody else's is removed; where it is nobody in particular, nothing is. */
  setOwner(owner: string): Promise<void>;
  load(id: string): Promise<SavedConversation | null>;
  /** @returns false where it was left as it is, because a newer version wrote it. */
  save(conversation: SavedConversation): Promise<boolean>;
  rename(id: string, title: string): Promise<void>;
  /** Whether the message is kept exactly so. */
  holds(id: string, message: Message): boolean;
  list(): Promise<readonly ConversationSummary[]>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
  /** Gives up what can be spared most. @returns false where nothing can. */
  makeRoom(id: string): Promise<boolean>;
}

/** What this page knows to be kept of a conversation. */
interface Known {
  readonly revision: string;
  readonly messages: ReadonlyMap<string, Message>;
}

const KINDS = { conversation: CONVERSATION, message: MESSAGE };

export function createRecords({ store, keys, now, report, kinds = KINDS }: RecordsOptions): Records {
  const createRevision = createUlids(now);
  const known = new Map<string, Known>();
  let owner = ANONYMOUS;

  function unseal(key: string, text: unknown): Unsealed<ConversationRecord> {
    const record = unsealRecord(key, text, kinds.conversation);
    if (record.state === 'newer') report('newer-version');
    const isOfAnother = record.value !== null && keys.conversation(owner, record.value.id) !== key;
    return isOfAnother ? { state: 'broken', value: null } : record;
  }

  async function readRecord(id: string): Promise<Unsealed<ConversationRecord> | null> {
    const key = keys.conversation(owner, id);
    const text = (await store.read(key)).get(key);
    return text === undefined ? null : unseal(key, text);
  }

  /** What cannot be read is kept for somebody who can, if there is room, and never looked at again. */
  async function setAside(broken: ReadonlyMap<string, unknown>, puts = new Map<string, string>()): Promise<void> {
    report('not-restored');
    const aside = [...broken].map(([key, text]) => [keys.unreadable(owner, String(now()), key), String(text)] as const);
    const removals = [...broken.keys()];
    try {
      await store.write(new Map([...aside, ...puts]), removals);
    } catch (error) {
      if (!isQuotaExceeded(error)) throw error;
      await store.write(puts, removals);
    }
  }

  async function setConversationAside(id: string): Promise<void> {
    const messages = await store.read(keys.message(owner, id));
    await setAside(new Map([...(await store.read(keys.conversation(owner, id))), ...messages]));
  }

  /** A record of its own: whoever writes it knows nothing of what is said meanwhile in another tab, and the other way round. @returns by conversation. */
  async function readTitles(...path: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const titles = [...(await store.read(keys.title(owner, ...path)))];
    return new Map(
      titles.flatMap(([key, text]) => {
        const { value } = unsealRecord(key, text, TITLE);
        return value === null ? [] : [[keys.pathOf(key)[1]!, value] as const];
      }),
    );
  }

  async function rename(id: string, title: string): Promise<void> {
    const key = keys.title(owner, id);
    await store.write(new Map([[key, sealRecord(key, title)]]), []);
  }

  async function load(id: string): Promise<SavedConversation | null> {
    known.delete(id);
    const record = await readRecord(id);
    if (record?.state === 'broken') await setConversationAside(id);
    if (!record?.value) return null;
    const { messageIds, createdAt, updatedAt, taskId, run } = record.value;
    const title = (await readTitles(id)).get(id) ?? record.value.title;
    const texts = await store.read(keys.message(owner, id));
    const messages: Message[] = [];
    const lost = new Set<string>();
    for (const messageId of messageIds) {
      const key = keys.message(owner, id, messageId);
      const { state, value } = unsealRecord(key, texts.get(key), kinds.message);
      if (value?.id === messageId) messages.push(value);
      else if (state === 'newer') report('newer-version');
      else lost.add(messageId);
    }
    let { revision } = record.value;
    if (lost.size > 0 && record.state === 'current') {
      revision = createRevision();
      const rest = { ...record.value, messageIds: messageIds.filter((each) => !lost.has(each)), revision };
      const broken = [...texts].filter(([key]) => lost.has(keys.pathOf(key)[2]!));
      const key = keys.conversation(owner, id);
      await setAside(new Map(broken), new Map([[key, sealRecord(key, rest)]]));
    }
    known.set(id, { revision, messages: byId(messages) });
    return { id, title, createdAt, updatedAt, taskId, messages, run };
  }

  async function save(conversation: SavedConversation): Promise<boolean> {
    const { messages, ...about } = conversation;
    const { id } = about;
    const record = await readRecord(id);
    if (record?.state === 'newer') return false;
    const before = known.get(id);
    const next = byId(messages);
    const written: ConversationRecord = {
      ...about,
      beginning: beginningOf(messages),
      messageIds: mergeIds([...next.keys()], record?.value?.messageIds ?? [], before?.messages),
      hasUndelivered: messages.some(isUndelivered),
      revision: createRevision(),
    };
    // Where another tab has written since, or everything was deleted, what is really there decides.
    const isMine = before !== undefined && before.revision === record?.value?.revision;
    const there = isMine ? null : new Set(await store.keys(keys.message(owner, id)));
    // The conversation goes ahead of its messages: a page that dies in between leaves none that belongs to nothing.
    const at = keys.conversation(owner, id);
    const puts = new Map([[at, sealRecord(at, written)]]);
    for (const message of next.values()) {
      const key = keys.message(owner, id, message.id);
      const isKept = before?.messages.get(message.id) === message && there?.has(key) !== false;
      if (!isKept) puts.set(key, sealMessage(key, message));
    }
    const dropped = [...(before?.messages.keys() ?? [])].filter((each) => !next.has(each));
    await store.write(
      puts,
      dropped.map((each) => keys.message(owner, id, each)),
    );
    known.set(id, { revision: written.revision, messages: next });
    return true;
  }

  async function remove(id: string): Promise<void> {
    known.delete(id);
    await store.write(new Map(), [
      ...[keys.conversation(owner, id), keys.title(owner, id)],
      ...(await store.keys(keys.message(owner, id))),
    ]);
  }

  return {
    load,
    save,
    rename,
    remove,
    holds: (id, message) => known.get(id)?.messages.get(message.id) === message,
    async setOwner(next) {
      if (next !== owner) known.clear();
      owner = next;
      if (next === ANONYMOUS) return;
      const others = (await store.keys(keys.all)).filter((key) => keys.pathOf(key)[0] !== next);
      if (others.length > 0) await store.write(new Map(), others);
    },
    async list() {
      const summaries: ConversationSummary[] = [];
      const titles = await readTitles();
      for (const [key, text] of await store.read(keys.conversation(owner))) {
        const { state, value } = unseal(key, text);
        if (state === 'broken') await setConversationAside(keys.pathOf(key)[1]!);
        else if (value) summaries.push(toSummary({ ...value, title: titles.get(value.id) ?? value.title }));
      }
      return summaries.sort(newestFirst);
    },
    async clear() {
      known.clear();
      await store.write(new Map(), await store.keys(keys.all));
    },
    makeRoom: (id) =>
      removeOldest(store, keys, kinds.conversation, keys.conversation(owner, id), () => report('made-room')),
  };
}

function byId(messages: readonly Message[]): ReadonlyMap<string, Message> {
  return new Map(messages.map((message) => [message.id, message]));
}
