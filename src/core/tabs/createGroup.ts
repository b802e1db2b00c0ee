import type { AgentEvent } from '../agentEvent.js';
import type { ConversationEvent, LocalEvent } from '../conversationEvent.js';
import { indexOfMessage, type ConversationState } from '../conversationState.js';
import type { Dispatcher } from '../createDispatcher.js';
import { reduce } from '../reduce.js';
import { decodeTabMessage, encodeTabMessage, sharedState, type TabCommand, type TabMessage } from './tabMessage.js';
import type { TabChannel, Tabs } from './tabs.js';

export interface GroupOptions extends Dispatcher {
  readonly tabs: Tabs;
  getState(): ConversationState;
  createId(): string;
  /**
   * This tab talks to the agent now. `knowsAll`: what it shows is how things stand; else it has to be looked for in the storage.
   * `unheard`: what was done here and handed on to nobody who said that it is kept.
   */
  lead(knowsAll: boolean, unheard: readonly (AgentEvent | LocalEvent)[]): void;
  /** Goes on, if there is something to go on with. */
  proceed(): void;
  /** Another tab does. */
  follow(): void;
  /** Writes everything so far. `doubted`: a message that is written once more, whatever is written there. */
  keep(doubted?: string): Promise<void>;
  /** Resolves once what this tab has begun to write is written. */
  written(): Promise<void>;
  obey(command: TabCommand): void;
}

/**
 * One conversation in several tabs. The leader talks to the agent and writes to the storage; what happens there, the others repeat, event by event, so that all show the same.
 * What a visitor does in another tab is shown there at once, and counts when the leader says so: its order is everybody's.
 */
export interface Group {
  readonly isLeading: boolean;
  /** Whether another tab has said how things stand. */
  readonly isFollowing: boolean;
  /** @param unshared - what was done in this tab already, and nobody else knows of. */
  join(conversationId: string, unshared: readonly (AgentEvent | LocalEvent)[]): void;
  /** @returns what was handed on and is not known to be kept. */
  leave(): readonly (AgentEvent | LocalEvent)[];
  /** The leader's tab: tells what happened. */
  tell(event: ConversationEvent): void;
  /** Hands on what the visitor did here. @returns false where this tab leads. */
  forward(event: AgentEvent | LocalEvent): boolean;
  /** Hands on a command. @returns false where this tab leads. */
  command(command: TabCommand): boolean;
  /** Resolves once the leader has kept what was handed on, or this tab has. */
  kept(): Promise<void>;
}

/** What a visitor can do in a tab that follows. The rest of what happens is the leader's to say. */
const INTENTS: ReadonlySet<unknown> = new Set([
  'message.added',
  'message.removed',
  'message.edited',
  'delivery.changed',
  'tool.answered',
]);

export function createGroup(options: GroupOptions): Group {
  const { tabs, getState, dispatch, flush, createId, lead, proceed, follow, keep, written, obey } = options;
  let channel: TabChannel | null = null;
  let isLeading = false;
  let isSynced = false;
  let hasFollowers = false;
  /** Handed on, and not heard of yet. */
  const pending = new Map<string, AgentEvent | LocalEvent>();
  const onKept: (() => void)[] = [];

  /** How things stood where this tab leads no more and still writes: for who has read the storage before. */
  const left = new WeakMap<TabChannel, ConversationState>();

  const post = (message: TabMessage): void => channel?.post(encodeTabMessage(message));
  const settle = (): void => {
    if (pending.size > 0) return;
    for (const resolve of onKept.splice(0)) resolve();
  };

  function postState(isNew: boolean): void {
    flush();
    post({ kind: 'state', state: sharedState(getState()), isNew });
  }

  /** Not to who has come with another person: that is a state of somebody else's. */
  function answerLate(to: TabChannel, text: unknown): void {
    const state = left.get(to);
    if (state?.identity !== getState().identity || decodeTabMessage(text)?.kind !== 'hello') return;
    to.post(encodeTabMessage({ kind: 'state', state: sharedState(state), isNew: false }));
  }

  function handleMessage(text: unknown): void {
    const message = decodeTabMessage(text);
    if (!message) return;
    try {
      if (isLeading) answer(message);
      else repeat(message);
    } catch (thrown) {
      console.warn('agent-chat-widget: another tab said something that makes no sense. It was ignored.', thrown);
    }
  }

  function answer(message: TabMessage): void {
    // Who has just said that he is there has missed what happened since he was told how things stand.
    if (message.kind === 'hello' || (message.kind === 'present' && !hasFollowers)) {
      hasFollowers = true;
      postState(false);
    }
    if (message.kind === 'command') obey(message.command);
    if (message.kind !== 'intent') return;
    const { id, event } = message;
    if (!INTENTS.has(event.type)) return;
    tryOut(event);
    // Handed on twice, because the first leader died, or because the visitor left at once: once is enough.
    const heard = event.type === 'message.added' && isKnown(event.message.id) ? event.message.id : undefined;
    if (heard === undefined) dispatch(event);
    // Who left may have written it down as it was, over what has become of it here.
    void keep(heard).then(() => post({ kind: 'kept', id }));
    proceed();
  }

  function repeat(message: TabMessage): void {
    if (message.kind === 'state') {
      const synced = { type: 'conversation.synced', state: message.state } as const;
      tryOut(synced);
      isSynced = true;
      dispatch(synced);
      for (const [id, event] of pending) {
        dispatch(event);
        if (message.isNew) post({ kind: 'intent', id, event });
      }
      if (message.isNew) post({ kind: 'present' });
    } else if (message.kind === 'event' && isSynced) {
      const { event } = message;
      tryOut(event);
      takeBack(event);
      dispatch(event);
    } else if (message.kind === 'kept') {
      pending.delete(message.id);
      settle();
    }
  }

  /** What was done here is shown already, where it was done; its place is where the leader puts it. */
  function takeBack(event: ConversationEvent): void {
    if (event.type === 'message.added' && isKnown(event.message.id)) {
      dispatch({ type: 'message.removed', messageId: event.message.id });
    } else if (event.type === 'delivery.changed' && event.delivery === 'queued') {
      const { messageId } = event;
      const isOwn = [...pending.values()].some((own) => own.type === event.type && own.messageId === messageId);
      if (isOwn) dispatch({ ...event, delivery: 'failed' });
    }
  }

  /** @throws where the event makes no sense. Dispatched, it would take along what waits for the same frame. */
  function tryOut(event: AgentEvent | LocalEvent): void {
    reduce(getState(), { at: 0, ...event });
  }

  function isKnown(messageId: string): boolean {
    return indexOfMessage(getState().messageIds, messageId) >= 0;
  }

  function forward(event: AgentEvent | LocalEvent): boolean {
    if (isLeading || !channel) return false;
    const id = createId();
    pending.set(id, event);
    post({ kind: 'intent', id, event });
    return true;
  }

  function leave(): readonly (AgentEvent | LocalEvent)[] {
    const unkept = [...pending.values()];
    const own = channel;
    if (own && isLeading) {
      // Whoever leads before everything is written goes on without what was said last here, and is written over.
      left.set(own, getState());
      void written().then(() => own.leave());
    } else own?.leave();
    channel = null;
    isLeading = false;
    isSynced = false;
    pending.clear();
    settle();
    return unkept;
  }

  return {
    get isLeading() {
      return isLeading;
    },
    get isFollowing() {
      return !isLeading && isSynced;
    },
    join(conversationId, unshared) {
      leave();
      const isMine = (): boolean => channel === joined;
      const joined: TabChannel = tabs.join(conversationId, {
        onMessage: (message) => (isMine() ? handleMessage(message) : answerLate(joined, message)),
        onLead() {
          if (!isMine()) return; // it was left before its turn came
          isLeading = true;
          const unheard = [...pending.values()];
          pending.clear();
          lead(isSynced, unheard);
          postState(true);
          void keep().then(settle);
        },
        onRest() {
          if (!isMine()) return;
          isLeading = false;
          isSynced = false;
          follow();
          post({ kind: 'hello' });
        },
      });
      channel = joined;
      post({ kind: 'hello' });
      unshared.forEach(forward);
    },
    leave,
    tell(event) {
      if (isLeading && hasFollowers) post({ kind: 'event', event });
    },
    forward,
    command(command) {
      if (isLeading || !channel) return false;
      post({ kind: 'command', command });
      return true;
    },
    kept: () => (pending.size === 0 ? Promise.resolve() : new Promise((resolve) => onKept.push(resolve))),
  };
}
