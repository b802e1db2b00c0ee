import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { AskedLink } from '../../markdown/MarkdownOptions.js';
import type { LinkDescription } from './describeLink.js';
import { cycleFocus } from '../controls/focus.js';
import { ENGLISH_LINK_LABELS } from './linkLabels.js';
import { useWidget } from '../WidgetContext.js';

/** Asks before a link is opened, with the whole address to read. Covers the panel; renders a `<div role="dialog">`. */
export function LinkCard({ link, about, onClose }: LinkCardProps): ReactNode {
  const { labels } = useWidget();
  const words = { ...ENGLISH_LINK_LABELS, ...labels.links };
  const questionId = useId();
  const addressId = useId();
  const openRef = useRef<HTMLButtonElement>(null);
  const cancelRef = useRef<HTMLButtonElement>(null);
  const isSuspicious = isDeceptive(about);

  useEffect(() => {
    const { element } = link;
    // Enter, Enter opens a link, but not one that may be a trap.
    (isSuspicious ? cancelRef : openRef).current?.focus();
    return () => element.focus();
  }, [link, isSuspicious]);

  function handleKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose(false);
    } else if (event.key === 'Tab') cycleFocus(event.currentTarget, event);
  }

  const panel = link.element.closest('[data-ac="panel"]');
  return createPortal(
    <div className="ac-link-scrim" data-place={panel ? 'panel' : 'page'}>
      <div
        className="ac-link-card"
        role="dialog"
        aria-modal="true"
        aria-labelledby={questionId}
        aria-describedby={addressId}
        data-ac="link-card"
        onKeyDown={handleKeyDown}
      >
        <p id={questionId} className="ac-link-question">
          {words.question}
        </p>
        <div id={addressId}>
          <p className="ac-link-address" dir="ltr">
            {about.before}
            <strong className="ac-link-domain">{about.domain}</strong>
            {about.after}
            <span className="ac-link-query">{about.query}</span>
          </p>
          {about.claimed !== undefined && (
            <p className="ac-link-warning">{words.mismatch(about.claimed, about.domain)}</p>
          )}
          {about.isForeign && <p className="ac-link-warning">{words.foreign}</p>}
        </div>
        <div className="ac-link-actions">
          <button
            ref={cancelRef}
            type="button"
            className="ac-button"
            data-ac="cancel-link"
            onClick={() => onClose(false)}
          >
            {words.cancel}
          </button>
          <button
            ref={openRef}
            type="button"
            className="ac-button ac-button-primary"
            data-ac="open-link"
            onClick={() => onClose(true)}
          >
            {words.open}
          </button>
        </div>
      </div>
    </div>,
    panel ?? link.element.closest('[data-ac="root"]')!,
  );
}

/** Whether an address is one that a person should look at twice. */
export function isDeceptive({ claimed, isForeign }: LinkDescription): boolean {
  return claimed !== undefined || isForeign;
}

export interface LinkCardProps {
  readonly link: AskedLink;
  readonly about: LinkDescription;
  readonly onClose: (isConfirmed: boolean) => void;
}
