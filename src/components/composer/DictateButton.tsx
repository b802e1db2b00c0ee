import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Mic, MicOff } from 'lucide-react';
import { useComposer } from '../../react/useComposer.js';
import { startDictation, canDictate, type Dictation } from './startDictation.js';
import { useWidget } from '../WidgetContext.js';

/** Writes what is said. Nothing where the browser has no speech recognition. Renders a `<button>` that stays pressed while it listens. */
export function DictateButton(): ReactNode {
  const { labels, composerRef } = useWidget();
  const { text, setText } = useComposer();
  const [dictation, setDictation] = useState<Dictation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<Dictation | null>(null);
  const given = useRef(text);
  useEffect(() => () => running.current?.stop(), []);
  useEffect(() => {
    // What was typed or sent meanwhile wins: words that come later would be put behind a text that is no longer there.
    if (running.current && text !== given.current) running.current.stop();
  }, [text]);
  if (!canDictate()) return null;

  function handleClick(): void {
    composerRef.current?.focus();
    setProblem(null);
    if (running.current) return running.current.stop();
    const before = text === '' || /\s$/.test(text) ? text : `${text} `;
    given.current = text;
    running.current = startDictation(composerRef.current?.closest('[lang]')?.getAttribute('lang') ?? '', {
      onText(said) {
        given.current = before + said;
        setText(before + said);
      },
      onEnd(failure) {
        running.current = null;
        setDictation(null);
        if (failure) setProblem(failure === 'refused' ? labels.microphoneRefused : labels.dictationFailed);
      },
    });
    setDictation(running.current);
  }

  const label = dictation ? labels.stopDictating : labels.dictate;
  const Icon = dictation ? MicOff : Mic;
  return (
    <>
      <button
        type="button"
        className="ac-icon-button"
        data-ac="dictate"
        data-state={dictation ? 'listening' : 'idle'}
        aria-label={label}
        title={label}
        onClick={handleClick}
      >
        <Icon className="ac-icon" />
      </button>
      <span className="ac-composer-problem" role="alert">
        {problem}
      </span>
    </>
  );
}
