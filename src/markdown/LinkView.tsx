import type { MouseEvent, KeyboardEvent, ReactNode } from 'react';
import type { Inline } from './block.js';
import { inlineText } from './inlineText.js';
import { InlineList } from './InlineView.js';
import { isControlName } from './isControlName.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { isLinkAllowed, safeUrl } from './safeUrl.js';

/**
 * A link. One that must be asked about has no address in the document, so that no page and no browser fetches it ahead of the visitor; it is an
 * `<a>` all the same and not a button, because it stands in a sentence and breaks over lines with it.
 */
export function LinkView({
  href,
  children,
}: {
  readonly href: string;
  readonly children: readonly Inline[];
}): ReactNode {
  const { policy, controls, onLink } = useMarkdownOptions();
  const url = safeUrl(href, policy);
  const text = <InlineList inlines={children} isInLink />;
  if (url === null) return text;
  const isAsked = onLink && !isLinkAllowed(url, policy);
  const ask = (event: MouseEvent<HTMLElement> | KeyboardEvent<HTMLElement>): void => {
    event.preventDefault();
    onLink!({ url, element: event.currentTarget });
  };
  return (
    <a
      className="ac-md-link"
      {...(isAsked
        ? {
            role: 'link',
            tabIndex: 0,
            'aria-haspopup': 'dialog',
            onClick: ask,
            onKeyDown: (event: KeyboardEvent<HTMLElement>) => event.key === 'Enter' && ask(event),
          }
        : { href: url, target: '_blank', rel: 'noopener noreferrer nofollow ugc' })}
    >
      {text}
      {isControlName(inlineText(children), controls) && ` (${url})`}
    </a>
  );
}
