import { useState, type ReactNode } from 'react';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { Conversation } from '../../core/conversation.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { ActionButton } from '../controls/ActionButton.js';
import { useWidget } from '../WidgetContext.js';

type Rating = 'good' | 'bad';

// A row that leaves a long transcript and comes back shows what was said of it.
const ratings = new WeakMap<Conversation, Map<string, Rating>>();

/** Says whether an answer was good, with a comment for those who have one. Renders two `<button>`s and, after the click, a `<form>`. */
export function FeedbackButtons({ messageId }: FeedbackButtonsProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const given = ratings.get(conversation) ?? new Map<string, Rating>();
  ratings.set(conversation, given);
  const [rating, setRating] = useState(given.get(messageId) ?? null);
  const [step, setStep] = useState<'nothing' | 'commenting' | 'thanks' | 'failed'>('nothing');
  const [comment, setComment] = useState('');

  function rate(next: Rating, words?: string): void {
    const before = rating;
    setRating(next);
    given.set(messageId, next);
    setStep(words === undefined ? 'commenting' : 'thanks');
    conversation.sendFeedback(messageId, next, words).catch(() => {
      setRating(before);
      if (before) given.set(messageId, before);
      else given.delete(messageId);
      setStep('failed');
    });
  }
  function renderButton(value: Rating, label: string): ReactNode {
    const Icon = value === 'good' ? ThumbsUp : ThumbsDown;
    return (
      <button
        type="button"
        className="ac-icon-button"
        data-ac={value === 'good' ? 'good-answer' : 'bad-answer'}
        aria-label={label}
        title={label}
        aria-pressed={rating === value}
        onClick={() => rating !== value && rate(value)}
      >
        <Icon className="ac-icon" />
      </button>
    );
  }
  return (
    <>
      {renderButton('good', labels.goodAnswer)}
      {renderButton('bad', labels.badAnswer)}
      {step === 'commenting' && rating && (
        <form
          className="ac-feedback"
          data-ac="feedback"
          onSubmit={(event) => {
            event.preventDefault();
            if (comment.trim() === '') setStep('thanks');
            else rate(rating, comment.trim());
          }}
        >
          <input
            className="ac-input"
            aria-label={labels.feedbackComment}
            placeholder={labels.feedbackComment}
            maxLength={2000}
            autoComplete="off"
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <button type="submit" className="ac-button">
            {labels.sendComment}
          </button>
          <ActionButton part="cancel" label={labels.cancel} onClick={() => setStep('nothing')} />
        </form>
      )}
      <span className="ac-feedback-state" role="status">
        {step === 'thanks' && labels.feedbackThanks}
        {step === 'failed' && labels.feedbackFailed}
      </span>
    </>
  );
}

export interface FeedbackButtonsProps {
  readonly messageId: string;
}
