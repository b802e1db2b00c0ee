import type { ReactNode } from 'react';
import { Ban, Check, CircleAlert, CircleStop, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ToolCallPart, ToolCallState } from '../core/message.js';
import { Disclosure } from './Disclosure.js';
import type { Labels } from './labels.js';
import type { PartProps } from './slots.js';
import { toolTitle } from './toolTitle.js';
import { ValueTree } from './ValueTree.js';
import { useWidget } from './WidgetContext.js';

const ICONS: Readonly<Record<ToolCallState, LucideIcon>> = {
  running: LoaderCircle,
  'input-required': Hourglass,
  'review-requested': Hourglass,
  done: Check,
  failed: CircleAlert,
  rejected: Ban,
  interrupted: CircleStop,
};

/** One use of a tool: what and how it stands on one line; input and result one click away, as text and never as markdown. */
export function ToolCallView({ part }: PartProps<ToolCallPart>): ReactNode {
  const { labels } = useWidget();
  const Icon = ICONS[part.state];
  const status = statusOf(part.state, labels);
  const name = toolTitle(part, labels);
  return (
    <Disclosure
      part="tool-call"
      state={part.state}
      icon={<Icon className="ac-icon ac-tool-icon" />}
      title={
        <>
          <bdi>{name}</bdi>
          {status !== null && ` · ${status}`}
        </>
      }
    >
      {() => (
        <>
          <Section title={labels.toolArguments}>
            <ValueTree value={part.arguments} />
          </Section>
          {part.state === 'done' && part.result !== undefined && (
            <Section title={labels.toolResult}>
              <ValueTree value={part.result} />
            </Section>
          )}
          {part.error !== undefined && (
            <Section title={labels.toolError}>
              <ValueTree value={part.error} />
            </Section>
          )}
        </>
      )}
    </Disclosure>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="ac-tool-section">
      <div className="ac-tool-section-title">{title}</div>
      {children}
    </div>
  );
}

function statusOf(state: ToolCallState, labels: Labels): string | null {
  switch (state) {
    case 'running':
      return labels.toolRunning;
    case 'input-required':
      return labels.toolWaitingForPage;
    case 'review-requested':
      return labels.toolWaitingForReview;
    case 'failed':
      return labels.toolFailed;
    case 'rejected':
      return labels.toolRejected;
    case 'interrupted':
      return labels.toolInterrupted;
    case 'done':
      return null;
  }
}
