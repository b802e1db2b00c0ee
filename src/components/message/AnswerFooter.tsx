import type { ReactNode } from 'react';
import { isToolCall } from '../../core/isToolCall.js';
import type { AgentMessage, FinishReason } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { ActionButton } from '../controls/ActionButton.js';
import { errorSentence } from '../language/errorSentence.js';
import type { Labels } from '../language/labels.js';
import { LazyAnswerActions, LazyErrorDetails, LazySourceList } from '../lazyParts.js';
import { Notice } from '../notices/Notice.js';
import { useWidget } from '../WidgetContext.js';

/** How an answer ended, where that needs words, and what can be done with it. */
export function AnswerFooter({ message }: AnswerFooterProps): ReactNode {
  const { labels, sources } = useWidget();
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
      {note !== null && (
        <Notice
          // What a filter withheld would be withheld again.
          actions={finishReason !== 'content_filter' && <ContinueButton messageId={message.id} />}
        >
          {note}
        </Notice>
      )}
      {status === 'completed' && (sources ?? message.parts.some(isToolCall)) && <LazySourceList message={message} />}
      {hasText && <LazyAnswerActions message={message} />}
    </>
  );
}

function ContinueButton({ messageId }: { readonly messageId: string }): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  // Only the last thing that was said can be gone on with.
  const isLast = useConversationSelector((state) => state.messageIds.at(-1) === messageId);
  if (!isLast) return null;
  return (
    <ActionButton part="continue" label={labels.continue} onClick={() => conversation.send(labels.continueMessage)} />
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
