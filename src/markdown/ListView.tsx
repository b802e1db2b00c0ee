import { memo, type ReactNode } from 'react';
import type { Block, ListItem } from './block.js';
import { BlockList } from './BlockView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';

/**
 * A list. Tight and loose lists look the same: a list becomes loose with the first blank line between any of its entries,
 * and then all entries above would move.
 */
export function ListView({
  block,
  className,
  dir,
}: {
  readonly block: Extract<Block, { type: 'list' }>;
  readonly className: string;
  readonly dir: 'auto' | undefined;
}): ReactNode {
  const runs = block.runs.map((items, index) => <ItemRun key={index} items={items} />);
  if (block.start === undefined) {
    return (
      <ul className={className} dir={dir}>
        {runs}
      </ul>
    );
  }
  return (
    <ol className={className} dir={dir} start={block.start}>
      {runs}
    </ol>
  );
}

const ItemRun = memo(function ItemRun({ items }: { readonly items: readonly ListItem[] }): ReactNode {
  return items.map((item, index) => <Item key={index} item={item} />);
});

const Item = memo(function Item({ item }: { readonly item: ListItem }): ReactNode {
  const { labels } = useMarkdownOptions();
  if (item.checked === undefined) {
    return (
      <li className="ac-md-item">
        <BlockList blocks={item.blocks} dir="inherited" />
      </li>
    );
  }
  return (
    <li className="ac-md-item ac-md-task">
      <input
        className="ac-md-checkbox"
        type="checkbox"
        disabled
        readOnly
        checked={item.checked}
        aria-label={item.checked ? labels.taskDone : labels.taskOpen}
      />
      <BlockList blocks={item.blocks} dir="inherited" />
    </li>
  );
});
