import type { ReactNode } from 'react';
import type { Part, TextPart } from '../../core/message.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { DataPartView } from './DataPartView.js';
import { ErrorPartView } from './ErrorPartView.js';
import { FilePartView } from '../files/FilePartView.js';
import { ReasoningPartView } from './ReasoningPartView.js';
import { ReviewCard } from '../tools/ReviewCard.js';
import type { PartProps } from '../slots.js';
import { ToolCallView } from '../tools/ToolCallView.js';
import { UnknownPartView } from './UnknownPartView.js';
import { useSlot } from '../useSlot.js';

/** A part of any kind but text. */
export function RichPartView({ part, role }: PartProps<Exclude<Part, TextPart>>): ReactNode {
  const Reasoning = useSlot('Reasoning', ReasoningPartView);
  const ToolCall = useSlot('ToolCall', ToolCallView);
  const Review = useSlot('Review', ReviewCard);
  const canReview = useConversationSelector((state) => state.capabilities.reviews);
  const File = useSlot('File', FilePartView);
  const Data = useSlot('Data', DataPartView);
  const Error = useSlot('Error', ErrorPartView);
  const Unknown = useSlot('Unknown', UnknownPartView);
  switch (part.kind) {
    case 'reasoning':
      return <Reasoning part={part} role={role} />;
    case 'tool_call':
      // Where the decision is made elsewhere, there is nothing to press here.
      return part.state === 'review-requested' && (canReview || part.executor === 'client') ? (
        <Review part={part} role={role} />
      ) : (
        <ToolCall part={part} role={role} />
      );
    case 'file':
      return <File part={part} role={role} />;
    case 'data':
      return <Data part={part} role={role} />;
    case 'error':
      return <Error part={part} role={role} />;
    case 'unknown':
      return <Unknown part={part} role={role} />;
  }
}
