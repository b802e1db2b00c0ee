import { memo, type ReactNode } from 'react';
import { selectMessage } from '../../core/conversationState.js';
import { useMessageSelector } from '../../react/useConversationSelector.js';
import { LazyRichPart } from '../lazyParts.js';
import { TextPartView } from './TextPartView.js';
import { useSlot } from '../useSlot.js';

/** One part of a message, by its kind. Follows that part of the conversation and nothing else. */
export const PartView = memo(function PartView({ messageId, partId, role }: PartViewProps): ReactNode {
  const part = useMessageSelector(messageId, (state) =>
    selectMessage(state, messageId)?.parts.find((each) => each.partId === partId),
  );
  const Text = useSlot('Text', TextPartView);
  if (!part) return null;
  return part.kind === 'text' ? <Text part={part} role={role} /> : <LazyRichPart part={part} role={role} />;
});

export interface PartViewProps {
  readonly messageId: string;
  readonly partId: string;
  readonly role: 'user' | 'agent';
}
