import type { ReactNode } from 'react';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { ConnectionLine } from './ConnectionLine.js';
import { LazyProgressHint, LazyRetryCountdown } from '../lazyParts.js';
import { useShownConnection } from './useShownConnection.js';

/** Says that the connection is gone, while it is; and while an answer is on its way, that it takes long or that the network seems to be lost. */
export function ConnectionNotice(): ReactNode {
  const connection = useShownConnection();
  const isWaiting = useConversationSelector((state) => (state.run?.retryAt ?? null) !== null);
  if (isWaiting && connection !== 'offline') return <LazyRetryCountdown />;
  if (connection === 'offline' || connection === 'reconnecting') return <ConnectionLine state={connection} />;
  return connection === 'idle' ? null : <LazyProgressHint />;
}
