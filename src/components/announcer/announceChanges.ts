import type { Conversation } from '../../core/conversation.js';
import type { ConversationState } from '../../core/conversationState.js';
import { messageText, type Message } from '../../core/message.js';
import { errorSentence } from '../language/errorSentence.js';
import { joinSentences } from '../language/joinSentences.js';
import type { Labels } from '../language/labels.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { followConnection } from '../notices/followConnection.js';
import type { SentenceQueue } from './sentenceQueue.js';

/** How long changes are gathered before they are looked at: scanning the answer with every token would cost more than drawing it. */
const GATHER_MS = 250;

/**
 * Feeds what happens in a conversation to a sentence queue: what was in the transcript before, and what is restored to it, is not spoken.
 *
 * @returns the undoing.
 */
export function announceChanges({ conversation, queue, labels, title, before: given }: AnnouncedChanges): () => void {
  let before = given;
  let { connection } = conversation.getState();
  let spoken = before.connection;
  let timer: ReturnType<typeof setTimeout> | undefined;
  skip(before);
  if (conversation.getState() !== before) timer = setTimeout(look, GATHER_MS);

  function skip({ messages }: ConversationState): void {
    for (const message of messages) queue.skip(message.id, messageText(message));
  }

  function look(): void {
    timer = undefined;
    const state = conversation.getState();
    // What was said on another day, or in another conversation that the visitor opened.
    const isRestored = before.isRestoring || state.conversationId !== before.conversationId;
    if (isRestored) skip(state);
    announceConnection();
    if (state.run !== null && state.run.userMessageId !== before.run?.userMessageId) {
      queue.notify(sentenceAbout(labels.answering, state.agent?.displayName ?? title ?? labels.agent));
    }
    const known = new Map((isRestored ? state : before).messages.map((message) => [message.id, message]));
    // Only what changed, and most often that is the last one.
    for (const message of state.messages) {
      const previous = known.get(message.id);
      if (previous !== message) announceMessage(previous, message);
    }
    before = state;
  }

  function announceConnection(): void {
    if (connection === spoken) return;
    if (connection === 'offline' || connection === 'reconnecting') queue.notify(labels[connection]);
    else if (spoken === 'offline' || spoken === 'reconnecting') {
      if (connection === 'streaming' || connection === 'polling') queue.notify(labels.reconnected);
    }
    spoken = connection;
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

  function lookSoon(): void {
    timer ??= setTimeout(look, GATHER_MS);
  }

  const forgetConnection = followConnection(conversation, (shown) => {
    connection = shown;
    lookSoon();
  });
  const unsubscribe = conversation.subscribe(lookSoon);
  return () => {
    unsubscribe();
    forgetConnection();
    clearTimeout(timer);
  };
}

export interface AnnouncedChanges {
  readonly conversation: Pick<Conversation, 'getState' | 'subscribe'>;
  readonly queue: SentenceQueue;
  readonly labels: Labels;
  /** Names the agent where its card does not. */
  readonly title: string | undefined;
  readonly before: ConversationState;
}
