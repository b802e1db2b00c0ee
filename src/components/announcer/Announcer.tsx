import { useEffect, useMemo, type ReactNode } from 'react';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { LazySpeech } from '../lazyParts.js';
import { useWidget } from '../WidgetContext.js';

/** Speaks to screen readers what happens in the conversation, in sentences instead of tokens. Renders an invisible `<div role="status">`. */
export function Announcer(): ReactNode {
  const { labels, title, announce } = useWidget();
  const conversation = useConversation();
  // Nothing that happens while the code is on its way stays unspoken.
  const since = useMemo(
    () => ({ conversation, labels, title, announce, before: conversation.getState() }),
    [conversation, labels, title, announce],
  );
  const count = useConversationSelector((state) => state.messageIds.length);
  useEffect(() => {
    // What could not be loaded on a bad connection is asked for again with every message.
    LazySpeech.load().catch(() => undefined);
  }, [count]);
  return (
    <div className="ac-visually-hidden" data-ac="announcer" role="status">
      <LazySpeech {...since} />
    </div>
  );
}
