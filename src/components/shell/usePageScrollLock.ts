import { useEffect } from 'react';

/** Keeps the page behind a modal panel from scrolling under the visitor's finger. */
export function usePageScrollLock(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return undefined;
    const { style } = document.documentElement;
    const before = style.overflow;
    style.overflow = 'hidden';
    return () => {
      style.overflow = before;
    };
  }, [isActive]);
}
