import type { ReactNode } from 'react';
import type { TextPart } from '../../core/message.js';
import { AgentMarkdown } from './AgentMarkdown.js';
import type { PartProps } from '../slots.js';

/** Text: the agent's as markdown on the surface, the visitor's as they typed it in a bubble. Renders a `<div>`. */
export function TextPartView({ part, role }: PartProps<TextPart>): ReactNode {
  if (role === 'user') {
    return (
      <div className="ac-bubble" data-ac="text" data-role="user" dir="auto">
        {part.text}
      </div>
    );
  }
  return (
    <div className="ac-text" data-ac="text" data-role="agent" data-state={part.state}>
      <AgentMarkdown text={part.text} state={part.state} />
    </div>
  );
}
