import type { ReactNode } from 'react';
import type { AgentMessage, FinishReason } from '../core/message.js';
import { useConversation } from '../react/AgentConversationProvider.js';
import { ActionButton } from './ActionButton.js';
import { CopyButton } from './CopyButton.js';
import { errorSentence } from './errorSentence.js';
import type { Labels } from './labels.js';
import { LazyErrorDetails } from './lazyParts.js';
import { Notice } from './Notice.js';
import { useWidget } from './WidgetContext.js';

/** How an answer ended, where that needs words, and what can be done with it. */
export function AnswerFooter({ message }: AnswerFooterProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const { status, finishReason, error } = message;
  if (status === 'working' || status === 'input-required') return null;
  const note = status === 'completed' && finishReason !== null ? noteOf(finishReason, labels) : null;
  const hasText = message.parts.some((part) => part.kind === 'text');
  return (
    <>
      {status === 'failed' && (
        <Notice
          tone="error"
          actions={<ActionButton part="retry" label={labels.retry} onClick={() => conversation.retry(message.id)} />}
          details={error && <LazyErrorDetails error={error} />}
        >
          {error ? errorSentence(error, labels) : labels.answerFailed}
        </Notice>
      )}
      {status === 'canceled' && <p className="ac-note">{labels.stopped}</p>}
      {note !== null && <Notice>{note}</Notice>}
      {hasText && (
        <div className="ac-message-actions" data-ac="message-actions">
          <CopyButton messageId={message.id} />
        </div>
      )}
    </>
  );
}

export interface AnswerFooterProps {
  readonly message: AgentMessage;
}

function noteOf(finishReason: FinishReason, labels: Labels): string | null {
  switch (finishReason) {
    case 'length':
      return labels.cutOffByLength;
    case 'content_filter':
      return labels.cutOffByFilter;
    case 'max_iterations':
      return labels.cutOffBySteps;
    case 'max_time':
      return labels.cutOffByTime;
    default:
      return null;
  }
}
