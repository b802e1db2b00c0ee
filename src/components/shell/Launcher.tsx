import { useId, type ReactNode } from 'react';
import { ChevronDown, MessageCircle } from 'lucide-react';
import { useUnreadCount } from '../transcript/useUnreadCount.js';
import { useWidget } from '../WidgetContext.js';

/** The round button that opens and closes the panel; a badge counts the answers that arrived while it was closed. Renders a `<button>`. */
export function Launcher(): ReactNode {
  const { mode, isOpen, isModal, wasOpened, setOpen, labels, panelId, launcherRef } = useWidget();
  const unread = useUnreadCount(isOpen);
  const descriptionId = useId();
  const Icon = isOpen ? ChevronDown : MessageCircle;
  const isCovered = isModal || (mode === 'sidebar' && isOpen);
  return (
    <>
      <button
        ref={launcherRef}
        type="button"
        className="ac-launcher"
        data-ac="launcher"
        data-state={isOpen ? 'open' : 'closed'}
        data-unread={unread === 0 ? undefined : unread > 9 ? '9+' : unread}
        hidden={isCovered}
        aria-label={isOpen ? labels.closeChat : labels.openChat}
        aria-expanded={isOpen}
        aria-controls={wasOpened ? panelId : undefined}
        aria-describedby={unread > 0 ? descriptionId : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon className="ac-launcher-icon" />
      </button>
      {unread > 0 && (
        <span id={descriptionId} hidden>
          {labels.unread(unread)}
        </span>
      )}
    </>
  );
}
