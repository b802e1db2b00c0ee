import { useEffect, useState, type ReactNode } from 'react';
import { useConversation } from '../react/AgentConversationProvider.js';
import { announceChanges } from './announceChanges.js';
import { createSentenceQueue } from './sentenceQueue.js';
import { speakableText } from './speakableText.js';
import { useWidget } from './WidgetContext.js';

/** Speaks to screen readers what happens in the conversation, in sentences instead of tokens. Renders an invisible `<div role="status">`. */
export function Announcer(): ReactNode {
  const { labels, title, announce: mode } = useWidget();
  const conversation = useConversation();
  const [spoken, setSpoken] = useState({ text: '', count: 0 });
  useEffect(() => {
    const queue = createSentenceQueue({
      say: (text) => setSpoken(({ count }) => ({ text, count: count + 1 })),
      toSpeech: (markdown) => speakableText(markdown, labels.codeBlock),
      mode,
    });
    const stop = announceChanges(conversation, queue, labels, title);
    return () => {
      stop();
      queue.dispose();
    };
  }, [conversation, labels, title, mode]);
  return (
    <div className="ac-visually-hidden" data-ac="announcer" role="status">
      {/* A new element each time: the same words twice ("Queued") would change nothing and stay unspoken. */}
      <span key={spoken.count}>{spoken.text}</span>
    </div>
  );
}
