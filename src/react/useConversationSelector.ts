import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Conversation } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';
import { useConversation } from './AgentConversationProvider.js';

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

/** The same for a conversation that is at hand. */
export function useSelectorOf<T>(
  conversation: Conversation,
  selector: (state: ConversationState) => T,
  isEqual: (a: T, b: T) => boolean = Object.is,
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
    conversation.subscribe,
    () => settle(selector(conversation.getState())),
    () => settle(selector(conversation.getInitialState())),
  );
}
