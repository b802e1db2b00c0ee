import type { Token, Tokens } from 'marked';
import type { LexedBlock } from './blockLexer.js';

/**
 * Entries or rows at the end of a list or table that may still change. One would do (a line is only read as the next
 * entry once the previous one is over); the second is a margin.
 */
export const openEntries = 2;

/**
 * How many of the lexed blocks can no longer change, whatever text follows.
 *
 * A block is over when a blank line and at least two further blocks follow: after one block, a list may still turn out
 * to go on. It is over as well when a list or table of some entries follows, or a fence in the first column, which
 * nothing but an older fence can swallow.
 */
export function commitPoint(blocks: readonly LexedBlock[], text: string): number {
  let further = 0;
  for (let index = blocks.length - 1; index > 0; index--) {
    const { token, start } = blocks[index]!;
    if (token.type === 'space') continue;
    further++;
    const isAfterBlank = blocks[index - 1]!.token.type === 'space';
    if ((isAfterBlank && further >= 2) || entryCount(token) > openEntries || isFence(token, start, text)) return index;
  }
  return 0;
}

/** Entries of a list or rows of a table; 0 for every other block. */
export function entryCount(token: Token): number {
  if (token.type === 'list') return (token as Tokens.List).items.length;
  return token.type === 'table' ? (token as Tokens.Table).rows.length : 0;
}

function isFence(token: Token, start: number, text: string): boolean {
  return token.type === 'code' && /^(?:```|~~~)/.test(token.raw) && text.indexOf('\n', start) >= 0;
}
