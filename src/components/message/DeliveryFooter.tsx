import type { ReactNode } from 'react';
import type { AgentChatErrorCode } from '../../core/errors.js';
import type { UserMessage } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { ActionButton } from '../controls/ActionButton.js';
import { errorSentence } from '../language/errorSentence.js';
import { joinSentences } from '../language/joinSentences.js';
import { LazyErrorDetails } from '../lazyParts.js';
import { Notice } from '../notices/Notice.js';
import { useWidget } from '../WidgetContext.js';

// The same bytes would be refused again.
const HOPELESS: ReadonlySet<AgentChatErrorCode> = new Set(['invalid_request', 'too_large', 'empty_message']);

/** That the visitor's message waits or is on its way, where it is: a word. Renders a `<span>`, or nothing. */
export function DeliveryState({ message: { delivery } }: DeliveryFooterProps): ReactNode {
  const { labels } = useWidget();
  if (delivery !== 'queued' && delivery !== 'sending') return null;
  return (
    <span className="ac-caption" data-ac="delivery" data-state={delivery}>
      {labels[delivery]}
    </span>
  );
}

/** What went wrong with the visitor's message, and what can be done about it. Renders a notice, or nothing. */
export function DeliveryFooter({ message }: DeliveryFooterProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const { delivery, error } = message;
  if (delivery !== 'uncertain' && delivery !== 'failed') return null;
  if (delivery === 'uncertain') {
    return (
      <Notice
        actions={<ActionButton part="resend" label={labels.resend} onClick={() => conversation.resend(message.id)} />}
        details={error && <LazyErrorDetails error={error} />}
      >
        {labels.uncertain}
      </Notice>
    );
  }
  const canRetry = error === null || !HOPELESS.has(error.code);
  return (
    <Notice
      tone="error"
      actions={
        canRetry && <ActionButton part="retry" label={labels.retry} onClick={() => conversation.retry(message.id)} />
      }
      details={error && <LazyErrorDetails error={error} />}
    >
      {joinSentences(labels.notSent, error && errorSentence(error, labels))}
    </Notice>
  );
}

export interface DeliveryFooterProps {
  readonly message: UserMessage;
}
