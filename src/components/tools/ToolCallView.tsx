import type { ReactNode } from 'react';
import { Ban, Bot, Check, CircleAlert, CircleStop, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ToolCallPart, ToolCallState } from '../../core/message.js';
import { Disclosure } from '../controls/Disclosure.js';
import { humanizeToolName } from './humanizeToolName.js';
import type { Labels } from '../language/labels.js';
import { revealControls } from '../controls/revealControls.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import type { PartProps } from '../slots.js';
import { toolTitle } from './toolTitle.js';
import { ValueTree } from '../parts/ValueTree.js';
import { useWidget, type WidgetContextValue } from '../WidgetContext.js';

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
  const widget = useWidget();
  const { labels } = widget;
  const status = statusOf(part.state, labels);
  const otherAgent = readOtherAgent(part);
  const Icon = otherAgent !== null && part.state === 'done' ? Bot : ICONS[part.state];
  return (
    <Disclosure
      part="tool-call"
      state={part.state}
      icon={<Icon className="ac-icon ac-tool-icon" />}
      title={
        <>
          <bdi>{titleOf(part, otherAgent, widget)}</bdi>
          {status !== null && !(otherAgent !== null && part.state === 'running') && ` · ${status}`}
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

function titleOf(part: ToolCallPart, otherAgent: string | null, widget: WidgetContextValue): string {
  const { labels } = widget;
  if (otherAgent !== null) {
    return sentenceAbout(part.state === 'running' ? labels.handingOff : labels.handedOff, revealControls(otherAgent));
  }
  return toolTitle(part, widget);
}

/** On this wire an agent hands over to another by a tool of this name; whatever that one says comes back as the tool's result (PROTOCOL.md section 13). */
function readOtherAgent({ toolName, arguments: given }: ToolCallPart): string | null {
  const key = given['agent_key'];
  return toolName === 'call_sub_agent' && typeof key === 'string' && key !== '' ? humanizeToolName(key) : null;
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
