import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useConversation } from '../react/AgentConversationProvider.js';
import { useMessageIds } from '../react/useMessageIds.js';
import type { LongTranscript } from './longTranscript/createLongTranscript.js';
import { MessageRow } from './MessageRow.js';
import { useSlot } from './useSlot.js';
import { useWidget } from './WidgetContext.js';

/** Up to so many messages the document has them all, so that the browser's find, a selection and screen readers do too. */
const WHOLE = 1000;
/** Of a longer conversation it always has so many of the newest. */
export const NEWEST = 200;

/** One child of the list: the row of a message, or a space as high as the rows of messages that are left out. */
export interface MessagePlace {
  readonly key: string;
  readonly messageId?: string;
  readonly style?: CSSProperties | undefined;
}

/**
 * The messages, oldest first. A row that is in the document stays, the same element in the same parent, until the conversation is long and the row is far
 * from everything that the reader sees, selects, focuses or plays. Renders a `<div>`.
 */
export function MessageList(): ReactNode {
  const conversation = useConversation();
  const ids = useMessageIds();
  const listRef = useRef<HTMLDivElement>(null);
  const { transcriptRef } = useWidget();
  const Message = useSlot('Message', MessageRow);
  const [long, setLong] = useState<LongTranscript | null>(null);
  const [known, setKnown] = useState(() => ({ ids, shown: new Set(newestOf(ids)) }));
  const shown = known.ids === ids ? known.shown : new Set([...known.shown, ...newestOf(ids)]);
  if (known.ids !== ids) setKnown({ ids, shown });

  const isLong = ids.length > WHOLE;
  useEffect(() => {
    if (!isLong) return;
    import('./longTranscript/createLongTranscript.js').then(
      ({ createLongTranscript }) => setLong(createLongTranscript),
      // Slower is better than a conversation whose beginning cannot be reached.
      () => setKnown(({ ids: all }) => ({ ids: all, shown: new Set(all) })),
    );
  }, [isLong]);
  useEffect(() => {
    const show = (next: Set<string>): void => setKnown((before) => ({ ...before, shown: next }));
    return long?.watch(listRef.current!, transcriptRef.current!, () => conversation.getState().messageIds, show);
  }, [long, conversation, transcriptRef]);

  const places = long ? long.arrange(ids, shown) : ids.filter((id) => shown.has(id)).map(toPlace);
  return (
    <div ref={listRef} className="ac-message-list">
      {places.map(({ key, messageId, style }) => (
        <div key={key} className="ac-message-place" data-message-id={messageId} style={style}>
          {messageId && <Message messageId={messageId} />}
        </div>
      ))}
    </div>
  );
}

function newestOf(ids: readonly string[]): readonly string[] {
  return ids.length > WHOLE ? ids.slice(-NEWEST) : ids;
}

function toPlace(messageId: string): MessagePlace {
  return { key: messageId, messageId };
}
