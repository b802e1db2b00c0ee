import { memo, type ReactNode } from 'react';
import type { Block, ColumnAlignment, TableRow } from './block.js';
import { InlineList } from './InlineView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';

/** A table in a box of its own that scrolls sideways, by keyboard as well. */
export function TableView({
  block: { alignments, header, runs },
  className,
}: {
  readonly block: Extract<Block, { type: 'table' }>;
  readonly className: string;
}): ReactNode {
  const { labels } = useMarkdownOptions();
  return (
    <div className={className} role="group" aria-label={labels.table} tabIndex={0}>
      <table className="ac-md-table">
        <thead>
          <tr>
            {header.map((cell, column) => (
              <th
                key={column}
                className="ac-md-cell ac-md-header"
                scope="col"
                data-align={alignments[column]}
                dir="auto"
              >
                <InlineList inlines={cell} />
              </th>
            ))}
          </tr>
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
    <tbody>
      {rows.map((row, index) => (
        <Row key={index} row={row} alignments={alignments} />
      ))}
    </tbody>
  );
});

const Row = memo(function Row({
  row,
  alignments,
}: {
  readonly row: TableRow;
  readonly alignments: readonly ColumnAlignment[];
}): ReactNode {
  return (
    <tr>
      {row.map((cell, column) => (
        <td key={column} className="ac-md-cell" data-align={alignments[column]} dir="auto">
          <InlineList inlines={cell} />
        </td>
      ))}
    </tr>
  );
});
