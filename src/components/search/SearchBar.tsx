import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { IconButton } from '../controls/IconButton.js';
import { useSearch } from './useSearch.js';
import { useWidget } from '../WidgetContext.js';

/** Searches the conversation: a field, where one stands, and the way to the next match and the one before. Renders a `<search>`-like `<div>`. */
export function SearchBar(): ReactNode {
  const { labels, setView, transcriptRef, composerRef } = useWidget();
  const [words, setWords] = useState('');
  const fieldRef = useRef<HTMLInputElement>(null);
  const { count, position, go } = useSearch(words, transcriptRef);
  useEffect(() => fieldRef.current?.focus(), []);

  function leave(): void {
    setView('chat');
    composerRef.current?.focus();
  }
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    } else if (event.key === 'Enter' && event.target === fieldRef.current) {
      event.preventDefault();
      // From the newest match upwards, as one reads a conversation back.
      go(event.shiftKey ? 1 : -1);
    }
  }
  const isBlank = words.trim() === '';
  return (
    <div className="ac-search" data-ac="search" role="search" onKeyDown={handleKeyDown}>
      <input
        ref={fieldRef}
        className="ac-input ac-search-field"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        aria-label={labels.search}
        placeholder={labels.search}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <span className="ac-search-count" role="status">
        {!isBlank && (count === 0 ? labels.noMatches : labels.matches(position + 1, count))}
      </span>
      <IconButton icon={ChevronUp} label={labels.previousMatch} part="previous-match" onClick={() => go(-1)} />
      <IconButton icon={ChevronDown} label={labels.nextMatch} part="next-match" onClick={() => go(1)} />
      <IconButton icon={X} label={labels.closeSearch} part="close-search" onClick={leave} />
    </div>
  );
}
