import { useEffect, useState, type ReactNode } from 'react';
import type { Conversation } from '../../core/conversation.js';
import type { ConversationState } from '../../core/conversationState.js';
import { announceChanges } from './announceChanges.js';
import type { Labels } from '../language/labels.js';
import { createSentenceQueue, type AnnounceMode } from './sentenceQueue.js';
import { speakableText } from './speakableText.js';

/** What is being said to screen readers. Renders a `<span>` into the announcer's live region. */
export function Speech({ conversation, labels, title, announce, before }: SpeechProps): ReactNode {
  const [spoken, setSpoken] = useState({ text: '', count: 0 });
  useEffect(() => {
    const queue = createSentenceQueue({
      say: (text) => setSpoken(({ count }) => ({ text, count: count + 1 })),
      toSpeech: (markdown) => speakableText(markdown, labels.codeBlock),
      mode: announce,
    });
    const stop = announceChanges({ conversation, queue, labels, title, before });
    return () => {
      stop();
      queue.dispose();
    };
  }, [conversation, labels, title, announce, before]);
  // A new element each time: the same words twice ("Queued") would change nothing and stay unspoken.
  return <span key={spoken.count}>{spoken.text}</span>;
}

export interface SpeechProps {
  readonly conversation: Conversation;
  readonly labels: Labels;
  readonly title: string | undefined;
  readonly announce: AnnounceMode;
  /** What is in it has been said or was there before; what differs from it is spoken. */
  readonly before: ConversationState;
}
