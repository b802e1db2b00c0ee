import type { Inline } from './block.js';

/** The words of running text without its markup; an image counts as its alternative text, a hard break as a line feed. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      switch (inline.type) {
        case 'code':
          return inline.text;
        case 'image':
          return inline.alternative;
        case 'footnote':
          return '';
        case 'break':
          return '\n';
        default:
          return inlineText(inline.children);
      }
    })
    .join('');
}
