import type { ReactNode } from 'react';
import type { ErrorPart } from '../../core/message.js';
import { Disclosure } from '../controls/Disclosure.js';
import { Notice } from '../notices/Notice.js';
import type { PartProps } from '../slots.js';
import { ValueTree } from './ValueTree.js';
import { useWidget } from '../WidgetContext.js';

/** An error that the agent put into its answer: a plain sentence, the agent's own words one click away. */
export function ErrorPartView({ part }: PartProps<ErrorPart>): ReactNode {
  const { labels } = useWidget();
  return (
    <Notice
      tone="error"
      details={
        <Disclosure part="error-details" title={labels.details}>
          {() => (
            <ValueTree
              value={{
                [labels.detailMessage]: part.error,
                ...(part.code !== undefined && { [labels.detailCode]: part.code }),
              }}
            />
          )}
        </Disclosure>
      }
    >
      {labels.agentError}
    </Notice>
  );
}
