import type { Conversation } from '../../core/conversation.js';
import type { ConnectionState } from '../../core/conversationState.js';

/** Most dropped streams are taken up again before anybody could read or hear that they were. */
const LATE_MS = 250;

/**
 * Tells how the connection stands, as far as a visitor should know: one that is back within a moment was never gone.
 *
 * @returns the undoing.
 */
export function followConnection(
  { getState, subscribe }: Pick<Conversation, 'getState' | 'subscribe'>,
  tell: (connection: ConnectionState) => void,
): () => void {
  let told = getState().connection;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function say(): void {
    told = getState().connection;
    tell(told);
  }
  const forget = subscribe(() => {
    const { connection } = getState();
    if (connection !== told && connection === 'reconnecting') {
      timer ??= setTimeout(say, LATE_MS);
      return;
    }
    clearTimeout(timer);
    timer = undefined;
    if (connection !== told) say();
  });
  return () => {
    forget();
    clearTimeout(timer);
  };
}
