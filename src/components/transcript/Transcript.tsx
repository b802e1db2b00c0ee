import { useEffect, useId, useRef, type ReactNode } from 'react';
import { ArrowDown } from 'lucide-react';
import type { ConversationState } from '../../core/conversationState.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { EmptyState } from './EmptyState.js';
import { loadLikelyParts } from '../lazyParts.js';
import { MessageList } from './MessageList.js';
import { TypingIndicator } from './TypingIndicator.js';
import { useSlot } from '../useSlot.js';
import { useUnreadCount } from './useUnreadCount.js';
import { useStickToBottom } from './useStickToBottom.js';
import { useWidget } from '../WidgetContext.js';

const PRELOAD_MS = 300;

/** The messages, oldest first, scrolled to the newest. Renders a `<div role="log">` that the keyboard can reach and scroll. */
export function Transcript(): ReactNode {
  const { labels, transcriptRef } = useWidget();
  const isEmpty = useConversationSelector((state) => state.messages.length === 0);
  const isRestoring = useConversationSelector((state) => state.isRestoring);
  const contentRef = useRef<HTMLDivElement>(null);
  const { isFollowing, scrollToEnd } = useStickToBottom(transcriptRef, contentRef, !isEmpty);
  const unread = useUnreadCount(isFollowing);
  const unreadId = useId();
  const Empty = useSlot('EmptyState', EmptyState);
  const Typing = useSlot('TypingIndicator', TypingIndicator);

  const newestOwn = useConversationSelector(selectNewestIfOwn);
  const previousOwn = useRef(newestOwn);
  useEffect(() => {
    if (newestOwn !== null && newestOwn !== previousOwn.current) scrollToEnd();
    previousOwn.current = newestOwn;
  }, [newestOwn, scrollToEnd]);

  useEffect(() => {
    // Behind the first paint and the first request. What cannot be had now is asked for again where it is needed.
    const timer = setTimeout(() => void loadLikelyParts().catch(() => undefined), PRELOAD_MS);
    return () => clearTimeout(timer);
  }, []);

  function handleScrollToLatest(): void {
    scrollToEnd();
    // The button leaves with this click, and the focus must not fall back to the page.
    transcriptRef.current?.focus();
  }

  return (
    <div className="ac-transcript" data-ac="transcript">
      <div
        ref={transcriptRef}
        className="ac-transcript-scroller"
        data-state={isFollowing ? 'following' : 'reading'}
        role="log"
        aria-live="off"
        aria-label={labels.conversation}
        tabIndex={0}
      >
        <div ref={contentRef} className="ac-transcript-content" data-state={isEmpty ? 'empty' : 'filled'}>
          {isEmpty ? isRestoring ? <p className="ac-restoring">{labels.restoring}</p> : <Empty /> : <MessageList />}
          <Typing />
        </div>
      </div>
      {!isFollowing && (
        <button
          type="button"
          className="ac-scroll-to-latest"
          data-ac="scroll-to-latest"
          aria-label={labels.scrollToLatest}
          aria-describedby={unread > 0 ? unreadId : undefined}
          title={labels.scrollToLatest}
          onClick={handleScrollToLatest}
        >
          <ArrowDown className="ac-icon" />
          {unread > 0 && (
            <span className="ac-scroll-badge">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span id={unreadId} className="ac-visually-hidden">
                {labels.unread(unread)}
              </span>
            </span>
          )}
        </button>
      )}
    </div>
  );
}

function selectNewestIfOwn(state: ConversationState): string | null {
  const newest = state.messages.at(-1);
  return newest?.role === 'user' ? newest.id : null;
}
