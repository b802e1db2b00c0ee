import { Fragment, type ReactNode } from 'react';
import type { Inline } from './block.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { MarkdownImage } from './MarkdownImage.js';
import { safeUrl } from './safeUrl.js';
import { visibleText } from './visibleText.js';

/** Attributes of every link in an agent's text. */
export const linkAttributes = { target: '_blank', rel: 'noopener noreferrer nofollow ugc' } as const;

/** Running text. `isInLink`: it stands inside a link, so it must not hold another. */
export function InlineList({
  inlines,
  isInLink = false,
}: {
  readonly inlines: readonly Inline[];
  readonly isInLink?: boolean;
}): ReactNode {
  return inlines.map((inline, index) => (
    <Fragment key={index}>
      {typeof inline === 'string' ? (
        isInLink ? (
          visibleText(inline)
        ) : (
          inline
        )
      ) : (
        <InlineView inline={inline} isInLink={isInLink} />
      )}
    </Fragment>
  ));
}

function InlineView({
  inline,
  isInLink,
}: {
  readonly inline: Exclude<Inline, string>;
  readonly isInLink: boolean;
}): ReactNode {
  const { policy } = useMarkdownOptions();
  switch (inline.type) {
    case 'emphasis':
      return (
        <em>
          <InlineList inlines={inline.children} isInLink={isInLink} />
        </em>
      );
    case 'strong':
      return (
        <strong>
          <InlineList inlines={inline.children} isInLink={isInLink} />
        </strong>
      );
    case 'deleted':
      return (
        <del>
          <InlineList inlines={inline.children} isInLink={isInLink} />
        </del>
      );
    case 'code':
      return <code className="ac-md-inline-code">{isInLink ? visibleText(inline.text) : inline.text}</code>;
    case 'break':
      return <br />;
    case 'image':
      return <MarkdownImage source={inline.source} alternative={inline.alternative} isInLink={isInLink} />;
    case 'link': {
      const href = isInLink ? null : safeUrl(inline.href, policy);
      const text = <InlineList inlines={inline.children} isInLink />;
      if (href === null) return text;
      return (
        <a className="ac-md-link" href={href} {...linkAttributes}>
          {text}
        </a>
      );
    }
  }
}
