import type { ReactNode } from 'react';
import { Braces } from 'lucide-react';
import type { DataPart } from '../../core/message.js';
import { Disclosure } from '../controls/Disclosure.js';
import { PartBoundary } from '../controls/lazyPart.js';
import type { PartProps } from '../slots.js';
import { ValueTree } from './ValueTree.js';
import { useWidget } from '../WidgetContext.js';

/** Structured data: drawn by the host's component for its type; without one, or where that fails, closed, and readable as text when opened. */
export function DataPartView({ part, role }: PartProps<DataPart>): ReactNode {
  const { labels, dataRenderers = {} } = useWidget();
  const type = typeOfData(part);
  // Own names only: "constructor" comes from the wire as well.
  const Renderer = type !== undefined && Object.hasOwn(dataRenderers, type) ? dataRenderers[type] : undefined;
  const tree = (
    <Disclosure part="data" icon={<Braces className="ac-icon" />} title={labels.data}>
      {() => <ValueTree value={part.data} />}
    </Disclosure>
  );
  if (!Renderer) return tree;
  return (
    <PartBoundary fallback={tree}>
      <div className="ac-data" data-ac="data" data-type={type}>
        <Renderer part={part} role={role} />
      </div>
    </PartBoundary>
  );
}

/** The wire has no field for it (PROTOCOL.md section 3): the metadata says what the data is, or the data itself. */
function typeOfData({ data, metadata }: DataPart): string | undefined {
  return [metadata?.['type'], data['type']].find((type) => typeof type === 'string');
}
