import { useEffect, useState } from 'react';
import type { CodeToken } from './highlightCode.js';
import type { Block } from './block.js';

type Colored = readonly (readonly CodeToken[])[];

/**
 * The tokens of each chunk of a code block, once it is complete and the highlighter has been loaded; `undefined` before, and for what it does not
 * know. Code that still grows stays plain: its colours would change with every line.
 */
export function useHighlighting({
  language,
  isComplete,
  chunks,
}: Extract<Block, { type: 'code' }>): Colored | undefined {
  const [found, setFound] = useState<{ readonly chunks: readonly string[]; readonly colored: Colored | undefined }>();
  useEffect(() => {
    if (!isComplete || language === '') return undefined;
    let isWanted = true;
    import('./highlightCode.js').then(
      ({ highlightCode }) => isWanted && setFound({ chunks, colored: highlightCode(chunks, language) }),
      // Without a network the code stays plain.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [isComplete, language, chunks]);
  return found?.chunks === chunks ? found.colored : undefined;
}
