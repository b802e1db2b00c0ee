import { useEffect, useState } from 'react';
import type { ConnectionState } from '../../core/conversationState.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { followConnection } from './followConnection.js';

/** How the connection stands, for all that show it. */
export function useShownConnection(): ConnectionState {
  const conversation = useConversation();
  const [shown, setShown] = useState(() => conversation.getInitialState().connection);
  useEffect(() => {
    setShown(conversation.getState().connection);
    return followConnection(conversation, setShown);
  }, [conversation]);
  return shown;
}
