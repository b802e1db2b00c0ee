/**
 * From now on the columns have the widths that the first rows gave them. To find widths that suit all rows, the browser looks
 * at every cell with every update; where they are known it skips the rows that are out of view.
 */
export function keepColumnWidths(table: HTMLTableElement | null): void {
  // It has no width while it is hidden.
  if (!table?.offsetWidth || table.style.inlineSize) return;
  const { style, offsetWidth } = table;
  const columns = [...table.rows[0]!.cells].map((cell) => `minmax(0,${cell.getBoundingClientRect().width}fr)`);
  style.setProperty('--ac-md-columns', columns.join(' '));
  // It is rounded, and the longest line of a column must not be broken now.
  style.inlineSize = `${offsetWidth + 1}px`;
}
