import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import { useMessageIds } from '../../react/useMessageIds.js';
import { arrangeRuns, leaveOut, type Place } from './arrangeRuns.js';
import { MessageRow } from '../message/MessageRow.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useSlot } from '../useSlot.js';
import { useWidget } from '../WidgetContext.js';

/**
 * The messages, oldest first. A row that is in the document stays, the same element in the same parent, until the conversation is long and the row is far
 * from everything that the reader sees, selects, focuses or plays. Renders a `<div>`.
 */
export function MessageList(): ReactNode {
  const ids = useMessageIds();
  const listRef = useRef<HTMLDivElement>(null);
  const { transcriptRef } = useWidget();
  const [known, setKnown] = useState(() => arrangeRuns(ids));
  const arrangement = known.ids === ids ? known : arrangeRuns(ids, known);
  if (known !== arrangement) setKnown(arrangement);
  const latest = useRef(arrangement);
  useCommitEffect(() => {
    latest.current = arrangement;
  });

  const { isLong, runs, places } = arrangement;
  useEffect(() => {
    if (!isLong) return undefined;
    let stop: (() => void) | null = null;
    import('./longTranscript/watchTranscript.js').then(
      ({ watchTranscript }) => {
        stop ??= watchTranscript(listRef.current!, transcriptRef.current!, () => latest.current, setKnown);
      },
      // Slower is better than a conversation whose beginning cannot be reached.
      () => setKnown((before) => leaveOut(before, new Set())),
    );
    return () => {
      stop?.();
      stop = () => undefined;
    };
  }, [isLong, transcriptRef]);

  return (
    <div ref={listRef} className="ac-message-list">
      {places.map(({ key, first, isSpace, height }) =>
        isSpace ? (
          <div key={key} style={{ blockSize: height }} />
        ) : (
          <MessageRun key={key} ids={runs[first]!.ids} height={height} />
        ),
      )}
    </div>
  );
}

/** A few messages that the browser draws, or skips, together. */
const MessageRun = memo(function MessageRun({ ids, height }: MessageRunProps): ReactNode {
  const Message = useSlot('Message', MessageRow);
  // Until it is drawn the browser would take it to be as high as any.
  const style = height === undefined ? undefined : { containIntrinsicBlockSize: `auto ${height}px` };
  return (
    <div className="ac-message-run" style={style}>
      {ids.map((id) => (
        <div key={id} className="ac-message-place" data-message-id={id}>
          <Message messageId={id} />
        </div>
      ))}
    </div>
  );
});

interface MessageRunProps {
  readonly ids: readonly string[];
  readonly height: Place['height'];
}
