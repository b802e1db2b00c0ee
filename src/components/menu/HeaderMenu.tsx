import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useConversation } from '../../react/AgentConversationProvider.js';
import { useConversationSelector } from '../../react/useConversationSelector.js';
import { DeleteAllQuestion } from './DeleteAllQuestion.js';
import { focusedElement } from '../controls/focus.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useExport } from './useExport.js';
import { useWidget, type WidgetTheme } from '../WidgetContext.js';

const THEMES = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const;

/** What is needed seldom: the visitor's conversations, search, export, theme, size and deletion. Renders a `<div role="menu">` below the header. */
export function HeaderMenu({ onClose }: HeaderMenuProps): ReactNode {
  const { labels, mode, isModal, canResize, isEnlarged, setEnlarged, theme, setTheme, setView } = useWidget();
  const conversation = useConversation();
  const isEmpty = useConversationSelector((state) => state.messageIds.length === 0);
  const exportAs = useExport();
  const menuRef = useRef<HTMLDivElement>(null);
  const [isAsking, setAsking] = useState(false);
  // With the first picture of it: a key pressed at once is meant for the menu, no more for its button.
  useCommitEffect(() => {
    const menu = menuRef.current;
    itemsOf(menu)[0]?.focus();
    const around = menu?.parentElement;
    const handlePress = (event: Event): void => {
      if (around && !event.composedPath().includes(around)) onClose();
    };
    document.addEventListener('pointerdown', handlePress);
    return () => document.removeEventListener('pointerdown', handlePress);
    // Once: whatever closes it does so by state, which does not change with the menu's parent.
  }, []);

  function handleKeyDown(event: KeyboardEvent): void {
    const items = itemsOf(menuRef.current);
    const at = menuRef.current ? items.indexOf(focusedElement(menuRef.current) as HTMLElement) : -1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    } else if (next !== undefined) {
      event.preventDefault();
      items.at(next % items.length)?.focus();
    }
  }
  const item = (label: string, act: () => void): ReactNode => (
    <button type="button" role="menuitem" tabIndex={-1} className="ac-menu-item" onClick={act}>
      {label}
    </button>
  );
  const leaveFor = (view: 'search' | 'conversations') => () => {
    onClose();
    setView(view);
  };
  const save = (format: 'markdown' | 'json') => () => {
    onClose();
    void exportAs(format).catch(() => undefined);
  };

  if (isAsking) return <DeleteAllQuestion onDone={onClose} conversation={conversation} />;
  return (
    <div
      ref={menuRef}
      className="ac-menu"
      data-ac="menu"
      role="menu"
      aria-label={labels.menu}
      onKeyDown={handleKeyDown}
      // Safari gives no focus to a pressed button: without this the menu would lose its own and close before the click.
      onMouseDown={(event) => event.preventDefault()}
    >
      {item(labels.conversations, leaveFor('conversations'))}
      {!isEmpty && item(labels.search, leaveFor('search'))}
      {!isEmpty && item(labels.exportMarkdown, save('markdown'))}
      {!isEmpty && item(labels.exportJson, save('json'))}
      {canResize &&
        !isModal &&
        (mode === 'bubble' || mode === 'sidebar') &&
        item(isEnlarged ? labels.shrink : labels.enlarge, () => {
          setEnlarged(!isEnlarged);
          onClose();
        })}
      {setTheme && (
        <div className="ac-menu-group" role="group" aria-label={labels.theme}>
          <span className="ac-menu-label" aria-hidden="true">
            {labels.theme}
          </span>
          {THEMES.map(([value, label]) => (
            <ThemeItem key={value} value={value} isChecked={value === theme} onChoose={setTheme}>
              {labels[label]}
            </ThemeItem>
          ))}
        </div>
      )}
      {item(labels.deleteAll, () => setAsking(true))}
    </div>
  );
}

export interface HeaderMenuProps {
  /** Closes the menu, and gives the focus back to its button. */
  readonly onClose: () => void;
}

function ThemeItem({ value, isChecked, onChoose, children }: ThemeItemProps): ReactNode {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={isChecked}
      tabIndex={-1}
      className="ac-menu-choice"
      onClick={() => onChoose(value)}
    >
      {children}
    </button>
  );
}

interface ThemeItemProps {
  readonly value: WidgetTheme;
  readonly isChecked: boolean;
  readonly onChoose: (theme: WidgetTheme) => void;
  readonly children: ReactNode;
}

function itemsOf(menu: HTMLElement | null): readonly HTMLElement[] {
  return menu ? [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')] : [];
}
