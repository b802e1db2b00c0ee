import type { BlockToken, ParagraphToken, VerbatimToken } from './blockToken.js';
import { fenceClosing } from './fenceClosing.js';
import { htmlClosing } from './htmlClosing.js';
import type { Line } from './Line.js';
import type { MathSupport } from './MathSupport.js';

const rule = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const heading = /^(#{1,6})(?:[ \t]+([^]*))?$/;
const closingHashes = /(?<![^ \t])#+$/;
const openingFence = /^(`{3,}(?=[^`]*$)|~{3,})([^]*)/;

/**
 * The block that a line at `start` begins, where it is one that holds no others and that its first line tells: heading,
 * fenced code, HTML, rule, formula. `paragraph`: the one that the line may continue.
 */
export function beginLeaf(
  line: Line,
  start: number,
  paragraph: ParagraphToken | undefined,
  math: MathSupport | undefined,
): BlockToken | undefined {
  const { text, indent } = line;
  const end = math?.closing(text, paragraph?.lines);
  if (end) return { start, isOpen: true, type: 'formula', closing: end, info: 'math', indent: 0, lines: [text] };
  if (!/^[#`~<*_-]/.test(text)) return undefined;
  const hashes = heading.exec(text);
  if (hashes) {
    const title = (hashes[2] ?? '').trim().replace(closingHashes, '');
    return { start, isOpen: true, type: 'heading', depth: hashes[1]!.length, text: title };
  }
  const fence = openingFence.exec(text);
  if (fence)
    return { start, isOpen: true, type: 'code', closing: fenceClosing(fence[1]!), info: fence[2]!, indent, lines: [] };
  const closing = htmlClosing(text, !!paragraph);
  if (closing) {
    const html: VerbatimToken = { start, isOpen: true, type: 'html', closing, info: '', indent: 0, lines: [] };
    takeVerbatim(html, line);
    return html;
  }
  return rule.test(text) ? { start, isOpen: true, type: 'rule' } : undefined;
}

/** Gives a line to an open block of code or HTML or to an open formula, in which nothing else has a meaning. Returns whether it was taken. */
export function takeVerbatim(leaf: BlockToken, line: Line): boolean {
  if (!('closing' in leaf)) return false;
  if (leaf.closing) {
    leaf.isOpen = !leaf.closing.test(line.rest);
    if (!leaf.isOpen && leaf.type === 'code') return true;
    // The blank line that ends HTML or a formula does not belong to it.
    if (!leaf.isOpen && line.isBlank) return false;
    line.skip(leaf.indent);
  } else {
    if (line.indent < 4 && !line.isBlank) return false;
    line.skip(4);
  }
  leaf.lines.push(line.rest);
  return true;
}
