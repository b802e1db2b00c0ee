import type { KeyboardEvent, ReactNode } from 'react';
import { cycleFocus, hasFocusWithin } from '../controls/focus.js';
import { LazyResizer } from '../lazyParts.js';
import { applyPanelSize } from './panelSize.js';
import { useAgentName } from './useAgentName.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useMediaQuery } from './useMediaQuery.js';
import { usePageScrollLock } from './usePageScrollLock.js';
import { useVisualViewport } from './useVisualViewport.js';
import { useWidget } from '../WidgetContext.js';

/**
 * The window around the conversation: a dialog over the page, or a region of it. Renders a `<section>`, not before it was first open.
 * Escape closes it, F6 moves between transcript and composer.
 */
export function Panel({ children }: PanelProps): ReactNode {
  const { mode, isOpen, wasOpened, isModal, canResize, setOpen, panelId, panelRef, transcriptRef, composerRef } =
    useWidget();
  const name = useAgentName();
  const isNarrow = useMediaQuery('(max-width: 479.98px)');
  useVisualViewport(panelRef, isOpen && (mode === 'fullscreen' || (isNarrow && mode !== 'inline')));
  usePageScrollLock(isModal);
  const isResizable = canResize && wasOpened && (mode === 'bubble' || mode === 'sidebar');
  useCommitEffect(() => {
    if (isResizable && panelRef.current) applyPanelSize(panelRef.current, mode);
  }, [isResizable, mode, panelRef]);
  if (!wasOpened) return null;

  function handleKeyDown(event: KeyboardEvent<HTMLElement>): void {
    // While an input method is composing, Escape and Tab belong to it.
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && (mode === 'bubble' || mode === 'sidebar')) {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === 'F6') {
      event.preventDefault();
      const transcript = transcriptRef.current;
      (transcript && !hasFocusWithin(transcript) ? transcript : composerRef.current)?.focus();
    } else if (event.key === 'Tab' && isModal) {
      cycleFocus(event.currentTarget, event);
    }
  }

  return (
    <section
      ref={panelRef}
      id={panelId}
      className="ac-panel"
      data-ac="panel"
      data-mode={mode}
      data-state={isOpen ? 'open' : 'closed'}
      role={mode === 'bubble' ? 'dialog' : 'region'}
      aria-modal={isModal ? true : undefined}
      aria-label={name}
      tabIndex={-1}
      hidden={!isOpen}
      onKeyDown={handleKeyDown}
    >
      {children}
      {isResizable && !isNarrow && <LazyResizer />}
    </section>
  );
}

export interface PanelProps {
  readonly children?: ReactNode;
}
