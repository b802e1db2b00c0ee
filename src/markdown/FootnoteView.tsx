import type { MouseEvent, ReactNode } from 'react';
import type { Block } from './block.js';
import { BlockList } from './BlockView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';

/** A footnote: its number, its text, and a way back to where it is mentioned first. */
export function FootnoteView({
  block: { key, number, blocks },
  className,
  dir,
}: {
  readonly block: Extract<Block, { type: 'footnote' }>;
  readonly className: string;
  readonly dir: 'auto' | undefined;
}): ReactNode {
  const { id, labels } = useMarkdownOptions();
  const handleClick = (event: MouseEvent<HTMLElement>): void => {
    event.currentTarget.closest('.ac-md')?.querySelector<HTMLElement>(`[data-note="${key}"]`)?.focus();
  };
  return (
    <div
      className={className}
      role="note"
      id={id + key}
      tabIndex={-1}
      dir={dir}
      aria-label={`${labels.footnote} ${number}`}
    >
      <span className="ac-md-footnote-number">{number}.</span>
      <div className="ac-md-footnote-text">
        <BlockList blocks={blocks} dir="inherited" />
      </div>
      <button type="button" className="ac-md-button ac-md-back" aria-label={labels.backToText} onClick={handleClick} />
    </div>
  );
}
