import type { Message } from '../core/message.js';

/** True for what the visitor typed and the agent may not have: the last thing that is given up where there is no room. */
export function isUndelivered(message: Message): boolean {
  return message.role === 'user' && message.delivery !== 'sent';
}
