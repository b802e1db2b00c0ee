import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Pencil, Trash2 } from 'lucide-react';
import type { ConversationSummary } from '../../core/conversationStorage.js';
import { ActionButton } from '../controls/ActionButton.js';
import { formatDay } from '../language/formatTime.js';
import { IconButton } from '../controls/IconButton.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { useWidget } from '../WidgetContext.js';

/** One of the visitor's conversations. Renders an `<li>`: a button that opens it, and what else can be done with it. */
export function ConversationItem({ summary, isCurrent, onOpen, onRename, onRemove }: ConversationItemProps): ReactNode {
  const { labels, language } = useWidget();
  const { title } = summary;
  const [doing, setDoing] = useState<'nothing' | 'renaming' | 'removing'>('nothing');
  const itemRef = useRef<HTMLLIElement>(null);
  const fieldRef = useRef<HTMLInputElement>(null);
  const wasDoing = useRef(doing);
  // The control that was pressed has left its place to others, and back.
  useEffect(() => {
    if (wasDoing.current === doing) return;
    wasDoing.current = doing;
    itemRef.current?.querySelector<HTMLElement>('input, button')?.focus();
  }, [doing]);

  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || doing === 'nothing') return;
    event.preventDefault();
    setDoing('nothing');
  }
  return (
    <li ref={itemRef} className="ac-conversations-item" data-current={isCurrent} onKeyDown={handleKeyDown}>
      {doing === 'nothing' && (
        <>
          <button
            type="button"
            className="ac-conversations-open"
            aria-current={isCurrent ? 'true' : undefined}
            onClick={onOpen}
          >
            <span className="ac-conversations-name">
              <bdi>{title}</bdi>
            </span>{' '}
            <span className="ac-conversations-day">{formatDay(summary.updatedAt, language)}</span>
          </button>
          <IconButton
            icon={Pencil}
            label={sentenceAbout(labels.renameConversation, title)}
            part="rename"
            onClick={() => setDoing('renaming')}
          />
          <IconButton
            icon={Trash2}
            label={sentenceAbout(labels.removeConversation, title)}
            part="remove"
            onClick={() => setDoing('removing')}
          />
        </>
      )}
      {doing === 'renaming' && (
        <form
          className="ac-conversations-form"
          onSubmit={(event) => {
            event.preventDefault();
            const name = fieldRef.current?.value.trim() ?? '';
            setDoing('nothing');
            if (name !== '' && name !== title) void onRename(name);
          }}
        >
          <input
            ref={fieldRef}
            className="ac-input"
            defaultValue={title}
            maxLength={200}
            autoComplete="off"
            aria-label={labels.conversationName}
            onFocus={(event) => event.currentTarget.select()}
          />
          <button type="submit" className="ac-button">
            {labels.save}
          </button>
          <ActionButton part="cancel" label={labels.cancel} onClick={() => setDoing('nothing')} />
        </form>
      )}
      {doing === 'removing' && (
        <div className="ac-conversations-form" role="group" aria-label={sentenceAbout(labels.removeQuestion, title)}>
          <span className="ac-conversations-question">{sentenceAbout(labels.removeQuestion, title)}</span>
          <ActionButton part="cancel" label={labels.cancel} onClick={() => setDoing('nothing')} />
          <ActionButton part="confirm-remove" label={labels.remove} onClick={() => void onRemove()} />
        </div>
      )}
    </li>
  );
}

export interface ConversationItemProps {
  readonly summary: ConversationSummary;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
  readonly onRename: (title: string) => Promise<void>;
  readonly onRemove: () => Promise<void>;
}
