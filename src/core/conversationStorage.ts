import type { Run } from './conversationState.js';
import type { Message } from './message.js';

/** A conversation as it is kept between visits. Plain data: a change is a new object, what did not change keeps its identity. */
export interface SavedConversation {
  readonly id: string;
  /** What the visitor called it; `null` for the beginning of the first message. */
  readonly title: string | null;
  /** Epoch milliseconds of this browser. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The newest task: what the next turn continues. */
  readonly taskId: string | null;
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** What was under way: enough to take it up again without sending a second time. */
  readonly run: Run | null;
}

/** One line of a list of conversations. */
export interface ConversationSummary {
  readonly id: string;
  /** Never empty as long as something was said. */
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a visitor should know about the memory of this browser. Never an error: the conversation goes on. */
export type StorageProblem =
  /** Nothing survives a reload: storage is blocked, full, or missing. */
  | 'not-kept'
  /** The storage was full: the conversations that were not used for longest were removed, so that the one that is shown is kept. */
  | 'made-room'
  /** Something that had been kept could not be read. It was set aside. */
  | 'not-restored'
  /** Another, newer version of the widget wrote it: shown, and not written to. */
  | 'newer-version';

/**
 * Where conversations are kept. Everything resolves, nothing rejects: what cannot be kept is kept in memory, and `onProblem` says so.
 * Calls take effect in the order in which they were made.
 */
export interface ConversationStorage {
  /**
   * Says whose conversations these are: an id of the host's, or `null` as long as nobody is known. Anybody's but this person's are removed for good before it resolves; with `null`
   * nothing is removed, and only what was said anonymously is shown.
   */
  setOwner(owner: string | null): Promise<void>;
  /** @returns `null` where there is none. Files that were delivered may have lost their contents. */
  load(id: string): Promise<SavedConversation | null>;
  /**
   * All or nothing. Resolves as soon as it is kept as well as it can be. Writes only what has changed since the last call, by identity; messages that another tab has added meanwhile stay,
   * and so does the name: the title counts only where the conversation has none yet.
   */
  save(conversation: SavedConversation): Promise<void>;
  /** Gives a conversation another name, and changes nothing else of it: another tab may know more of it. One that is not kept has none. */
  rename(id: string, title: string): Promise<void>;
  /** The newest first. */
  list(): Promise<readonly ConversationSummary[]>;
  remove(id: string): Promise<void>;
  /** Removes all conversations and drafts of this agent, of whomever they are. */
  clear(): Promise<void>;
  /** What this owner was writing in this tab; `''` where nothing was, and as long as `setOwner` has not said who it is. What nobody in particular wrote on this page becomes the owner's. */
  readDraft(id: string): string;
  writeDraft(id: string, draft: string): void;
  /** The conversations for which this owner was writing something in this tab, the latest last. With them a page that is loaded again finds the draft of a conversation in which nothing was said yet. */
  draftIds?(): readonly string[];
  /** Tells each problem once, also one from before the call. @returns the undoing. */
  onProblem(listener: (problem: StorageProblem) => void): () => void;
}
