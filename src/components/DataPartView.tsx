import type { ReactNode } from 'react';
import { Braces } from 'lucide-react';
import type { DataPart } from '../core/message.js';
import { Disclosure } from './Disclosure.js';
import type { PartProps } from './slots.js';
import { ValueTree } from './ValueTree.js';
import { useWidget } from './WidgetContext.js';

/** Structured data that no host component knows how to draw: closed, and readable as text when opened. */
export function DataPartView({ part }: PartProps<DataPart>): ReactNode {
  const { labels } = useWidget();
  return (
    <Disclosure part="data" icon={<Braces className="ac-icon" />} title={labels.data}>
      {() => <ValueTree value={part.data} />}
    </Disclosure>
  );
}
