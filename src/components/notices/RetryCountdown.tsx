import { useEffect, useState, type ReactNode } from 'react';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { Notice } from './Notice.js';
import { useWidget } from '../WidgetContext.js';

/** Counts down to the next attempt, where the agent has too much to do and said for how long. Renders a `<div>`. */
export function RetryCountdown(): ReactNode {
  const { labels } = useWidget();
  const retryAt = useConversationSelector((state) => state.run?.retryAt ?? null);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (retryAt === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [retryAt]);
  if (retryAt === null) return null;
  return (
    <div className="ac-connection" data-ac="connection-notice" data-state="busy">
      <Notice>{labels.busyRetry(Math.max(1, Math.ceil((retryAt - now) / 1000)))}</Notice>
    </div>
  );
}
