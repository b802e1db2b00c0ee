import { useRef, useState, type ReactNode } from 'react';
import { Lightbulb } from 'lucide-react';
import type { ReasoningPart } from '../../core/message.js';
import { AgentMarkdown } from './AgentMarkdown.js';
import { Disclosure } from '../controls/Disclosure.js';
import type { Labels } from '../language/labels.js';
import type { PartProps } from '../slots.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useWidget } from '../WidgetContext.js';

/** What the agent thinks: open while it does, one line afterwards. It stays open where somebody reads in it or above the end of the transcript, so that nothing moves under their eyes. */
export function ReasoningPartView({ part }: PartProps<ReasoningPart>): ReactNode {
  const { labels, transcriptRef } = useWidget();
  const isThinking = part.state === 'streaming';
  const [isOpen, setOpen] = useState(isThinking);
  const isTouched = useRef(false);
  useCommitEffect(() => {
    const isReading = transcriptRef.current?.dataset['state'] === 'reading';
    // Before the browser paints, so that the answer begins where it stays.
    if (!isThinking && !isTouched.current && !isReading) setOpen(false);
  }, [isThinking, transcriptRef]);
  const touch = (): void => {
    isTouched.current = true;
  };
  function handleOpenChange(next: boolean): void {
    touch();
    setOpen(next);
  }
  return (
    <Disclosure
      part="reasoning"
      state={part.state}
      icon={<Lightbulb className="ac-icon" />}
      title={titleOf(part, labels)}
      open={isOpen}
      onOpenChange={handleOpenChange}
    >
      {() => (
        <div className="ac-reasoning" onPointerDown={touch} onFocus={touch}>
          <AgentMarkdown text={part.reasoning} state={part.state} />
        </div>
      )}
    </Disclosure>
  );
}

function titleOf(part: ReasoningPart, labels: Labels): string {
  if (part.state === 'streaming') return labels.thinking;
  if (part.startedAt === null || part.endedAt === null) return labels.thought;
  return labels.thoughtFor(Math.max(1, Math.round((part.endedAt - part.startedAt) / 1000)));
}
