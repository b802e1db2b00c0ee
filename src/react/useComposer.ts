import { useCallback, useSyncExternalStore } from 'react';
import type { Conversation } from '../core/conversation.js';
import { selectIsBusy } from '../core/conversationState.js';
import { createStore, type Store } from '../core/store.js';
import { useConversation } from './AgentConversationProvider.js';
import { useConversationSelector } from './useConversationSelector.js';

/** What a composer needs. */
export interface Composer {
  readonly text: string;
  setText(text: string): void;
  /** Whether there is something to send. */
  readonly canSend: boolean;
  /** Whether an answer is on its way. A message sent now waits for its turn. */
  readonly isBusy: boolean;
  /** Sends the text and clears it, in that order, so that a refusal loses nothing. @returns whether it was sent. */
  submit(): boolean;
  stop(): void;
}

// The draft lives with the conversation and not with the component: closing the panel must not lose what was typed.
const drafts = new WeakMap<Conversation, Store<string>>();

function draftOf(conversation: Conversation): Store<string> {
  const draft = drafts.get(conversation) ?? createStore('');
  drafts.set(conversation, draft);
  return draft;
}

/** Draft and commands of the composer. Everything that uses it for one conversation shares one draft. */
export function useComposer(): Composer {
  const conversation = useConversation();
  const draft = draftOf(conversation);
  const text = useSyncExternalStore(draft.subscribe, draft.getState, draft.getInitialState);
  const isBusy = useConversationSelector(selectIsBusy);
  const submit = useCallback(() => {
    const written = draft.getState();
    if (written.trim() === '') return false;
    conversation.send(written);
    draft.setState('');
    return true;
  }, [conversation, draft]);
  return { text, setText: draft.setState, canSend: text.trim() !== '', isBusy, submit, stop: conversation.stop };
}
