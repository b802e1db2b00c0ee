import { useRef, useState, type ReactNode } from 'react';
import { Ellipsis } from 'lucide-react';
import { LazyHeaderMenu } from '../lazyParts.js';
import { useWidget } from '../WidgetContext.js';

/** The button of the header's menu, and the menu while it is open. */
export function HeaderMenuButton(): ReactNode {
  const { labels } = useWidget();
  const [isOpen, setOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  function handleClose(): void {
    setOpen(false);
    buttonRef.current?.focus();
  }
  return (
    <div className="ac-header-menu">
      <button
        ref={buttonRef}
        type="button"
        className="ac-icon-button"
        data-ac="menu-button"
        aria-label={labels.menu}
        title={labels.menu}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Ellipsis className="ac-icon" />
      </button>
      {isOpen && <LazyHeaderMenu onClose={handleClose} />}
    </div>
  );
}
