import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { Conversation } from '../../core/conversation.js';
import { cycleFocus } from '../controls/focus.js';
import { useWidget } from '../WidgetContext.js';

/** Asks before everything that is kept is removed, and does it. Renders a `<div role="alertdialog">`. */
export function DeleteAllQuestion({ conversation, onDone }: DeleteAllQuestionProps): ReactNode {
  const { labels } = useWidget();
  const questionId = useId();
  const cancelRef = useRef<HTMLButtonElement>(null);
  useEffect(() => cancelRef.current?.focus(), []);
  async function handleDelete(): Promise<void> {
    onDone();
    const kept = await conversation.list();
    conversation.reset();
    await Promise.all(kept.map(({ id }) => conversation.remove(id)));
  }
  return (
    <div
      className="ac-menu ac-menu-question"
      data-ac="delete-all"
      role="alertdialog"
      aria-label={labels.deleteAll}
      aria-describedby={questionId}
      onKeyDown={(event) => {
        if (event.key === 'Tab') cycleFocus(event.currentTarget, event);
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onDone();
      }}
    >
      <p id={questionId} className="ac-menu-text">
        {labels.deleteAllQuestion}
      </p>
      <div className="ac-menu-buttons">
        <button ref={cancelRef} type="button" className="ac-button" data-ac="cancel" onClick={onDone}>
          {labels.cancel}
        </button>
        <button
          type="button"
          className="ac-button ac-button-danger"
          data-ac="confirm-delete"
          onClick={() => void handleDelete()}
        >
          {labels.deleteAll}
        </button>
      </div>
    </div>
  );
}

export interface DeleteAllQuestionProps {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}
