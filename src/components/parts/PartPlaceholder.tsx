import type { ReactNode } from 'react';
import type { PlaceholderProps } from '../controls/lazyPart.js';
import { useWidget } from '../WidgetContext.js';

/** Keeps a line free for a part that is being loaded, or says that it cannot be shown. Renders a `<p>`. */
export function PartPlaceholder({ reason }: PlaceholderProps): ReactNode {
  const { labels } = useWidget();
  return (
    <p className="ac-note ac-part-placeholder" data-ac="placeholder" data-state={reason}>
      {reason === 'failed' && labels.unknownPart}
    </p>
  );
}
