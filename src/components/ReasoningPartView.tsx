import type { ReactNode } from 'react';
import { Lightbulb } from 'lucide-react';
import type { ReasoningPart } from '../core/message.js';
import { AgentMarkdown } from './AgentMarkdown.js';
import { Disclosure } from './Disclosure.js';
import type { Labels } from './labels.js';
import type { PartProps } from './slots.js';
import { useWidget } from './WidgetContext.js';

/** What the agent thought: one line, closed until someone wants to know. */
export function ReasoningPartView({ part }: PartProps<ReasoningPart>): ReactNode {
  const { labels } = useWidget();
  return (
    <Disclosure
      part="reasoning"
      state={part.state}
      icon={<Lightbulb className="ac-icon" />}
      title={titleOf(part, labels)}
    >
      {() => (
        <div className="ac-reasoning">
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
