import type { Conversation } from '../core/conversation.js';
import type { ConversationState } from '../core/conversationState.js';
import { messageText, type Message } from '../core/message.js';
import { errorSentence } from './errorSentence.js';
import { joinSentences } from './joinSentences.js';
import type { Labels } from './labels.js';
import { sentenceAbout } from './sentenceAbout.js';
import type { SentenceQueue } from './sentenceQueue.js';

/** How long changes are gathered before they are looked at: scanning the answer with every token would cost more than drawing it. */
const GATHER_MS = 250;

/**
 * Feeds what happens in a conversation to a sentence queue, from now on: what is already in the transcript is not spoken.
 *
 * @returns the undoing.
 */
export function announceChanges(
  conversation: Pick<Conversation, 'getState' | 'subscribe'>,
  queue: SentenceQueue,
  labels: Labels,
  title: string | undefined,
): () => void {
  let before = conversation.getState();
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const message of before.messages) queue.skip(message.id, messageText(message));

  function look(): void {
    timer = undefined;
    const state = conversation.getState();
    announceConnection(before, state);
    if (state.run !== null && state.run.userMessageId !== before.run?.userMessageId) {
      queue.notify(sentenceAbout(labels.answering, state.agent?.displayName ?? title ?? labels.agent));
    }
    const known = new Map(before.messages.map((message) => [message.id, message]));
    // Only what changed, and most often that is the last one.
    for (const message of state.messages) {
      const previous = known.get(message.id);
      if (previous !== message) announceMessage(previous, message);
    }
    before = state;
  }

  function announceConnection(previous: ConversationState, { connection }: ConversationState): void {
    if (connection === previous.connection) return;
    if (connection === 'offline' || connection === 'reconnecting') queue.notify(labels[connection]);
    else if (previous.connection === 'offline' || previous.connection === 'reconnecting') {
      if (connection === 'streaming' || connection === 'polling') queue.notify(labels.reconnected);
    }
  }

  function announceMessage(previous: Message | undefined, message: Message): void {
    if (message.role === 'user') {
      if (previous?.role === 'user' && previous.delivery === message.delivery) return;
      if (message.delivery === 'queued') queue.notify(labels.queued);
      if (message.delivery === 'uncertain') queue.notify(labels.uncertain);
      if (message.delivery === 'failed') {
        queue.notify(joinSentences(labels.notSent, message.error && errorSentence(message.error, labels)));
      }
      return;
    }
    const isOver = message.status !== 'working' && message.status !== 'input-required';
    queue.follow(message.id, messageText(message), isOver || message.status === 'input-required');
    if (previous?.role === 'agent' && previous.status === message.status) return;
    if (message.status === 'failed')
      queue.notify(message.error ? errorSentence(message.error, labels) : labels.answerFailed);
    if (message.status === 'canceled') queue.notify(labels.stopped);
  }

  const unsubscribe = conversation.subscribe(() => {
    timer ??= setTimeout(look, GATHER_MS);
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
