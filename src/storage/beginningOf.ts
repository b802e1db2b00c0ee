import { messageText, type Message } from '../core/message.js';

const MAX_CHARACTERS = 80;

/** How a conversation begins, on one line: its name as long as nobody gave it one. Empty only where nothing was said. */
export function beginningOf(messages: readonly Message[]): string {
  const text = messages.map((message) => messageText(message) || fileNames(message)).find((each) => each.trim() !== '');
  if (text === undefined) return messages.length > 0 ? '…' : '';
  const characters = Array.from(text.replace(/\s+/g, ' ').trim()); // not code units: half an emoji is none
  return characters.length > MAX_CHARACTERS
    ? `${characters
        .slice(0, MAX_CHARACTERS - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}

function fileNames({ parts }: Message): string {
  return parts.flatMap((part) => (part.kind === 'file' && part.file.name ? [part.file.name] : [])).join(', ');
}
