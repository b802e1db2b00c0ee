import { memo, useEffect, useRef, type ReactNode } from 'react';
import type { Block, ColumnAlignment, TableRow } from './block.js';
import { InlineList } from './InlineView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';

/**
 * A table in a box of its own that scrolls sideways, by keyboard as well. Its roles are written out: some browsers tell them
 * by the boxes, and a long table has others.
 */
export function TableView({
  block: { alignments, header, runs },
  className,
}: {
  readonly block: Extract<Block, { type: 'table' }>;
  readonly className: string;
}): ReactNode {
  const { labels } = useMarkdownOptions();
  const tableRef = useRef<HTMLTableElement>(null);
  useEffect(() => {
    if (runs.length < 2) return;
    import('./keepColumnWidths.js').then(
      ({ keepColumnWidths }) => keepColumnWidths(tableRef.current),
      // Slower is better than no table.
      () => undefined,
    );
  }, [runs.length]);
  // Widths are kept on the element: another number of columns needs another one.
  return (
    <div className={className} role="group" aria-label={labels.table} tabIndex={0}>
      <table key={header.length} ref={tableRef} className="ac-md-table" role="table">
        <thead role="rowgroup">
          <Row row={header} alignments={alignments} isHeader />
        </thead>
        {runs.map((rows, index) => (
          <RowRun key={index} rows={rows} alignments={alignments} />
        ))}
      </table>
    </div>
  );
}

interface RunProps {
  readonly rows: readonly TableRow[];
  readonly alignments: readonly ColumnAlignment[];
}

const RowRun = memo(function RowRun({ rows, alignments }: RunProps): ReactNode {
  return (
    <tbody className="ac-md-rows" role="rowgroup">
      {rows.map((row, index) => (
        <Row key={index} row={row} alignments={alignments} />
      ))}
    </tbody>
  );
});

const Row = memo(function Row({ row, alignments, isHeader = false }: RowProps): ReactNode {
  const Cell = isHeader ? 'th' : 'td';
  return (
    <tr className="ac-md-row" role="row">
      {row.map((cell, column) => (
        <Cell
          key={column}
          className={`ac-md-cell${isHeader ? ' ac-md-header' : ''}`}
          role={isHeader ? 'columnheader' : 'cell'}
          scope={isHeader ? 'col' : undefined}
          data-align={alignments[column]}
          dir="auto"
        >
          <InlineList inlines={cell} />
        </Cell>
      ))}
    </tr>
  );
});

interface RowProps {
  readonly row: TableRow;
  readonly alignments: readonly ColumnAlignment[];
  readonly isHeader?: boolean;
}
