import type { Clock } from '../clock.js';
import type { ConversationState } from '../conversationState.js';
import type { ConversationStorage, SavedConversation } from '../conversationStorage.js';
import type { Dispatcher } from '../createDispatcher.js';
import { joinDrafts } from '../joinDrafts.js';
import type { Message } from '../message.js';
import { settleSaved } from './settleSaved.js';

export interface KeeperOptions extends Pick<Dispatcher, 'dispatch'> {
  readonly storage: ConversationStorage;
  readonly clock: Clock;
  getState(): ConversationState;
}

/** Keeps what a conversation says, and brings back what it said. */
export interface Keeper {
  /**
   * Brings back a conversation of this owner's: the one of that id, or the newest. What was typed meanwhile comes behind it.
   *
   * @param isStale - asked before anything is shown: whether somebody wants another one by now.
   * @param onRead - told before anything is shown: what the conversation says by then was typed meanwhile.
   */
  restore(owner: string | null, id: string | null, isStale: () => boolean, onRead: () => void): Promise<void>;
  /**
   * Writes messages behind what is kept of a conversation, whichever is shown; of the newest, where `id` is `null`, or else of a new one.
   *
   * @param isStale - asked before it writes.
   * @returns the conversation, or `null` where nothing was written.
   */
  append(id: string | null, messages: readonly Message[], isStale: () => boolean): Promise<string | null>;
  /** Something has happened. A token is written with others, within a second; everything else as soon as the stack is empty. */
  note(isToken: boolean): void;
  /** Writes now. Resolves once everything so far is kept as well as it can be. `doubted`: a message that another tab may have written over. */
  keep(doubted?: string): Promise<void>;
  /** Resolves once what this side has begun to write is written. */
  written(): Promise<void>;
  /** Whoever was nobody yet says who she is: what is shown is written as hers, also what was written before. */
  introduce(owner: string | null): Promise<void>;
  /** Gives the conversation another name; it need not be the one that is shown. */
  rename(id: string, title: string): Promise<void>;
  /** Forgets what only this side remembers of the conversation that is shown: the next one is a new one. */
  begin(): void;
}

/** A page that dies loses at most this much of an answer, and gets it again where there is a replay. */
const TOKENS_MS = 1_000;

export function createKeeper({ storage, clock, getState, dispatch }: KeeperOptions): Keeper {
  let title: string | null = null;
  let createdAt = clock.now();
  let updatedAt = createdAt;
  let kept: ConversationState | null = null;
  let writing: Promise<void> = Promise.resolve();
  let isDue = false;
  let cancelTimer: (() => void) | null = null;

  function keep(doubted?: string): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    isDue = false;
    const state = getState();
    if (state.isRestoring || !(hasChanged(state, kept) || doubted)) return writing;
    const { conversationId: id, taskId, run } = state;
    // Only what is new, by identity, is written.
    const anew = (message: Message): Message => (message.id === doubted ? { ...message } : message);
    const messages = doubted ? state.messages.map(anew) : state.messages;
    if (messages.length === 0) {
      // Only what was kept: with a conversation goes what is being written in it.
      if (kept?.conversationId === id && kept.messages.length > 0) writing = storage.remove(id);
    } else {
      if (state.messages !== kept?.messages) updatedAt = clock.now();
      writing = storage.save({ id, title, createdAt, updatedAt, taskId, messages, run });
    }
    kept = state;
    return writing;
  }

  async function find(id: string | null): Promise<SavedConversation | null> {
    const wanted = id ?? (await storage.list())[0]?.id;
    return wanted === undefined ? null : storage.load(wanted);
  }

  /** Where the visitor was: in the newest, or in one that she began after the last thing she said in it. There she has only written so far, so it is in no list. */
  async function findLast(): Promise<{ readonly id: string; readonly saved: SavedConversation | null }> {
    const listed = await storage.list();
    const shown = getState().conversationId;
    const saved = listed[0] ? await storage.load(listed[0].id) : null;
    const unsaid = storage.draftIds?.().findLast((id) => id !== shown && listed.every((each) => each.id !== id));
    const lastSaid = saved?.messages.findLast(({ role }) => role === 'user')?.id ?? '';
    if (unsaid !== undefined && unsaid > lastSaid) return { id: unsaid, saved: null };
    if (saved && unsaid !== undefined) moveDraft(unsaid, saved.id);
    return { id: saved?.id ?? shown, saved };
  }

  /** Nothing that was written is left behind where nobody would find it. */
  function moveDraft(from: string, to: string): void {
    const typed = storage.readDraft(from);
    if (from === to || typed === '') return;
    storage.writeDraft(to, joinDrafts(storage.readDraft(to), typed));
    storage.writeDraft(from, '');
  }

  function begin(): void {
    cancelTimer?.();
    cancelTimer = null;
    title = null;
    createdAt = clock.now();
    kept = null;
  }

  return {
    begin,
    keep,
    written: () => writing,
    async introduce(owner) {
      // Another tab may have named it; with its owner that record goes.
      const known = storage.load(getState().conversationId);
      await storage.setOwner(owner);
      title = (await known)?.title ?? title;
      kept = null;
      await keep();
    },
    async restore(owner, id, isStale, onRead) {
      await storage.setOwner(owner);
      const { id: conversationId, saved } = id === null ? await findLast() : { id, saved: await storage.load(id) };
      if (isStale()) return;
      begin();
      const shown = getState();
      onRead();
      // It may have reached another tab, which kept it.
      for (const { id: messageId } of saved?.messages ?? []) dispatch({ type: 'message.removed', messageId });
      if (id === null) moveDraft(shown.conversationId, conversationId);
      dispatch({ type: 'conversation.restored', conversationId, ...settleSaved(saved) });
      if (saved) ({ title, createdAt, updatedAt } = saved);
    },
    async append(id, messages, isStale) {
      const shown = getState().conversationId;
      const saved = await find(id);
      if (isStale()) return null;
      const now = clock.now();
      const { messages: kept, ...about } = saved ?? { ...NOTHING_SAID, id: id ?? shown, createdAt: now };
      const added = messages.filter((message) => kept.every((each) => each.id !== message.id));
      await storage.save({ ...about, updatedAt: now, messages: [...kept, ...added] });
      return about.id;
    },
    note(isToken) {
      if (!isToken && !isDue) {
        isDue = true;
        queueMicrotask(() => isDue && void keep());
      } else if (isToken) cancelTimer ??= clock.after(TOKENS_MS, () => void keep());
    },
    rename(id, to) {
      if (id === getState().conversationId) title = to;
      return storage.rename(id, to);
    },
  };
}

const NOTHING_SAID = { title: null, taskId: null, messages: [], run: null };

function hasChanged(state: ConversationState, kept: ConversationState | null): boolean {
  if (!kept || kept.conversationId !== state.conversationId) return true;
  return state.messages !== kept.messages || state.taskId !== kept.taskId || state.run !== kept.run;
}
