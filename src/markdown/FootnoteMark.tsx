import type { MouseEvent, ReactNode } from 'react';
import { useMarkdownOptions } from './MarkdownOptions.js';

/** The number of a footnote in the text, which leads to it. */
export function FootnoteMark({
  target,
  number,
  isInLink,
}: {
  readonly target: number;
  readonly number: number;
  readonly isInLink: boolean;
}): ReactNode {
  const { id, labels } = useMarkdownOptions();
  if (isInLink) return <sup>{number}</sup>;
  // Followed by hand: the browser's way finds nothing in a shadow root, and changes the page's address.
  const handleClick = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    (event.currentTarget.getRootNode() as Document | ShadowRoot).getElementById(id + target)?.focus();
  };
  return (
    <sup className="ac-md-sup">
      <a
        className="ac-md-link"
        role="doc-noteref"
        href={`#${id}${target}`}
        data-note={target}
        aria-label={`${labels.footnote} ${number}`}
        onClick={handleClick}
      >
        {number}
      </a>
    </sup>
  );
}
