import type { Conversation } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';

interface Followers {
  readonly byMessage: Map<string, Set<() => void>>;
  readonly stop: () => void;
}

// One subscription for all messages of a conversation: hundreds of rows asking whether it was theirs would cost more than drawing what streams.
const followed = new WeakMap<Conversation, Followers>();

/**
 * Calls `listener` after every change of the conversation but those in which only other messages, or the run, went on.
 *
 * @returns the undoing.
 */
export function followMessage(conversation: Conversation, id: string, listener: () => void): () => void {
  const followers = followed.get(conversation) ?? followAll(conversation);
  followed.set(conversation, followers);
  const { byMessage, stop } = followers;
  const listeners = byMessage.get(id) ?? new Set();
  byMessage.set(id, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && byMessage.get(id) === listeners) byMessage.delete(id);
    if (byMessage.size > 0 || followed.get(conversation) !== followers) return;
    followed.delete(conversation);
    stop();
  };
}

function followAll(conversation: Conversation): Followers {
  const byMessage: Followers['byMessage'] = new Map();
  let before = conversation.getState();
  const stop = conversation.subscribe(() => {
    const previous = before;
    const state = (before = conversation.getState());
    if (differsInMessagesOnly(previous, state)) {
      const { messages } = state;
      // Ten thousand of them, sixty times a second: a callback for each would be felt while typing.
      for (let index = 0; index < messages.length; index += 1) {
        if (messages[index] !== previous.messages[index]) byMessage.get(messages[index]!.id)?.forEach(call);
      }
    } else for (const listeners of [...byMessage.values()]) listeners.forEach(call);
  });
  return { byMessage, stop };
}

/** The order and number of messages is `messageIds`. */
function differsInMessagesOnly(before: ConversationState, after: ConversationState): boolean {
  return (Object.keys(after) as (keyof ConversationState)[]).every(
    (key) => key === 'messages' || key === 'run' || before[key] === after[key],
  );
}

function call(listener: () => void): void {
  listener();
}
