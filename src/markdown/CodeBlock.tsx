import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Block } from './block.js';
import type { CodeToken } from './highlightCode.js';
import { useMarkdownOptions } from './MarkdownOptions.js';
import { useHighlighting } from './useHighlighting.js';
import { visibleText } from './visibleText.js';

/** How long the button says "Copied", in milliseconds. */
const copiedDuration = 2000;

/** A code block: its language, a copy button, and the code in a box that scrolls, by keyboard as well. */
export function CodeBlock({
  block,
  className,
}: {
  readonly block: Extract<Block, { type: 'code' }>;
  readonly className: string;
}): ReactNode {
  const { language, chunks } = block;
  const { labels } = useMarkdownOptions();
  const colored = useHighlighting(block);
  const codeRef = useRef<HTMLElement>(null);
  const name = visibleText(language);
  return (
    <div className={className} data-language={name || undefined}>
      <div className="ac-md-code-bar">
        <span className="ac-md-code-language">{name}</span>
        <CopyCodeButton readCode={() => codeRef.current?.textContent ?? ''} />
      </div>
      <pre
        className="ac-md-pre"
        role="group"
        aria-label={name ? `${labels.code}: ${name}` : labels.code}
        tabIndex={0}
        dir="ltr"
      >
        <code ref={codeRef}>
          {chunks.map((chunk, index) => (
            <CodeChunk key={index} chunk={chunk} tokens={colored?.[index]} />
          ))}
        </code>
      </pre>
    </div>
  );
}

/** Some lines of code, as a box of their own: a line appended below does not lay them out again. */
const CodeChunk = memo(function CodeChunk({
  chunk,
  tokens = [{ text: chunk, kind: undefined }],
}: {
  readonly chunk: string;
  readonly tokens: readonly CodeToken[] | undefined;
}): ReactNode {
  return (
    <span className="ac-md-code-chunk">
      {tokens.map(({ text, kind }, index) =>
        kind ? (
          <span key={index} className={`ac-md-code-${kind}`}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </span>
  );
});

function CopyCodeButton({ readCode }: { readonly readCode: () => string }): ReactNode {
  const { labels } = useMarkdownOptions();
  const [isCopied, setIsCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), copiedDuration);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const handleClick = (): void => {
    // Absent on pages without TLS; then the visitor selects the code by hand.
    void navigator.clipboard?.writeText(readCode()).then(
      () => setIsCopied(true),
      () => setIsCopied(false),
    );
  };
  return (
    <button type="button" className="ac-md-button" onClick={handleClick}>
      {isCopied ? labels.copied : labels.copy}
    </button>
  );
}
