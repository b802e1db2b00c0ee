import { useMemo, useRef, useSyncExternalStore, type ClipboardEvent, type ReactNode } from 'react';
import type { FormulaProps } from '../MathSupport.js';
import { useMarkdownOptions } from '../MarkdownOptions.js';
import { readDelimiters } from './readDelimiters.js';
import { texRenderer } from './texRenderer.js';
import { useIsScrollable } from './useIsScrollable.js';

/**
 * A formula, in the line or in a box of its own that scrolls sideways. Renders a `<span>`, as a block of its own a `<div>`. Until its code is there, and where
 * it cannot be read, it is shown as it was written.
 */
export function Formula({ source, isOpen = false, className }: FormulaProps): ReactNode {
  const { labels } = useMarkdownOptions();
  const render = useSyncExternalStore(texRenderer.subscribe, texRenderer.get, texRenderer.getOnServer);
  const boxRef = useRef<HTMLDivElement & HTMLSpanElement>(null);
  const isBlock = className !== undefined;
  const { tex, isDisplay, rest } = useMemo(() => readDelimiters(source, isBlock), [source, isBlock]);
  const drawn = useMemo(
    () => (isOpen || tex === undefined ? undefined : render?.(tex, isDisplay)),
    [render, tex, isDisplay, isOpen],
  );
  const isScrollable = useIsScrollable(boxRef, drawn ?? isOpen);
  const Box = isBlock ? 'div' : 'span';
  if (isOpen) return <Box className={`${className ?? ''} ac-md-formula-open`} data-state="open" />;

  const handleCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData.setData('text/plain', source);
  };
  const box = (
    <Box
      ref={boxRef}
      className={isDisplay ? 'ac-md-formula ac-md-formula-display' : 'ac-md-formula'}
      dir="ltr"
      onCopy={drawn === undefined ? undefined : handleCopy}
      {...(isScrollable && { 'data-state': 'wide', role: 'group', 'aria-label': labels.formula, tabIndex: 0 })}
    >
      {drawn ?? <code className="ac-md-inline-code ac-md-formula-source">{source}</code>}
    </Box>
  );
  if (!isBlock) return box;
  return (
    <div className={className}>
      {box}
      {drawn === undefined || rest === '' ? null : (
        <p className="ac-md-paragraph" dir="auto">
          {rest}
        </p>
      )}
    </div>
  );
}
