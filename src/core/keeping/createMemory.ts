import type { AgentEvent } from '../agentEvent.js';
import type { ConversationEvent, LocalEvent } from '../conversationEvent.js';
import type { ConversationState } from '../conversationState.js';
import type { UserMessage } from '../message.js';
import { createGroup, type GroupOptions } from '../tabs/createGroup.js';
import { sharedState, type TabCommand } from '../tabs/tabMessage.js';
import type { Tabs } from '../tabs/tabs.js';
import { tellTabs } from '../tabs/tellTabs.js';
import { createKeeper, type KeeperOptions } from './createKeeper.js';
import { settleSaved } from './settleSaved.js';

export interface MemoryOptions extends KeeperOptions, Pick<GroupOptions, 'createId' | 'flush' | 'follow' | 'obey'> {
  readonly tabs: Tabs | undefined;
  /** What was shown before this code was there, the oldest first. */
  readonly left: readonly ConversationState[];
  /** Goes on with what was brought back, or with what another tab began. */
  begin(): void;
}

/** The conversation's side of the storage, and of the other tabs that share it. */
export interface Memory {
  /** Whether this tab talks to the agent: it does where there are no others. */
  readonly isLeading: boolean;
  /** Whether another tab does. Neither, as long as nobody has said so: then what a visitor does here is told here. */
  readonly isFollowing: boolean;
  /** Goes on, if it is this tab's to go on; looks for what was kept before, if nobody has. */
  proceed(id: string | null): void;
  note(event: ConversationEvent): void;
  keep(): Promise<void>;
  rename(id: string, title: string): Promise<void>;
  /** Hands what the visitor did to the tab that leads. @returns false where this one does. */
  forward(event: AgentEvent | LocalEvent): boolean;
  command(command: TabCommand): boolean;
  /** Writes what is shown, which is about to be shown no more. */
  leave(): void;
  /** Nobody looks any more, for now. */
  pause(): void;
  /** Another person is there. `isIntroduction`: the one who was nobody yet. */
  changeOwner(isIntroduction: boolean): void;
}

/** What was read from the storage longer ago may have been continued elsewhere since. */
const FRESH_MS = 1_000;

export function createMemory(options: MemoryOptions): Memory {
  const { storage, tabs, clock, getState, dispatch, begin } = options;
  const keeper = createKeeper(options);
  const { written } = keeper;
  const group = tabs ? createGroup({ ...options, tabs, keep, written, lead, proceed: () => proceed(null) }) : null;
  let restoring: Promise<void> | null = null;
  /** Which conversation is looked for; `null` for the newest. */
  let wanted: string | null = null;
  // Where nothing is looked for, a new one was begun before this code was there.
  let restoredAt = getState().isRestoring ? 0 : Infinity;
  let hasJoined = false;
  /** Nobody looks. What is being brought back is, and what was said meanwhile is written behind it; but nothing is sent. */
  let isPaused = false;
  /** What was done here since the conversation is shown, and before there was anybody to hand it on to. */
  let unshared: (AgentEvent | LocalEvent)[] = [];
  let leaving: Promise<void> = Promise.resolve();
  const owner = (): string | null => getState().identity?.id ?? null;

  function restore(id: string | null): void {
    wanted = id;
    const mine: Promise<void> = bringBack(id, () => restoring !== mine);
    restoring = mine;
  }

  async function bringBack(id: string | null, isStale: () => boolean): Promise<void> {
    let typed: readonly UserMessage[] = [];
    await keeper.restore(owner(), id, isStale, () => {
      typed = typedIn(getState());
      unshared = typed.map((message) => ({ type: 'message.added', message }));
    });
    if (isStale()) return;
    restoring = null;
    restoredAt = clock.now();
    if (isPaused) leaveBehind(getState().conversationId, typed);
    else proceed(null);
  }

  function proceed(id: string | null): void {
    isPaused = false;
    if (getState().isRestoring) {
      if (!restoring) restore(id);
    } else if (!group || group.isLeading) begin();
    else if (!hasJoined) {
      hasJoined = true;
      group.join(getState().conversationId, unshared);
      unshared = [];
    }
  }

  function forward(event: AgentEvent | LocalEvent): boolean {
    if (!group) return false;
    if (!hasJoined && !getState().isRestoring) unshared.push(event);
    return group.forward(event);
  }

  function lead(knowsAll: boolean, unheard: readonly (AgentEvent | LocalEvent)[]): void {
    const { conversationId } = getState();
    if (knowsAll) {
      // What the one before kept last has to be known, or what was removed since would come back.
      void storage.load(conversationId);
      // And what only it could have ended has come to nothing.
      dispatch({ type: 'conversation.synced', state: { ...sharedState(getState()), ...settleSaved(getState()) } });
      return begin();
    }
    const isFresh = clock.now() - restoredAt < FRESH_MS;
    age();
    if (isFresh) return begin();
    dispatch({ type: 'conversation.reset', conversationId, isRestoring: true });
    for (const event of unheard) dispatch(event);
    restore(conversationId);
  }

  /** From here on, somebody else may go on with it. */
  function age(): void {
    restoredAt = Math.min(restoredAt, clock.now());
  }

  async function keep(doubted?: string): Promise<void> {
    // One that was given up is followed by another.
    while (restoring) await restoring;
    // A tab that has led until now may still be writing.
    await (group && !group.isLeading ? group.kept().then(written) : keeper.keep(doubted));
    await leaving;
  }

  /** @returns what was handed on, and of which nobody has said that it is kept. */
  function leaveGroup(): readonly (AgentEvent | LocalEvent)[] {
    hasJoined = false;
    age();
    if (!group || group.isLeading) void keeper.keep();
    return group?.leave() ?? [];
  }

  /** Writes what was said here behind what is kept, for whoever shows that conversation next: unless somebody else has come, whom it does not concern. */
  function leaveBehind(id: string | null, typed: readonly UserMessage[]): void {
    if (typed.length === 0) return;
    const author = owner();
    // One after the other: two that write behind the same conversation would write over each other.
    leaving = leaving.then(async () => {
      const keptIn = await keeper.append(id, typed, () => owner() !== author);
      if (tabs && keptIn !== null) tellTabs(tabs, keptIn, typed, options.createId);
    });
  }

  // Where nothing is brought back, nobody has said yet whose conversations these are.
  if (!getState().isRestoring) void storage.setOwner(owner());
  for (const state of options.left) {
    const isOwn = (state.identity?.id ?? null) === owner();
    if (isOwn) leaveBehind(state.conversationId, typedIn(state));
  }

  return {
    get isLeading() {
      return !group || group.isLeading;
    },
    get isFollowing() {
      return group?.isFollowing ?? false;
    },
    proceed: (id) => proceed(id),
    note(event) {
      if (group && !group.isLeading) return;
      keeper.note(event.type === 'part.delta');
      group?.tell(event);
    },
    keep,
    rename: keeper.rename,
    forward,
    command: (command) => group?.command(command) ?? false,
    leave() {
      const { isRestoring, conversationId } = getState();
      const unkept = leaveGroup();
      if (isRestoring) leaveBehind(wanted, typedIn(getState()));
      else leaveBehind(conversationId, messagesIn(unkept));
      restoring = null;
      unshared = [];
      keeper.begin();
      // What begins now is known to this tab alone, however long it takes to the first word.
      restoredAt = Infinity;
    },
    pause() {
      isPaused = true;
      unshared.push(...leaveGroup());
      leaveBehind(getState().conversationId, messagesIn(unshared));
    },
    changeOwner(isIntroduction) {
      if (isIntroduction) void keeper.introduce(owner());
      else {
        // Nobody is there any more: an owner's data would stay behind for the next visitor of this browser.
        if (owner() === null) void storage.clear();
        restore(null);
      }
    },
  };
}

function typedIn({ messages }: ConversationState): readonly UserMessage[] {
  return messages.filter((message): message is UserMessage => message.role === 'user');
}

function messagesIn(events: readonly (AgentEvent | LocalEvent)[]): readonly UserMessage[] {
  return events.flatMap((event) => (event.type === 'message.added' ? [event.message] : []));
}
