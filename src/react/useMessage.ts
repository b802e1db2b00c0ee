import { selectMessage } from '../core/conversationState.js';
import type { Message } from '../core/message.js';
import { useMessageSelector } from './useConversationSelector.js';

/** One message, or `undefined` where there is none of that id. Re-renders only when that message changes. */
export function useMessage(id: string): Message | undefined {
  return useMessageSelector(id, (state) => selectMessage(state, id));
}
