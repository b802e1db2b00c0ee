import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { selectIsBusy } from '../core/conversationState.js';
import { useConversation } from './AgentConversationProvider.js';
import { draftOf } from './createDraft.js';
import { useConversationSelector } from './useConversationSelector.js';

/** What a composer needs. */
export interface Composer {
  readonly text: string;
  setText(text: string): void;
  /** Whether there is something to send. */
  readonly canSend: boolean;
  /** Whether an answer is on its way. A message sent now waits for its turn. */
  readonly isBusy: boolean;
  /**
   * Sends the text and clears it, in that order, so that a refusal loses nothing; where messages are kept, only once this one is. What is typed meanwhile stays.
   *
   * @returns whether it was sent.
   */
  submit(): boolean;
  stop(): void;
}

/** Draft and commands of the composer. Everything that uses it for one conversation shares one draft. */
export function useComposer(): Composer {
  const conversation = useConversation();
  const draft = draftOf(conversation);
  const text = useSyncExternalStore(draft.subscribe, draft.getState, draft.getInitialState);
  const isBusy = useConversationSelector(selectIsBusy);
  const conversationId = useConversationSelector((state) => state.conversationId);
  const submit = useCallback(() => draft.submit(), [draft]);
  // After the first paint: a server knows of no draft.
  useEffect(() => draft.open(conversationId), [draft, conversationId]);
  return { text, setText: draft.setText, canSend: text.trim() !== '', isBusy, submit, stop: conversation.stop };
}
