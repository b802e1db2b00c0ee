import { useMemo, type ReactNode } from 'react';
import type { PartState } from '../../core/message.js';
import { Markdown } from '../../markdown/Markdown.js';
import { useWidget } from '../WidgetContext.js';

/** Markdown that the agent wrote, in the widget's language. */
export function AgentMarkdown({ text, state }: AgentMarkdownProps): ReactNode {
  const { labels, policy, askLink, math } = useWidget();
  const words = useMemo(
    () => ({
      labels: { ...labels.markdown, copy: labels.copy, copied: labels.copied },
      controls: [labels.approve, labels.reject],
    }),
    [labels],
  );
  return (
    <Markdown {...words} text={text} streaming={state === 'streaming'} policy={policy} onLink={askLink} math={math} />
  );
}

export interface AgentMarkdownProps {
  readonly text: string;
  readonly state: PartState;
}
