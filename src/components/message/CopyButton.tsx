import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { Check, Copy } from 'lucide-react';
import { selectMessage } from '../../core/conversationState.js';
import { messageText } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { IconButton } from '../controls/IconButton.js';
import { useWidget } from '../WidgetContext.js';

const COPIED_FOR_MS = 2000;

/** Copies an answer's text as the agent wrote it. Renders a `<button>`, or nothing where the page may not use the clipboard. */
export function CopyButton({ messageId }: CopyButtonProps): ReactNode {
  const { labels } = useWidget();
  const conversation = useConversation();
  const [isCopied, setCopied] = useState(false);
  const canCopy = useSyncExternalStore(subscribeToNothing, hasClipboard, () => false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_FOR_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  if (!canCopy) return null;
  function handleCopy(): void {
    const message = selectMessage(conversation.getState(), messageId);
    if (!message) return;
    // Refused (no permission, no focus): the button then never claims to have copied.
    navigator.clipboard.writeText(messageText(message)).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  }
  return (
    <IconButton
      icon={isCopied ? Check : Copy}
      label={isCopied ? labels.copied : labels.copy}
      part="copy"
      onClick={handleCopy}
    />
  );
}

export interface CopyButtonProps {
  readonly messageId: string;
}

const subscribeToNothing = (): (() => void) => () => undefined;
// Absent outside of secure contexts, whatever the types say.
const hasClipboard = (): boolean => 'clipboard' in navigator;
