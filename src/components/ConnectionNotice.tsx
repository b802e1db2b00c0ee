import type { ReactNode } from 'react';
import { useConversationSelector } from '../react/useConversationSelector.js';
import { Notice } from './Notice.js';
import { useWidget } from './WidgetContext.js';

/** Says that the connection is gone, while it is. */
export function ConnectionNotice(): ReactNode {
  const { labels } = useWidget();
  const connection = useConversationSelector((state) => state.connection);
  if (connection !== 'offline' && connection !== 'reconnecting') return null;
  return (
    <div className="ac-connection" data-ac="connection-notice" data-state={connection}>
      <Notice tone="connection">{labels[connection]}</Notice>
    </div>
  );
}
