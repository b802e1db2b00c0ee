import { useId, useRef, useState, type ReactNode } from 'react';
import { ShieldQuestionMark } from 'lucide-react';
import { toAgentChatError, type AgentChatError } from '../../core/errors.js';
import type { ToolCallPart } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { errorSentence } from '../language/errorSentence.js';
import { joinSentences } from '../language/joinSentences.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import type { PartProps } from '../slots.js';
import { toolTitle } from './toolTitle.js';
import { useSeen } from './useSeen.js';
import { ValueTree } from '../parts/ValueTree.js';
import { useWidget } from '../WidgetContext.js';

/**
 * A tool call that a person has to allow: what would be done, with every value that would be used, and two buttons. All of it is drawn from the call itself; nothing that
 * the agent wrote can look like it. Renders a `<div role="group">`.
 */
export function ReviewCard({ part }: PartProps<ToolCallPart>): ReactNode {
  const widget = useWidget();
  const { labels } = widget;
  const conversation = useConversation();
  const titleId = useId();
  const cardRef = useRef<HTMLDivElement>(null);
  // A click that was meant for something else must not land on a button that has just appeared under it.
  const isSeen = useSeen(cardRef);
  const [isDeciding, setDeciding] = useState(false);
  const [error, setError] = useState<AgentChatError | null>(null);

  function decide(verb: 'approve' | 'reject'): void {
    if (isDeciding) return;
    setDeciding(true);
    setError(null);
    conversation[verb](part.toolCallId)
      .catch((thrown: unknown) => setError(toAgentChatError(thrown)))
      .finally(() => setDeciding(false))
      .catch(() => undefined);
  }

  // While it is being decided the buttons say so and stay: a disabled one would lose the focus.
  return (
    <div
      ref={cardRef}
      className="ac-review"
      role="group"
      aria-labelledby={titleId}
      data-ac="review"
      data-state={isDeciding ? 'deciding' : 'waiting'}
    >
      <p id={titleId} className="ac-review-title" role="alert">
        <ShieldQuestionMark className="ac-icon ac-review-icon" />
        <span>{sentenceAbout(labels.reviewTitle, toolTitle(part, widget))}</span>
      </p>
      {part.wasInterrupted && <p className="ac-review-note">{labels.reviewInterrupted}</p>}
      <div className="ac-review-arguments">
        <ValueTree value={part.arguments} />
      </div>
      {error && (
        <p className="ac-review-note" role="status">
          {joinSentences(labels.reviewFailed, errorSentence(error, labels))}
        </p>
      )}
      <div className="ac-review-actions">
        <button
          type="button"
          className="ac-button"
          data-ac="reject"
          disabled={!isSeen}
          aria-disabled={isDeciding}
          onClick={() => decide('reject')}
        >
          {labels.reject}
        </button>
        <button
          type="button"
          className="ac-button ac-button-primary"
          data-ac="approve"
          disabled={!isSeen}
          aria-disabled={isDeciding}
          onClick={() => decide('approve')}
        >
          {labels.approve}
        </button>
      </div>
    </div>
  );
}
