import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Conversation } from '../../core/conversation.js';
import { selectPendingReviews } from '../../core/conversationState.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { ConnectionLine } from './ConnectionLine.js';

const QUIET_MS = 10_000;

/**
 * What there is to say while an answer is on its way: that nothing new has come for 10 s, or that the browser takes the network for lost. That is a hint only:
 * a stream may go on all the same, and is not touched.
 */
export function ProgressHint(): ReactNode {
  const conversation = useConversation();
  const isOnline = useSyncExternalStore(subscribeToNetwork, isNetworkThere, () => true);
  const [isQuiet, setIsQuiet] = useState(false);
  useEffect(() => watchForQuiet(conversation, setIsQuiet), [conversation]);
  if (!isOnline) return <ConnectionLine state="offline" />;
  return isQuiet ? <ConnectionLine state="stillWorking" /> : null;
}

const isNetworkThere = (): boolean => navigator.onLine;

function subscribeToNetwork(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

function watchForQuiet(conversation: Conversation, onChange: (isQuiet: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let seen: unknown;
  let changedAt = 0;
  function look(): void {
    const { messages } = conversation.getState();
    if (messages === seen) return;
    seen = messages;
    changedAt = Date.now();
    onChange(false);
    // One that is set anew with every token costs more than one that looks, once it rings, whether to wait on.
    timer ??= setTimeout(ring, QUIET_MS);
  }
  function ring(): void {
    const rest = changedAt + QUIET_MS - Date.now();
    timer = rest > 0 ? setTimeout(ring, rest) : undefined;
    const state = conversation.getState();
    const isPersonsTurn = state.status === 'input-required' || selectPendingReviews(state).length > 0;
    if (rest <= 0 && !isPersonsTurn) onChange(true);
  }
  const unsubscribe = conversation.subscribe(look);
  look();
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
