import { useRef, type FormEvent, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { ArrowUp, Square } from 'lucide-react';
import { useComposer } from '../../react/useComposer.js';
import { LazyAttachButton, LazyComposerTray, LazyDictateButton } from '../lazyParts.js';
import { useAutosize } from './useAutosize.js';
import { useWidget } from '../WidgetContext.js';

const SECOND_CLICK_MS = 500;

/** Where the visitor writes. Enter sends, Shift+Enter breaks the line; while an answer is on its way, what is sent waits for its turn. Renders a `<form>`. */
export function Composer(): ReactNode {
  const { labels, composerRef, submitMode, attachments: limits, dictation } = useWidget();
  const { text, setText, canSend, isBusy, submit, stop } = useComposer();
  const clickedAt = useRef(-SECOND_CLICK_MS);
  useAutosize(composerRef, text);

  function handleSubmit(event: FormEvent): void {
    event.preventDefault();
    submit();
    composerRef.current?.focus();
  }
  function handleKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    if (submitMode === 'mod-enter' && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    submit();
  }
  function handleStop({ timeStamp }: MouseEvent): void {
    // Stop comes to stand where Send was, and who clicks twice means Send.
    if (timeStamp - clickedAt.current < SECOND_CLICK_MS) return;
    stop();
    composerRef.current?.focus();
  }

  return (
    <form
      className="ac-composer"
      data-ac="composer"
      data-state={isBusy ? 'busy' : 'ready'}
      onSubmit={handleSubmit}
      onClick={({ target, timeStamp }) => {
        if (target !== composerRef.current) clickedAt.current = timeStamp;
      }}
    >
      <div className="ac-composer-card">
        <LazyComposerTray />
        {limits && (
          <span className="ac-composer-place">
            <LazyAttachButton />
          </span>
        )}
        <textarea
          ref={composerRef}
          className="ac-composer-input"
          data-ac="composer-input"
          rows={1}
          // Empty, `auto` would be left to right, also for the placeholder of a right-to-left language.
          dir={text === '' ? undefined : 'auto'}
          aria-label={labels.message}
          placeholder={labels.placeholder}
          enterKeyHint={submitMode === 'enter' ? 'send' : 'enter'}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={handleKeyDown}
        />
        {dictation && <LazyDictateButton />}
        {isBusy && (
          <button
            type="button"
            className="ac-composer-button"
            data-ac="stop"
            aria-label={labels.stop}
            title={labels.stop}
            onClick={handleStop}
          >
            <Square className="ac-stop-icon" />
          </button>
        )}
        {(!isBusy || canSend) && (
          <button
            type="submit"
            className="ac-composer-button"
            data-ac="send"
            aria-label={labels.send}
            title={labels.send}
            disabled={!canSend}
          >
            <ArrowUp className="ac-icon" />
          </button>
        )}
      </div>
    </form>
  );
}

// Enter that picks a candidate of an input method must not send. Safari ends the composition before the key event, and only its code (229) tells.
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
}
