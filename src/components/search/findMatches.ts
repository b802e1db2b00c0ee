import type { Message } from '../../core/message.js';
import { messageText } from '../../core/message.js';

/** One place where the words were found. */
export interface Match {
  readonly messageId: string;
  /** The words in the document; `null` as long as their message is not in it. */
  readonly range: Range | null;
}

/**
 * Finds words in the messages, oldest first: as they are drawn, and of messages that a long transcript leaves out of the document in what was written.
 * Case and accents do not matter.
 */
export function findMatches(transcript: Element, messages: readonly Message[], words: string): readonly Match[] {
  const wanted = folded(words.trim());
  if (wanted === '') return [];
  const rows = new Map(
    [...transcript.querySelectorAll<HTMLElement>('[data-message-id]')].map((row) => [row.dataset['messageId'], row]),
  );
  return messages.flatMap((message): readonly Match[] => {
    const row = rows.get(message.id);
    if (row) return rangesOf(row, wanted).map((range) => ({ messageId: message.id, range }));
    return positionsOf(folded(messageText(message)), wanted).map(() => ({ messageId: message.id, range: null }));
  });
}

/** What stands in controls and what only screen readers hear is not what somebody said. */
const SAID = '.ac-bubble, .ac-text';

function rangesOf(row: HTMLElement, wanted: string): readonly Range[] {
  return [...row.querySelectorAll<HTMLElement>(SAID)].flatMap((block) => {
    // Words may begin in one text node and end in the next, where some of them are bold.
    const walker = row.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest('button, .ac-visually-hidden') ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    const pieces: { readonly node: Node; readonly start: number }[] = [];
    let text = '';
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      pieces.push({ node, start: text.length });
      text += folded(node.textContent ?? '');
    }
    const placeOf = (position: number, isEnd: boolean): [Node, number] => {
      const piece = pieces.findLast(({ start }) => (isEnd ? start < position : start <= position)) ?? pieces[0]!;
      return [piece.node, Math.min(position - piece.start, piece.node.textContent?.length ?? 0)];
    };
    return positionsOf(text, wanted).map((position) => {
      const range = row.ownerDocument.createRange();
      range.setStart(...placeOf(position, false));
      range.setEnd(...placeOf(position + wanted.length, true));
      return range;
    });
  });
}

function positionsOf(text: string, wanted: string): readonly number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) positions.push(at);
  return positions;
}

/** In one case and without accents, as long as before: places in it are places in the text. */
function folded(text: string): string {
  return Array.from(text, (character) => {
    const plain = character.normalize('NFD').charAt(0).toLowerCase();
    return character.length === 1 && plain.length === 1 ? plain : character;
  }).join('');
}
