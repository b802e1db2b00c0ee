import { selectPendingReviews, selectPendingToolCalls } from '../../src/core/conversationState.js';
import { messageText, type Message } from '../../src/core/message.js';
import type { Command } from './command.js';
import { MAX_TABS, type World } from './createWorld.js';
import { wordsOf, type Deeds } from './deeds.js';
import type { Tab } from './openTab.js';

/** F-41: where there is no room, the conversations that were not used for longest make some. A page knows of none that another one shows. */
export function forgetOldest({ isFull, tabs }: World, { tokens, names }: Deeds): void {
  const shown = new Set(tabs.map(({ conversation }) => conversation.id));
  if (!isFull() || shown.size === 0) return;
  const mayGo = (id: string | null): boolean => shown.size > 1 || id === null || !shown.has(id);
  for (const [token, { conversationId }] of tokens) if (mayGo(conversationId)) tokens.delete(token);
  for (const id of names.keys()) if (mayGo(id)) names.delete(id);
}

/** Gives commands as a visitor and his browser would. What makes no sense at the time is left out. */
export function createVisitor(world: World, deeds: Deeds): (command: Command) => void {
  const { tabs } = world;
  const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % items.length];

  function find(tab: Tab, pick: number, matches: (message: Message) => boolean): string | undefined {
    return nth(tab.conversation.getState().messages.filter(matches), pick)?.id;
  }
  function type(tab: Tab): void {
    const { conversation, session } = tab;
    const token = `m${(deeds.typed += 1)}`;
    // Whose conversation comes back is not known yet where somebody has just come.
    const isKnown = !world.hasChangedHands() || !(conversation.getState().isRestoring || tab.isTurning());
    if (isKnown) deeds.tokens.set(token, { session, conversationId: conversation.id, isOwned: !tab.isTurning() });
    tab.draft.setText(`${tab.draft.getState()}${token} `);
  }

  /** What was being written is left unwritten: that is what closing a tab means. */
  function dropDraft(tab: Tab): void {
    for (const word of writtenIn(tab)) if (deeds.tokens.get(word)?.session === tab.session) deeds.tokens.delete(word);
  }
  /** Sends what is written. Kept is what the page says to be: only then would it clear the composer. */
  function submit({ conversation, draft }: Tab): void {
    const words = wordsOf(draft.getState());
    if (!draft.submit()) return;
    for (const word of words) deeds.unkept.add(word);
    void conversation.keep()?.then(() => words.forEach((word) => deeds.unkept.delete(word)));
  }

  /** What was sent in a conversation that was left at once is being written behind it: a page that dies takes that along. What is still shown is in its composer. */
  function takeAlong({ session, conversation }: Tab): void {
    for (const [token, its] of deeds.tokens) {
      const isLeft = its.session === session && its.conversationId !== conversation.id;
      if (isLeft && deeds.unkept.has(token)) deeds.takenAlong.add(token);
    }
  }
  function leave(tab: Tab, close: (tab: Tab) => void): void {
    deeds.left.add(tab);
    dropDraft(tab);
    takeAlong(tab);
    close(tab);
  }

  /** What was written in this tab stays there, and is seen when that conversation is opened again: but for a draft where nothing was said. */
  function turnTo(tab: Tab, turn: () => void): void {
    deeds.left.add(tab);
    const { messages, isRestoring } = tab.conversation.getState();
    const said = messages.flatMap((message) => wordsOf(messageText(message)));
    for (const word of writtenIn(tab)) {
      const token = deeds.tokens.get(word);
      if (!said.includes(word)) deeds.tokens.delete(word);
      else if (token && isRestoring) deeds.tokens.set(word, { ...token, conversationId: null });
    }
    // Of a conversation that is opened again nobody remembers that it was stopped: a message that comes too early is refused, and waits (F-08).
    deeds.stopped.delete(tab.name);
    turn();
  }

  /** One in which nothing was said is in no list, nor is what was said before it is known in which. */
  function rename({ conversation }: Tab, name: string): void {
    const { id, getState } = conversation;
    const asked = { name, isKept: false };
    if (getState().messages.length > 0 && !getState().isRestoring) deeds.names.set(id, asked);
    else deeds.names.delete(id);
    void conversation.rename(id, name).then(() => (asked.isKept = true));
  }

  function changeHands(to: 'somebody' | 'nobody'): void {
    const isIntroduction = world.identity() === undefined;
    if (isIntroduction && to === 'nobody') return;
    // What nobody in particular wrote is theirs who say who they are, where it is shown; the tests of the storage say where.
    for (const [token, { isOwned }] of deeds.tokens) if (isOwned && !isIntroduction) deeds.foreign.add(token);
    deeds.tokens.clear();
    deeds.conversations.clear();
    deeds.names.clear();
    world.become(to);
  }

  return ({ tab: which, pick, ...command }) => {
    if (command.kind === 'open a tab') {
      const before = nth(tabs, which);
      // One in which nothing was said is known to its page alone.
      if (tabs.length < MAX_TABS)
        world.open(undefined, before && hasBegun(before) ? before.conversation.id : undefined);
      return;
    }
    const tab = nth(tabs, which) ?? world.open();
    const { conversation } = tab;
    if (hasBegun(tab)) deeds.conversations.add(conversation.id);
    switch (command.kind) {
      case 'fault':
        return world.breaks(command.fault, command.at, command.times);
      case 'send':
        type(tab);
        return submit(tab);
      case 'type':
        return type(tab);
      case 'stop': {
        conversation.stop();
        // Where another tab talks to the agent, that one stops it; and should it go, a message of this one that comes too early is refused, and waits (F-08).
        if (tab.isLeading()) deeds.stopped.set(tab.name, { log: world.log.length, attempts: world.attempts.length });
        return;
      }
      case 'retry': {
        const id = find(tab, pick, (message) =>
          message.role === 'user' ? message.delivery === 'failed' : message.status === 'failed',
        );
        if (id === undefined) return;
        deeds.retried += 1;
        return conversation.retry(id);
      }
      case 'resend': {
        const id = find(tab, pick, (message) => message.role === 'user' && message.delivery === 'uncertain');
        return id === undefined ? undefined : conversation.resend(id);
      }
      case 'edit': {
        const id = find(tab, pick, ({ role }) => role === 'user');
        if (id === undefined) return;
        const message = conversation.getState().messages.find((each) => each.id === id)!;
        for (const word of wordsOf(messageText(message))) deeds.tokens.delete(word);
        conversation.editAndResend(id, `e${(deeds.typed += 1)}`);
        return;
      }
      case 'approve': {
        const call = nth(selectPendingReviews(conversation.getState()), pick);
        if (!call) return;
        deeds.allowed.add(call.toolCallId);
        if (call.wasInterrupted) {
          deeds.rerunsAllowed.set(call.toolCallId, (deeds.rerunsAllowed.get(call.toolCallId) ?? 0) + 1);
        }
        conversation.approve(call.toolCallId).catch(() => undefined);
        return;
      }
      case 'reject': {
        const call = nth(selectPendingReviews(conversation.getState()), pick);
        if (call) conversation.reject(call.toolCallId).catch(() => undefined);
        return;
      }
      case 'submit a result': {
        const call = world.setting.hasTools ? undefined : nth(selectPendingToolCalls(conversation.getState()), pick);
        if (call) conversation.submitToolResult(call.toolCallId, { given: true });
        return;
      }
      case 'reset':
        world.count('reset');
        return turnTo(tab, () => conversation.reset());
      case 'open another conversation': {
        const id = nth(
          [...deeds.conversations].filter((each) => each !== conversation.id),
          pick,
        );
        if (id === undefined) return;
        world.count('another conversation');
        return turnTo(tab, () => conversation.open(id));
      }
      case 'rename':
        world.count('rename');
        return rename(tab, `name ${world.applied.get('rename')}`);
      case 'delete': {
        if (tabs.length > 1) return;
        world.count('delete');
        const { id } = conversation;
        for (const [token, { conversationId }] of deeds.tokens) if (conversationId === id) deeds.tokens.delete(token);
        deeds.conversations.delete(id);
        deeds.names.delete(id);
        conversation.remove(id).catch(() => undefined);
        return;
      }
      case 'same identity':
        return conversation.update({ identity: world.identity() });
      case 'somebody else':
        return changeHands('somebody');
      case 'log out':
        return changeHands('nobody');
      case 'reload': {
        deeds.left.add(tab);
        world.count('reload');
        takeAlong(tab);
        world.crash(tab);
        world.open(tab.session, conversation.id);
        return;
      }
      case 'close a tab':
        if (tabs.length < 2) return;
        world.count('tab closed');
        return leave(tab, world.close);
      case 'crash a tab':
        if (tabs.length < 2) return;
        world.count('tab crash');
        return leave(tab, world.crash);
      case 'leave and come back':
        return [...tabs].forEach((each) => leave(each, world.crash));
      case 'unmount and mount':
        deeds.retried += 1;
        conversation.destroy();
        return conversation.resume();
      case 'look again':
        return world.wake();
      case 'offline':
        return world.goOffline();
      case 'online':
        return world.goOnline();
      case 'restart the proxy':
        return world.restartProxy();
      case 'fill the disk':
        return world.fillDisk();
      case 'break the disk':
        return world.breakDisk();
      case 'mend the disk':
        return world.mendDisk();
      case 'wait':
        return;
    }
  };
}

const hasBegun = ({ conversation }: Tab): boolean => conversation.getState().messages.length > 0;

/** What is being written in a tab, also before it was there again after a reload. */
function writtenIn({ session, draft }: Tab): readonly string[] {
  const kept = Array.from({ length: session.length }, (_, index) => session.getItem(session.key(index)!)!);
  return wordsOf([draft.getState(), ...kept].join(' '));
}
