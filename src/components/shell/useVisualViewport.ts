import { useEffect, type RefObject } from 'react';

/**
 * Keeps a full-screen element inside of what is visible above a phone's keyboard, by `--ac-viewport-height` and `--ac-viewport-top` on it.
 * On iOS neither `dvh` nor `interactive-widget` shrinks when the keyboard opens, and the composer would be covered.
 */
export function useVisualViewport(ref: RefObject<HTMLElement | null>, isActive: boolean): void {
  useEffect(() => {
    const element = ref.current;
    const viewport = element?.ownerDocument.defaultView?.visualViewport;
    if (!isActive || !element || !viewport) return undefined;
    const fit = (): void => {
      // Zoomed in by the visitor's fingers: shrinking with the visible part would fight them.
      if (viewport.scale > 1.01) return;
      element.style.setProperty('--ac-viewport-height', `${viewport.height}px`);
      element.style.setProperty('--ac-viewport-top', `${viewport.offsetTop}px`);
    };
    fit();
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
      element.style.removeProperty('--ac-viewport-height');
      element.style.removeProperty('--ac-viewport-top');
    };
  }, [ref, isActive]);
}
