import { normalizeLabel } from './normalizeLabel.js';
import { readLinkTarget } from './readLinkTarget.js';

const labelled = /^\[(?!\^)((?:\\[^]|[^[\]\\]){1,999})\]:[ \t]*(?=\S)/;

/**
 * Reads a line as a link definition: `[label]: destination "title"`. One line only: CommonMark lets a title run on; then
 * a text already shown as a paragraph would turn into nothing when the closing quote arrives, any number of blocks later.
 */
export function readDefinition(line: string): { label: string; href: string } | undefined {
  const match = labelled.exec(line);
  const label = normalizeLabel(match?.[1] ?? '');
  if (!match || label === '') return undefined;
  // The same as in a link's parentheses.
  const rest = `(${line.slice(match[0].length)})`;
  const target = readLinkTarget(rest, 0);
  return typeof target === 'object' && target.end === rest.length ? { label, href: target.href } : undefined;
}
