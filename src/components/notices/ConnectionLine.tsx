import type { ReactNode } from 'react';
import { Notice } from './Notice.js';
import { useWidget } from '../WidgetContext.js';

/** One sentence between transcript and composer about how the answer is coming along. */
export function ConnectionLine({ state }: ConnectionLineProps): ReactNode {
  const { labels } = useWidget();
  return (
    <div className="ac-connection" data-ac="connection-notice" data-state={state}>
      <Notice tone="connection">{labels[state]}</Notice>
    </div>
  );
}

export interface ConnectionLineProps {
  readonly state: 'offline' | 'reconnecting' | 'stillWorking';
}
