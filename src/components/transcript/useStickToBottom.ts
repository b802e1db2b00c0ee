import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** Closer to the end than this counts as being there: zoomed pages have fractions of pixels. */
const SLACK = 4;
const UPWARD_KEYS = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a scroller at its end while its content grows, until the reader shows any intent to go up; going back down to the end takes hold again.
 * No zone "near the bottom" pulls the reader back, and what the reader selects or focuses is never moved.
 *
 * @param isFilled - false for what is read from its beginning: a greeting that is longer than the screen.
 */
export function useStickToBottom(
  scrollerRef: RefObject<HTMLElement | null>,
  contentRef: RefObject<HTMLElement | null>,
  isFilled: boolean,
): StickToBottom {
  const [isFollowing, setFollowing] = useState(true);
  const following = useRef(true);

  const follow = useCallback((next: boolean) => {
    following.current = next;
    setFollowing(next);
  }, []);

  const scrollToEnd = useCallback(() => {
    follow(true);
    const scroller = scrollerRef.current;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }, [follow, scrollerRef]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    const content = contentRef.current;
    if (!scroller || !content || typeof ResizeObserver !== 'function') return undefined;
    if (!isFilled) {
      scroller.scrollTop = 0;
      follow(true);
      return undefined;
    }
    let lastTop = scroller.scrollTop;
    let touchY = 0;
    const canScroll = (): boolean => scroller.scrollHeight > scroller.clientHeight + SLACK;
    const release = (): void => {
      if (canScroll()) follow(false);
    };
    const pin = (): void => {
      if (following.current) scroller.scrollTop = scroller.scrollHeight;
      lastTop = scroller.scrollTop;
    };
    const handleScroll = (): void => {
      const isAtEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= SLACK;
      const hasMovedUp = scroller.scrollTop < lastTop - 1;
      lastTop = scroller.scrollTop;
      // Content that shrinks pulls the position up as well, but leaves it at the end.
      if (hasMovedUp && !isAtEnd) release();
      else if (!hasMovedUp && isAtEnd) follow(true);
    };
    const handleWheel = (event: WheelEvent): void => {
      if (event.deltaY < 0) release();
    };
    const handleKey = (event: KeyboardEvent): void => {
      if (UPWARD_KEYS.has(event.key) || (event.key === ' ' && event.shiftKey)) release();
    };
    const handleTouchStart = (event: TouchEvent): void => {
      touchY = event.touches[0]?.clientY ?? 0;
    };
    const handleTouchMove = (event: TouchEvent): void => {
      if ((event.touches[0]?.clientY ?? 0) > touchY) release();
    };
    const observer = new ResizeObserver(pin);
    observer.observe(scroller);
    observer.observe(content);
    scroller.addEventListener('scroll', handleScroll, { passive: true });
    scroller.addEventListener('wheel', handleWheel, { passive: true });
    scroller.addEventListener('keydown', handleKey);
    scroller.addEventListener('touchstart', handleTouchStart, { passive: true });
    scroller.addEventListener('touchmove', handleTouchMove, { passive: true });
    return () => {
      observer.disconnect();
      scroller.removeEventListener('scroll', handleScroll);
      scroller.removeEventListener('wheel', handleWheel);
      scroller.removeEventListener('keydown', handleKey);
      scroller.removeEventListener('touchstart', handleTouchStart);
      scroller.removeEventListener('touchmove', handleTouchMove);
    };
  }, [follow, scrollerRef, contentRef, isFilled]);

  return { isFollowing, scrollToEnd };
}

export interface StickToBottom {
  /** False while the reader is elsewhere. */
  readonly isFollowing: boolean;
  /** Goes to the end and follows it again. */
  readonly scrollToEnd: () => void;
}
