import { useEffect } from 'react';
import { controlsIn, focusedElement, isShown } from '../controls/focus.js';
import { useWidget } from '../WidgetContext.js';

/**
 * Gives the focus a new home where the control that has it goes away: an answer that ends takes "Stop" with it, a decision its buttons. Otherwise it falls back to the host's page,
 * and who has no mouse has to come back from its top. The new home is the nearest control that is left: of the same message, else the transcript, else the composer.
 */
export function useFocusKeeper(): void {
  const { panelRef, transcriptRef, composerRef } = useWidget();
  useEffect(() => {
    const area = panelRef.current ?? composerRef.current?.form;
    if (!area) return undefined;
    let path: readonly HTMLElement[] = [];
    const observer = new MutationObserver(handleChange);

    function handleFocus({ target }: FocusEvent): void {
      path = pathFrom(target as HTMLElement, area!);
      // These two stay, so nothing has to be watched while they have the focus and an answer streams.
      if (target === composerRef.current || target === transcriptRef.current) observer.disconnect();
      else observer.observe(area!, { childList: true, subtree: true, attributeFilter: ['disabled', 'hidden'] });
    }
    function handleBlur({ target }: FocusEvent): void {
      // Chromium tells of it before it takes the element away.
      queueMicrotask(() => {
        if (canHaveFocus(target as HTMLElement) && target === path[0]) path = []; // It was the visitor who went somewhere else.
        handleChange();
      });
    }
    function handleChange(): void {
      const [last] = path;
      if (!last || canHaveFocus(last)) return;
      const focused = focusedElement(area!);
      if (focused && focused !== document.body && focused !== last) return;
      for (const place of path) {
        const isWithinMessage = place.closest('[data-ac="message"]') !== null;
        if (!isWithinMessage && transcriptRef.current?.contains(place)) return transcriptRef.current.focus();
        const controls = place.isConnected ? controlsIn(place) : [];
        const home = controls.find((control) => control === composerRef.current) ?? controls[0];
        if (home) return home.focus();
      }
    }

    area.addEventListener('focusin', handleFocus);
    area.addEventListener('focusout', handleBlur);
    return () => {
      observer.disconnect();
      area.removeEventListener('focusin', handleFocus);
      area.removeEventListener('focusout', handleBlur);
    };
  }, [panelRef, transcriptRef, composerRef]);
}

function canHaveFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled') && isShown(element);
}

/** The element, what it is in, and so on up to `area`: asked while they are still in one another. */
function pathFrom(element: HTMLElement, area: HTMLElement): readonly HTMLElement[] {
  const path = [element];
  for (let next = element; next !== area && next.parentElement; path.push(next)) next = next.parentElement;
  return path;
}
