import { useEffect, useState, type RefObject } from 'react';

const SEEN_MS = 500;

/** Whether an element has been in view for half a second, as a whole or as much of it as fits. Goes back to false when it leaves the view. */
export function useSeen(ref: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (isInView: boolean): void => {
      clearTimeout(timer);
      if (isInView) timer = setTimeout(() => setSeen(true), SEEN_MS);
      else setSeen(false);
    };
    if (typeof IntersectionObserver === 'undefined') {
      show(true);
      return () => clearTimeout(timer);
    }
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry) return;
        const { intersectionRatio, intersectionRect, rootBounds } = entry;
        // One that is taller than the view can never be in it as a whole.
        show(intersectionRatio > 0.95 || intersectionRect.height > (rootBounds?.height ?? Infinity) * 0.6);
      },
      { threshold: [0, 0.25, 0.5, 0.75, 0.96, 1] },
    );
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [ref]);
  return isSeen;
}
