import type { ReactNode } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import { selectIsUnheard } from '../../core/conversationState.js';
import { messageText, type UserMessage } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { IconButton } from '../controls/IconButton.js';
import { MessageTime } from './MessageTime.js';
import { useWidget } from '../WidgetContext.js';

/** What the visitor can do with a message of theirs, and when they wrote it. Renders the contents of a row. */
export function OwnActions({ message, onEdit }: OwnActionsProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const isUnheard = useConversationSelector((state) => selectIsUnheard(state, message.id));
  const canEdit = message.delivery !== 'sending' && message.editedAs === undefined && messageText(message) !== '';
  return (
    <>
      {canEdit && <IconButton icon={Pencil} label={labels.edit} part="edit" onClick={onEdit} />}
      {isUnheard && (
        <IconButton
          icon={Trash2}
          label={labels.remove}
          part="withdraw"
          onClick={() => conversation.withdraw(message.id)}
        />
      )}
      <MessageTime time={message.createdAt} />
      {message.editedAs !== undefined && (
        <span className="ac-caption" data-ac="edited">
          {labels.edited}
        </span>
      )}
    </>
  );
}

export interface OwnActionsProps {
  readonly message: UserMessage;
  readonly onEdit: () => void;
}
