import type { ReactNode } from 'react';
import type { Inline } from './block.js';
import { FootnoteMark } from './FootnoteMark.js';
import { LinkView } from './LinkView.js';
import { MarkdownImage } from './MarkdownImage.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { visibleText } from './visibleText.js';

/** Running text. `isInLink`: it stands inside a link, so it must not hold another. */
export function InlineList({
  inlines,
  isInLink = false,
}: {
  readonly inlines: readonly Inline[];
  readonly isInLink?: boolean;
}): ReactNode {
  return inlines.map((inline, index) =>
    typeof inline !== 'string' ? (
      <InlineView key={index} inline={inline} isInLink={isInLink} />
    ) : isInLink ? (
      visibleText(inline)
    ) : (
      inline
    ),
  );
}

function InlineView({
  inline,
  isInLink,
}: {
  readonly inline: Exclude<Inline, string>;
  readonly isInLink: boolean;
}): ReactNode {
  const { math } = useMarkdownOptions();
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
      return math && inline.isFormula ? (
        <math.Formula source={inline.text} />
      ) : (
        <code className="ac-md-inline-code">{isInLink ? visibleText(inline.text) : inline.text}</code>
      );
    case 'break':
      return <br />;
    case 'footnote':
      return <FootnoteMark target={inline.target} number={inline.number} isInLink={isInLink} />;
    case 'image':
      return <MarkdownImage source={inline.source} alternative={inline.alternative} isInLink={isInLink} />;
    case 'link':
      return isInLink ? (
        <InlineList inlines={inline.children} isInLink />
      ) : (
        <LinkView href={inline.href}>{inline.children}</LinkView>
      );
  }
}
