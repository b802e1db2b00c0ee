import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Conversation } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';
import { useConversation } from './AgentConversationProvider.js';
import { followMessage } from './followMessage.js';

/**
 * One value out of the conversation's state; re-renders only when that value changes.
 *
 * @param selector - may be written inline.
 * @param isEqual - when two values count as the same. Default: `Object.is`; pass another for selectors that build new arrays or objects.
 */
export function useConversationSelector<T>(
  selector: (state: ConversationState) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T {
  return useSelectorOf(useConversation(), selector, isEqual);
}

/** The same for what may depend on the message of that id and on everything but the other messages and the run: it is not asked while another one streams. */
export function useMessageSelector<T>(
  id: string,
  selector: (state: ConversationState) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
): T {
  const conversation = useConversation();
  const subscribe = useCallback(
    (listener: () => void) => followMessage(conversation, id, listener),
    [conversation, id],
  );
  return useSelectorOf(conversation, selector, isEqual, subscribe);
}

/** The same for a conversation that is at hand. */
export function useSelectorOf<T>(
  conversation: Conversation,
  selector: (state: ConversationState) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
  subscribe = conversation.subscribe,
): T {
  // React asks for the snapshot more than once per render and loops on a new object each time: an equal value is answered with the one given before.
  const given = useRef<{ value: T } | null>(null);
  const settle = useCallback(
    (value: T): T => {
      if (given.current && isEqual(given.current.value, value)) return given.current.value;
      given.current = { value };
      return value;
    },
    [isEqual],
  );
  return useSyncExternalStore(
    subscribe,
    () => settle(selector(conversation.getState())),
    () => settle(selector(conversation.getInitialState())),
  );
}
