import type { ReactNode } from 'react';
import { linkAttributes } from './InlineView.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { isImageAllowed, safeUrl } from './safeUrl.js';
import { visibleText } from './visibleText.js';

/**
 * An image is named, not fetched: its URL could carry the conversation to whoever made the agent write it. Where the
 * policy allows its address it is an `<img>`, else a link to it with the host it would be loaded from.
 */
export function MarkdownImage({
  source,
  alternative,
  isInLink,
}: {
  readonly source: string;
  readonly alternative: string;
  readonly isInLink: boolean;
}): ReactNode {
  const { policy, labels } = useMarkdownOptions();
  const url = safeUrl(source, policy);
  const name = visibleText(alternative).trim();
  if (url === null || !/^https?:/.test(url)) return name;
  if (isImageAllowed(url, policy)) {
    return (
      <img className="ac-md-image" src={url} alt={name} loading="lazy" decoding="async" referrerPolicy="no-referrer" />
    );
  }
  const placeholder = (
    <>
      {name || labels.image} <span className="ac-md-image-host">{new URL(url).host}</span>
    </>
  );
  if (isInLink) return <span className="ac-md-image-link">{placeholder}</span>;
  return (
    <a className="ac-md-image-link" href={url} {...linkAttributes}>
      {placeholder}
    </a>
  );
}
