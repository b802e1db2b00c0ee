import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { ArrowLeft, SquarePen } from 'lucide-react';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversations } from '../../react/useConversations.js';
import { ConversationItem } from './ConversationItem.js';
import { IconButton } from '../controls/IconButton.js';
import { useWidget } from '../WidgetContext.js';

/** The visitor's conversations: to open, rename and remove, and to begin a new one. Fills the panel below its header. Renders a `<section>`. */
export function ConversationList(): ReactNode {
  const { labels, setView } = useWidget();
  const { conversations, currentId, create, open, rename, remove } = useConversations(useConversation());
  const headingRef = useRef<HTMLHeadingElement>(null);
  useEffect(() => headingRef.current?.focus(), []);

  // The focus goes to the composer by itself, once that can have it.
  const leave = (): void => setView('chat');
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    leave();
  }
  function handleOpen(id: string): void {
    open(id);
    leave();
  }
  function handleNew(): void {
    create();
    leave();
  }
  return (
    <section
      className="ac-conversations"
      data-ac="conversations"
      aria-label={labels.conversations}
      onKeyDown={handleKeyDown}
    >
      <div className="ac-conversations-head">
        <IconButton icon={ArrowLeft} label={labels.backToConversation} part="back" onClick={leave} />
        <h2 ref={headingRef} className="ac-conversations-title" tabIndex={-1}>
          {labels.conversations}
        </h2>
        <IconButton icon={SquarePen} label={labels.newConversation} part="new-conversation" onClick={handleNew} />
      </div>
      {conversations?.length === 0 && <p className="ac-conversations-none">{labels.noConversations}</p>}
      {conversations !== null && conversations.length > 0 && (
        <ul className="ac-conversations-list">
          {conversations.map((each) => (
            <ConversationItem
              key={each.id}
              summary={each}
              isCurrent={each.id === currentId}
              onOpen={() => handleOpen(each.id)}
              onRename={(title) => rename(each.id, title)}
              onRemove={async () => {
                headingRef.current?.focus(); // what was pressed is about to leave
                await remove(each.id);
              }}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
