import { useEffect } from 'react';

/** Marks ranges of text without touching the document, where the browser can (CSS Custom Highlights); elsewhere the reader is only brought to the place. */
export function useHighlights(ranges: readonly Range[], current: Range | null): void {
  useEffect(() => {
    if (typeof Highlight !== 'function' || !('highlights' in CSS)) return undefined;
    const all = new Highlight(...ranges);
    const one = new Highlight(...(current ? [current] : []));
    one.priority = 1;
    CSS.highlights.set('ac-match', all);
    CSS.highlights.set('ac-match-current', one);
    return () => {
      // Another widget's search may have taken the names meanwhile.
      if (CSS.highlights.get('ac-match') === all) CSS.highlights.delete('ac-match');
      if (CSS.highlights.get('ac-match-current') === one) CSS.highlights.delete('ac-match-current');
    };
  }, [ranges, current]);
}
