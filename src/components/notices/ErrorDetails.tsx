import type { ReactNode } from 'react';
import type { AgentChatError } from '../../core/errors.js';
import { Disclosure } from '../controls/Disclosure.js';
import { ValueTree } from '../parts/ValueTree.js';
import { useWidget } from '../WidgetContext.js';

/** What a developer needs to know about an error, one click away from the sentence for visitors. */
export function ErrorDetails({ error }: ErrorDetailsProps): ReactNode {
  const { labels } = useWidget();
  return (
    <Disclosure part="error-details" title={labels.details}>
      {() => (
        <ValueTree
          value={{
            [labels.detailMessage]: error.message,
            [labels.detailCode]: error.code,
            ...(error.status !== undefined && { [labels.detailStatus]: error.status }),
            ...(error.requestId !== undefined && { [labels.detailRequest]: error.requestId }),
            ...(error.traceId !== undefined && { [labels.detailTrace]: error.traceId }),
          }}
        />
      )}
    </Disclosure>
  );
}

export interface ErrorDetailsProps {
  readonly error: AgentChatError;
}
