import type { ReactNode } from 'react';
import { SquarePen, X } from 'lucide-react';
import { selectIsBusy, type ConnectionState, type ConversationState } from '../../core/conversationState.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { Avatar } from './Avatar.js';
import { HeaderMenuButton } from '../menu/HeaderMenuButton.js';
import { IconButton } from '../controls/IconButton.js';
import type { Labels } from '../language/labels.js';
import { useShownConnection } from '../notices/useShownConnection.js';
import { useAgentName } from './useAgentName.js';
import { useWidget } from '../WidgetContext.js';

/** Who one talks to and how it stands, with the buttons to begin anew and to close. Renders a `<header>`. */
export function Header(): ReactNode {
  const { mode, view, isModal, hasMenu, setOpen, labels, composerRef } = useWidget();
  const conversation = useConversation();
  const name = useAgentName();
  const connection = useShownConnection();
  const status = useConversationSelector((state) => statusLine(state, connection));
  const isEmpty = useConversationSelector((state) => state.messageIds.length === 0);
  function handleNewConversation(): void {
    conversation.reset();
    composerRef.current?.focus();
  }
  return (
    <header className="ac-header" data-ac="header" data-status={status}>
      <Avatar />
      <div className="ac-header-text">
        <h2 className="ac-header-name">
          <bdi>{name}</bdi>
        </h2>
        <div className="ac-header-status">{labels[status]}</div>
      </div>
      {/* The list of conversations has its own. */}
      {!isEmpty && view !== 'conversations' && (
        <IconButton
          icon={SquarePen}
          label={labels.newConversation}
          part="new-conversation"
          onClick={handleNewConversation}
        />
      )}
      {hasMenu && <HeaderMenuButton />}
      {(isModal || mode === 'sidebar') && (
        <IconButton icon={X} label={labels.closeChat} part="close" onClick={() => setOpen(false)} />
      )}
    </header>
  );
}

type StatusLabel = keyof Pick<
  Labels,
  'statusIdle' | 'statusBusy' | 'statusWaiting' | 'statusReconnecting' | 'statusOffline'
>;

function statusLine(state: ConversationState, connection: ConnectionState): StatusLabel {
  if (connection === 'offline') return 'statusOffline';
  if (connection === 'reconnecting') return 'statusReconnecting';
  if (state.status === 'input-required') return 'statusWaiting';
  return selectIsBusy(state) ? 'statusBusy' : 'statusIdle';
}
