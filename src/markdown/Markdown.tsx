import { memo, useMemo, type ReactNode } from 'react';
import type { Block } from './block.js';
import { BlockList } from './BlockView.js';
import { createMarkdownParser } from './createMarkdownParser.js';
import { MarkdownOptionsContext, useStableOptions, type MarkdownHost } from './MarkdownOptions.js';

export interface MarkdownProps extends MarkdownHost {
  /** The text so far. */
  readonly text: string;
  /** More text will follow. Default `false`. */
  readonly streaming?: boolean;
}

/**
 * Markdown text that an agent writes, safe to show at every moment: elements are built from a syntax tree, raw HTML is
 * text, nothing is fetched. While `streaming`, only the blocks at the end are read and rendered again.
 *
 * Renders a `<div class="ac-md">`. Headings begin at `<h3>`, below those of the page and of the widget.
 */
export function Markdown({ text, streaming = false, ...host }: MarkdownProps): ReactNode {
  const parser = useMemo(() => createMarkdownParser(host.math), [host.math]);
  const options = useStableOptions(host);
  const groups = parser.parse(text, streaming);
  return (
    <MarkdownOptionsContext.Provider value={options}>
      <div className="ac-md">
        {groups.map((blocks, index) => (
          <BlockGroup key={index} blocks={blocks} isFirst={index === 0} />
        ))}
      </div>
    </MarkdownOptionsContext.Provider>
  );
}

/** Blocks that the browser may leave unpainted together (`content-visibility`). */
const BlockGroup = memo(function BlockGroup({
  blocks,
  isFirst,
}: {
  readonly blocks: readonly Block[];
  readonly isFirst: boolean;
}): ReactNode {
  return (
    <div className="ac-md-group">
      <BlockList blocks={blocks} isFirst={isFirst} />
    </div>
  );
});
