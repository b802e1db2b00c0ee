import type { ReactNode } from 'react';
import { ActionButton } from '../controls/ActionButton.js';
import type { PlaceholderProps } from '../controls/lazyPart.js';
import { Notice } from '../notices/Notice.js';
import { useWidget } from '../WidgetContext.js';

/** Stands for a view of the panel whose code is not there: nothing while it comes, and a way back where it cannot be had. */
export function ViewPlaceholder({ reason }: PlaceholderProps): ReactNode {
  const { labels, setView } = useWidget();
  if (reason === 'loading') return null;
  return (
    <Notice actions={<ActionButton part="back" label={labels.backToConversation} onClick={() => setView('chat')} />}>
      {labels.viewUnavailable}
    </Notice>
  );
}
