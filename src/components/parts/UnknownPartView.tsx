import type { ReactNode } from 'react';
import type { UnknownPart } from '../../core/message.js';
import type { PartProps } from '../slots.js';
import { useWidget } from '../WidgetContext.js';

/** Stands for a part of a kind that this version does not know. Renders a `<p>`. */
export function UnknownPartView({ part }: PartProps<UnknownPart>): ReactNode {
  const { labels } = useWidget();
  return (
    <p className="ac-note" data-ac="unknown" data-kind={part.originalKind}>
      {labels.unknownPart}
    </p>
  );
}
