import { memo, type ReactNode } from 'react';
import { selectMessage } from '../core/conversationState.js';
import type { Message } from '../core/message.js';
import { useMessageSelector } from '../react/useConversationSelector.js';
import { AnswerFooter } from './AnswerFooter.js';
import { DeliveryFooter } from './DeliveryFooter.js';
import { PartView } from './PartView.js';
import { useWidget } from './WidgetContext.js';

/**
 * One message: its parts and what became of it. Renders an `<article>`. Follows the message's outline only; each part follows itself,
 * so that a token re-renders one part and nothing around it.
 */
export const MessageRow = memo(function MessageRow({ messageId }: MessageRowProps): ReactNode {
  const message = useMessageSelector(messageId, (state) => selectMessage(state, messageId), hasSameOutline);
  const displayName = useMessageSelector(messageId, (state) => state.agent?.displayName);
  const { labels, title } = useWidget();
  if (!message) return null;
  const isOwn = message.role === 'user';
  return (
    <article
      className="ac-message"
      data-ac="message"
      data-message-id={messageId}
      data-role={message.role}
      data-status={isOwn ? message.delivery : message.status}
      aria-label={isOwn ? labels.you : (displayName ?? title ?? labels.agent)}
    >
      {message.parts.map((part) => (
        <PartView key={part.partId} messageId={messageId} partId={part.partId} role={message.role} />
      ))}
      {isOwn ? <DeliveryFooter message={message} /> : <AnswerFooter message={message} />}
    </article>
  );
});

export interface MessageRowProps {
  readonly messageId: string;
}

/** Whether two versions of a message differ in nothing but the contents of their parts. */
export function hasSameOutline(before: Message | undefined, after: Message | undefined): boolean {
  if (before === after) return true;
  if (!before || !after || before.error !== after.error || before.parts.length !== after.parts.length) return false;
  if (before.role === 'agent' && after.role === 'agent') {
    if (before.status !== after.status || before.finishReason !== after.finishReason) return false;
  } else if (before.role === 'user' && after.role === 'user') {
    if (before.delivery !== after.delivery) return false;
  } else return false;
  return before.parts.every((part, position) => part.partId === after.parts[position]?.partId);
}
