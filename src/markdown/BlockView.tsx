import { memo, type ReactNode } from 'react';
import type { Block } from './block.js';
import { CodeBlock } from './CodeBlock.js';
import { FootnoteView } from './FootnoteView.js';
import { InlineList } from './InlineView.js';
import { ListView } from './ListView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { TableView } from './TableView.js';

/**
 * Blocks below each other. `isFirst`: nothing stands above them, so the first has no space before it.
 * `dir`: `auto` lets each block find its own direction; within a list or a quote they follow it, whose numbers, bullets or
 * line would otherwise stand on one side and the text on the other.
 */
export function BlockList({
  blocks,
  isFirst = true,
  dir = 'auto',
}: {
  readonly blocks: readonly Block[];
  readonly isFirst?: boolean;
  readonly dir?: Direction;
}): ReactNode {
  return blocks.map((block, index) => (
    <BlockView key={block.key} block={block} isFirst={isFirst && index === 0} dir={dir} />
  ));
}

type Direction = 'auto' | 'inherited';

/** One block. Rendered again only if it is another object than before. */
const BlockView = memo(function BlockView({
  block,
  isFirst,
  dir,
}: {
  readonly block: Block;
  readonly isFirst: boolean;
  readonly dir: Direction;
}): ReactNode {
  const direction = dir === 'auto' ? dir : undefined;
  const place = isFirst ? ' ac-md-first' : '';
  const { math } = useMarkdownOptions();
  switch (block.type) {
    case 'paragraph':
      if (block.inlines.length === 0) return null;
      return (
        <p className={`ac-md-paragraph${place}`} dir={direction}>
          <InlineList inlines={block.inlines} />
        </p>
      );
    case 'heading': {
      if (block.inlines.length === 0) return null;
      const Heading = headings[Math.min(block.depth, headings.length) - 1]!;
      return (
        <Heading className={`ac-md-heading ac-md-h${block.depth}${place}`} dir={direction}>
          <InlineList inlines={block.inlines} />
        </Heading>
      );
    }
    case 'code':
      return math && block.language === 'math' ? (
        <math.Formula source={block.chunks.join('')} isOpen={!block.isComplete} className={`ac-md-paragraph${place}`} />
      ) : (
        <CodeBlock block={block} className={`ac-md-code${place}`} />
      );
    case 'footnote':
      return <FootnoteView block={block} className={`ac-md-footnote${place}`} dir={direction} />;
    case 'quote':
      return (
        <blockquote className={`ac-md-quote${place}`} dir={direction}>
          <BlockList blocks={block.blocks} dir="inherited" />
        </blockquote>
      );
    case 'list':
      return <ListView block={block} className={`ac-md-list${place}`} dir={direction} />;
    case 'table':
      return <TableView block={block} className={`ac-md-table-scroll${place}`} />;
    case 'rule':
      return <hr className={`ac-md-rule${place}`} />;
    case 'html':
      return <p className={`ac-md-paragraph ac-md-html${place}`}>{block.text}</p>;
  }
});

// A message's first level must not rival the page's <h1> and the panel's <h2>.
const headings = ['h3', 'h4', 'h5', 'h6'] as const;
