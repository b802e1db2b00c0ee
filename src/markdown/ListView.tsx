import { memo, type ReactNode } from 'react';
import type { Block, ListItem } from './block.js';
import { BlockList } from './BlockView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';

/**
 * A list, in one `<ul>` or `<ol>` per run of its entries, which the browser may skip while they are out of view: it would
 * look at thousands of siblings with every update. To a screen reader they are one list.
 *
 * Tight and loose lists look the same: a list becomes loose with the first blank line between any of its entries, and then
 * all entries above would move.
 */
export function ListView({
  block: { start, runs },
  className,
  dir,
}: {
  readonly block: Extract<Block, { type: 'list' }>;
  readonly className: string;
  readonly dir: 'auto' | undefined;
}): ReactNode {
  const startOf = (run: number): number => (start ?? 0) + run * runs[0]!.length;
  const digits = String(startOf(runs.length - 1) + runs.at(-1)!.length - 1).length;
  return (
    <div
      className={className}
      dir={dir}
      role="list"
      data-digits={start !== undefined && digits > 2 ? digits : undefined}
    >
      {runs.map((items, index) => (
        <ItemRun key={index} items={items} start={start === undefined ? undefined : startOf(index)} />
      ))}
    </div>
  );
}

interface RunProps {
  readonly items: readonly ListItem[];
  readonly start: number | undefined;
}

const ItemRun = memo(function ItemRun({ items, start }: RunProps): ReactNode {
  const List = start === undefined ? 'ul' : 'ol';
  return (
    <List className="ac-md-run" start={start} role="presentation">
      {items.map((item, index) => (
        <Item key={index} item={item} />
      ))}
    </List>
  );
});

const Item = memo(function Item({ item: { checked, blocks } }: { readonly item: ListItem }): ReactNode {
  const { labels } = useMarkdownOptions();
  const isTask = checked !== undefined;
  return (
    <li className={`ac-md-item${isTask ? ' ac-md-task' : ''}`} role="listitem">
      {isTask && (
        <input
          className="ac-md-checkbox"
          type="checkbox"
          disabled
          readOnly
          checked={checked}
          aria-label={checked ? labels.taskDone : labels.taskOpen}
        />
      )}
      <BlockList blocks={blocks} dir="inherited" />
    </li>
  );
});
