import type { ColumnAlignment } from './block.js';

/** The cells of a table's line. A pipe behind a backslash belongs to its cell, in code as well. */
export function tableCells(line: string): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/);
  if (cells.length > 1 && cells.at(-1) === '') cells.pop();
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Reads a line as the one under a table's header (`|:--|--:|`). `undefined` where it is none. */
export function columnAlignments(header: string, line: string): readonly ColumnAlignment[] | undefined {
  // Without a pipe or a colon it underlines a heading.
  if (!/^[-:| \t]*$/.test(line) || !/[:|]/.test(line)) return undefined;
  const cells = tableCells(line);
  if (!cells.every((cell) => /^:?-+:?$/.test(cell)) || tableCells(header).length !== cells.length) return undefined;
  return cells.map((cell) => {
    if (!cell.endsWith(':')) return cell.startsWith(':') ? 'left' : undefined;
    return cell.startsWith(':') ? 'center' : 'right';
  });
}
