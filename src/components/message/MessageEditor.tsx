import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { toInputParts } from '../../core/inputParts.js';
import { messageText, type UserMessage } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { ActionButton } from '../controls/ActionButton.js';
import { useWidget } from '../WidgetContext.js';

/** A message of the visitor's, open for editing in its place. Files that went with it go with it again. Renders a `<form>`. */
export function MessageEditor({ message, onClose }: MessageEditorProps): ReactNode {
  const { labels, composerRef } = useWidget();
  const conversation = useConversation();
  const [text, setText] = useState(() => messageText(message));
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const field = fieldRef.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);

  function close(): void {
    onClose();
    composerRef.current?.focus();
  }
  function send(): void {
    if (text.trim() === '') return;
    const files = toInputParts(message.parts.filter((part) => part.kind !== 'text'));
    // Before it is sent: the row may be gone by then.
    close();
    conversation.editAndResend(message.id, { parts: [...files, { kind: 'text', text }] });
  }
  function handleKeyDown(event: KeyboardEvent): void {
    // While an input method is composing, Enter and Escape belong to it; Safari says so by the key code only.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  }
  return (
    <form
      className="ac-editor"
      data-ac="editor"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={fieldRef}
        className="ac-editor-field"
        aria-label={labels.editMessage}
        rows={2}
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      {message.delivery === 'sent' && <p className="ac-note">{labels.editHint}</p>}
      <div className="ac-editor-actions">
        <ActionButton part="cancel" label={labels.cancel} onClick={close} />
        <button type="submit" className="ac-button ac-button-primary" data-ac="send-edit" disabled={text.trim() === ''}>
          {labels.sendEdit}
        </button>
      </div>
    </form>
  );
}

export interface MessageEditorProps {
  readonly message: UserMessage;
  readonly onClose: () => void;
}
