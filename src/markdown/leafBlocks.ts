import type { BlockToken, HtmlToken } from './blockToken.js';
import { htmlClosing } from './htmlClosing.js';
import type { Line } from './Line.js';

const rule = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const heading = /^(#{1,6})(?:[ \t]+([^]*))?$/;
const closingHashes = /(?<![^ \t])#+$/;
const openingFence = /^(`{3,}(?=[^`]*$)|~{3,})([^]*)/;

/**
 * The block that a line at `start` begins, where it is one that holds no others and that its first line tells: heading,
 * fenced code, HTML, rule.
 */
export function beginLeaf(line: Line, start: number, isInParagraph: boolean): BlockToken | undefined {
  const { text } = line;
  const node = { start, isOpen: true };
  const hashes = heading.exec(text);
  if (hashes) {
    const title = (hashes[2] ?? '').trim().replace(closingHashes, '');
    return { ...node, type: 'heading', depth: hashes[1]!.length, text: title };
  }
  const fence = openingFence.exec(text);
  if (fence) return { ...node, type: 'code', fence: fence[1]!, info: fence[2]!, indent: line.indent, lines: [] };
  const closing = htmlClosing(text, isInParagraph);
  if (closing) {
    const html: HtmlToken = { ...node, type: 'html', closing, lines: [] };
    takeVerbatim(html, line);
    return html;
  }
  return rule.test(text) ? { ...node, type: 'rule' } : undefined;
}

/** Gives a line to an open block of code or HTML, in which nothing else has a meaning. Returns whether it was taken. */
export function takeVerbatim(leaf: BlockToken, line: Line): boolean {
  if (leaf.type === 'html') {
    leaf.isOpen = !leaf.closing.test(line.rest);
    // The blank line that ends a block does not belong to it.
    if (line.isBlank && !leaf.isOpen) return false;
    leaf.lines.push(line.rest);
    return true;
  }
  if (leaf.type !== 'code') return false;
  if (leaf.fence === '') {
    if (line.indent < 4 && !line.isBlank) return false;
    line.skip(4);
  } else {
    leaf.isOpen = line.indent > 3 || !closesFence(line.text, leaf.fence);
    if (!leaf.isOpen) return true;
    line.skip(leaf.indent);
  }
  leaf.lines.push(line.rest);
  return true;
}

/** Whether a line without its indentation ends the code that `fence` began. */
export function closesFence(text: string, fence: string): boolean {
  const characters = text.trimEnd();
  return characters.startsWith(fence) && characters === fence[0]!.repeat(characters.length);
}
