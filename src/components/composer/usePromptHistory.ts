import { useEffect } from 'react';
import { messageText, type Message } from '../../core/message.js';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useWidget } from '../WidgetContext.js';

/** ArrowUp in an empty composer brings back what was said before, ArrowDown what was said after that. What one has begun to write is left alone. */
export function usePromptHistory(setText: (text: string) => void): void {
  const { composerRef } = useWidget();
  const conversation = useConversation();
  useEffect(() => {
    const composer = composerRef.current;
    if (!composer) return undefined;
    function handleKeyDown(this: HTMLTextAreaElement, event: KeyboardEvent): void {
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (step === 0 || event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
      const hasMoved = this.selectionStart !== this.value.length || this.selectionEnd !== this.value.length;
      const recalled = hasMoved ? null : recallPrompt(conversation.getState().messages, this.value, step);
      if (recalled === null) return;
      event.preventDefault();
      setText(recalled);
    }
    composer.addEventListener('keydown', handleKeyDown);
    return () => composer.removeEventListener('keydown', handleKeyDown);
  }, [conversation, composerRef, setText]);
}

/**
 * What the visitor said before (`step` −1) or after (1) what stands in the composer.
 *
 * @returns `''` behind the newest, `null` where the composer holds something else or there is nothing further.
 */
export function recallPrompt(messages: readonly Message[], current: string, step: 1 | -1): string | null {
  const said = messages
    .filter((message) => message.role === 'user')
    .map((message) => messageText(message))
    // The same thing said twice is one entry, or there would be no telling where one stands.
    .filter((text, position, all) => text !== '' && all.lastIndexOf(text) === position);
  const position = current === '' ? said.length : said.indexOf(current);
  if (position === -1) return null;
  const next = position + step;
  if (next === said.length && current !== '') return '';
  return said[next] ?? null;
}
