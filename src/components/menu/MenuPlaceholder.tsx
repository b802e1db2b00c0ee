import type { ReactNode } from 'react';
import type { PlaceholderProps } from '../controls/lazyPart.js';
import { useWidget } from '../WidgetContext.js';

/** Says that the menu cannot be had, in its place. */
export function MenuPlaceholder({ reason }: PlaceholderProps): ReactNode {
  const { labels } = useWidget();
  return reason === 'loading' ? null : (
    <p className="ac-menu" role="alert">
      {labels.viewUnavailable}
    </p>
  );
}
