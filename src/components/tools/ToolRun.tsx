import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { ChevronRight, Wrench } from 'lucide-react';
import { selectMessage, type ConversationState } from '../../core/conversationState.js';
import { isToolCall } from '../../core/isToolCall.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { PartView } from '../parts/PartView.js';
import { useWidget } from '../WidgetContext.js';

/** From so many tool calls in a row on, one line stands for all of them. */
const MANY = 3;

/**
 * Tool calls that follow each other: few stand for themselves, many are one line that opens. What waits for the visitor is never behind it. The calls are the same elements in
 * both cases, so that one which has been opened stays open. Renders a `<div>`.
 */
export function ToolRun({ messageId, partIds, role }: ToolRunProps): ReactNode {
  const { labels } = useWidget();
  const contentId = useId();
  const contentRef = useRef<HTMLDivElement>(null);
  const [isOpened, setOpened] = useState(false);
  const outline = useConversationSelector((state) => selectOutline(state, messageId, partIds));
  const [waiting = 0, running = 0, failed = 0] = outline.split(' ').map(Number);
  const isMany = partIds.length >= MANY;
  const isOpen = !isMany || isOpened || waiting > 0;
  // Somebody reads in one of the few while they become many.
  useEffect(() => {
    if (isMany && contentRef.current?.querySelector('[aria-expanded="true"]')) setOpened(true);
  }, [isMany]);
  return (
    <div className="ac-tool-run" data-ac="tool-run" data-state={running > 0 ? 'running' : 'done'}>
      {isMany && (
        <button
          type="button"
          className="ac-disclosure-trigger"
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={() => setOpened(!isOpen)}
        >
          <Wrench className="ac-icon" />
          <span className="ac-disclosure-title">
            {labels.usedTools(partIds.length)}
            {running > 0 && ` · ${labels.toolRunning}`}
            {failed > 0 && ` · ${labels.toolsFailed(failed)}`}
          </span>
          <ChevronRight className="ac-disclosure-chevron" />
        </button>
      )}
      <div
        ref={contentRef}
        id={contentId}
        className={isMany ? 'ac-tool-run-calls ac-disclosure-content' : 'ac-tool-run-calls'}
        hidden={!isOpen}
      >
        {partIds.map((partId) => (
          <PartView key={partId} messageId={messageId} partId={partId} role={role} />
        ))}
      </div>
    </div>
  );
}

export interface ToolRunProps {
  readonly messageId: string;
  readonly partIds: readonly string[];
  readonly role: 'user' | 'agent';
}

/** How many of them wait for somebody, run, and have failed, as text: equal as long as nothing changes. */
function selectOutline(state: ConversationState, messageId: string, partIds: readonly string[]): string {
  let waiting = 0;
  let running = 0;
  let failed = 0;
  for (const part of selectMessage(state, messageId)?.parts ?? []) {
    if (!isToolCall(part) || !partIds.includes(part.partId)) continue;
    if (part.state === 'review-requested' || part.state === 'input-required') waiting += 1;
    if (part.state === 'running') running += 1;
    if (part.state === 'failed') failed += 1;
  }
  return `${waiting} ${running} ${failed}`;
}
