import { useEffect, useState, type ReactNode } from 'react';
import type { StorageProblem } from '../../core/conversationStorage.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { ActionButton } from '../controls/ActionButton.js';
import { Notice } from './Notice.js';
import { useWidget } from '../WidgetContext.js';

/** Says once what the memory of this browser could not do, until the visitor has read it. */
export function MemoryNotice(): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const [problem, setProblem] = useState<StorageProblem | null>(null);
  useEffect(() => conversation.onProblem(setProblem), [conversation]);
  if (problem === null) return null;
  return (
    <div className="ac-connection" data-ac="memory-notice" data-state={problem} role="status">
      <Notice actions={<ActionButton part="dismiss" label={labels.dismiss} onClick={() => setProblem(null)} />}>
        {labels.memory[problem]}
      </Notice>
    </div>
  );
}
