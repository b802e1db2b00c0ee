import { memo, useState, type ReactNode } from 'react';
import { indexOfMessage, selectMessage } from '../../core/conversationState.js';
import { groupToolCalls } from '../tools/groupToolCalls.js';
import type { Message } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useMessageSelector } from '../../react/useConversationSelector.js';
import { AnswerFooter } from './AnswerFooter.js';
import { DeliveryFooter, DeliveryState } from './DeliveryFooter.js';
import { LazyDayDivider, LazyMessageEditor, LazyOwnActions, LazyToolRun } from '../lazyParts.js';
import { PartView } from '../parts/PartView.js';
import { useWidget } from '../WidgetContext.js';

/**
 * One message: its parts and what became of it. Renders an `<article>`. Follows the message's outline only; each part follows itself,
 * so that a token re-renders one part and nothing around it.
 */
export const MessageRow = memo(function MessageRow({ messageId }: MessageRowProps): ReactNode {
  const message = useMessageSelector(messageId, (state) => selectMessage(state, messageId), hasSameOutline);
  const displayName = useMessageSelector(messageId, (state) => state.agent?.displayName);
  const { labels, title } = useWidget();
  const conversation = useConversation();
  const [isEditing, setEditing] = useState(false);
  if (!message) return null;
  const isOwn = message.role === 'user';
  const { messages, messageIds } = conversation.getState();
  const before = messages[indexOfMessage(messageIds, messageId) - 1];
  const hasNewDay = dayOf(message.createdAt) !== dayOf(before?.createdAt ?? Date.now());
  return (
    <>
      {hasNewDay && <LazyDayDivider time={message.createdAt} />}
      <article
        className="ac-message"
        data-ac="message"
        data-message-id={messageId}
        data-role={message.role}
        data-status={isOwn ? message.delivery : message.status}
        aria-label={isOwn ? labels.you : (displayName ?? title ?? labels.agent)}
      >
        {isOwn && isEditing ? (
          <LazyMessageEditor message={message} onClose={() => setEditing(false)} />
        ) : (
          groupToolCalls(message.parts).map((group) =>
            group.isToolRun ? (
              <LazyToolRun key={group.partIds[0]} messageId={messageId} partIds={group.partIds} role={message.role} />
            ) : (
              <PartView key={group.partIds[0]} messageId={messageId} partId={group.partIds[0]} role={message.role} />
            ),
          )
        )}
        {isOwn ? <DeliveryFooter message={message} /> : <AnswerFooter message={message} />}
        {isOwn && !isEditing && (
          <div className="ac-message-actions" data-ac="message-actions">
            <LazyOwnActions message={message} onEdit={() => setEditing(true)} />
            <DeliveryState message={message} />
          </div>
        )}
      </article>
    </>
  );
});

function dayOf(time: number): string {
  return new Date(time).toDateString();
}

export interface MessageRowProps {
  readonly messageId: string;
}

/** Whether two versions of a message differ in nothing but the contents of their parts. */
function hasSameOutline(before: Message | undefined, after: Message | undefined): boolean {
  if (before === after) return true;
  if (!before || !after || before.error !== after.error || before.parts.length !== after.parts.length) return false;
  if (before.role === 'agent' && after.role === 'agent') {
    if (before.status !== after.status || before.finishReason !== after.finishReason) return false;
  } else if (before.role === 'user' && after.role === 'user') {
    if (before.delivery !== after.delivery || before.editedAs !== after.editedAs) return false;
  } else return false;
  return before.parts.every((part, position) => part.partId === after.parts[position]?.partId);
}
