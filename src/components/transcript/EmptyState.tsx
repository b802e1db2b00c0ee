import type { ReactNode } from 'react';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { Avatar } from '../shell/Avatar.js';
import { useWidget } from '../WidgetContext.js';

/** What the transcript shows before anything has been said. Renders a `<div>`. */
export function EmptyState(): ReactNode {
  const { greeting, labels } = useWidget();
  const description = useConversationSelector((state) => state.agent?.description ?? null);
  return (
    <div className="ac-empty" data-ac="empty-state">
      <Avatar size="large" />
      <p className="ac-empty-greeting" dir="auto">
        {greeting ?? labels.greeting}
      </p>
      {description !== null && (
        <p className="ac-empty-description" dir="auto">
          {description}
        </p>
      )}
    </div>
  );
}
