import { useEffect, useState, type RefObject } from 'react';

/** Whether an element's content is wider than the element. Asked again when its size changes, or `content`. */
export function useIsScrollable(ref: RefObject<HTMLElement | null>, content: unknown): boolean {
  const [isScrollable, setIsScrollable] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver !== 'function') return undefined;
    const observer = new ResizeObserver(() => setIsScrollable(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, content]);
  return isScrollable;
}
