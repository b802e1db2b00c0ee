import type { ReactNode } from 'react';
import type { AgentMessage } from '../../core/message.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { CopyButton } from './CopyButton.js';
import { FeedbackButtons } from './FeedbackButtons.js';
import { MessageTime } from './MessageTime.js';

/** What can be done with an answer, and when it came. Renders a `<div>`. */
export function AnswerActions({ message }: AnswerActionsProps): ReactNode {
  const canRate = useConversationSelector((state) => state.capabilities.feedback);
  return (
    <div className="ac-message-actions" data-ac="message-actions">
      <CopyButton messageId={message.id} />
      {canRate && message.traceId !== null && <FeedbackButtons messageId={message.id} />}
      <MessageTime time={message.createdAt} />
    </div>
  );
}

export interface AnswerActionsProps {
  readonly message: AgentMessage;
}
