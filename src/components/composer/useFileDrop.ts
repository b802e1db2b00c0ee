import { useEffect, useRef, useState } from 'react';
import { useWidget } from '../WidgetContext.js';

/**
 * Takes files that are pasted into the composer or dropped on the panel.
 *
 * @param onFiles - `null` where files are not taken: the browser then does what it always does.
 * @returns whether files are being dragged over the panel.
 */
export function useFileDrop(onFiles: ((files: readonly File[]) => void) | null): boolean {
  const { panelRef, composerRef } = useWidget();
  const [isDropping, setDropping] = useState(false);
  const latest = useRef(onFiles);
  useEffect(() => {
    latest.current = onFiles;
  });
  const isActive = onFiles !== null;
  useEffect(() => {
    const composer = composerRef.current;
    const area = panelRef.current ?? composer?.form;
    if (!isActive || !composer || !area) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const listen = (name: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void): void =>
      area.addEventListener(name, listener, { signal });
    listen('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setDropping(true);
    });
    listen('dragleave', (event) => {
      // Also told for each element inside that is left for the next one.
      if (!(event.relatedTarget instanceof Node && area.contains(event.relatedTarget))) setDropping(false);
    });
    listen('drop', (event) => {
      setDropping(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      latest.current?.(files);
      composer.focus();
    });
    composer.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])];
        // Spreadsheets put a picture of the cells beside their text, and the text is what was meant.
        if (files.length === 0 || event.clipboardData?.getData('text/plain')) return;
        event.preventDefault();
        latest.current?.(files);
      },
      { signal },
    );
    return () => listening.abort();
  }, [isActive, panelRef, composerRef]);
  return isDropping;
}
