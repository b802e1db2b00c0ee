import { useState, type ReactNode } from 'react';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { isImageAllowed, safeUrl } from './safeUrl.js';
import { visibleText } from './visibleText.js';

/**
 * An image is named, not fetched: its URL could carry the conversation to whoever made the agent write it. Where the
 * policy allows its address it is an `<img>`, else a card with the host it would be loaded from and a button that loads it.
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
  const [wanted, setWanted] = useState('');
  const url = safeUrl(source, policy);
  const name = visibleText(alternative).trim();
  if (!url?.startsWith('http')) return name;
  if (wanted === url || isImageAllowed(url, policy)) {
    return (
      <img
        ref={wanted ? focus : null}
        tabIndex={wanted ? -1 : undefined}
        className="ac-md-image"
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        src={url}
        alt={name}
      />
    );
  }
  return (
    <span className="ac-md-image-card">
      <bdi>{name || labels.image}</bdi> <span className="ac-md-image-host">{new URL(url).host}</span>
      {!isInLink && (
        <button type="button" className="ac-md-button" onClick={() => setWanted(url)}>
          {labels.loadImage}
        </button>
      )}
    </span>
  );
}

/** The image takes the focus from the button that it replaces. */
function focus(image: HTMLImageElement | null): void {
  image?.focus();
}
