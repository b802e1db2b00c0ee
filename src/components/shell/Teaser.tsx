import { useState, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { IconButton } from '../controls/IconButton.js';
import { useWidget } from '../WidgetContext.js';

const KEY = 'agent-chat-widget:teaser';

/** A line beside the launcher that invites to talk, until the chat was opened or the line sent away. Renders a `<div>`. */
export function Teaser(): ReactNode {
  const { teaser, labels, setOpen, isOpen, wasOpened, launcherRef } = useWidget();
  const [isGone, setGone] = useState(() => inSession((storage) => storage.getItem(KEY)) !== null);
  if (isGone || isOpen || wasOpened || teaser === undefined) return null;
  function handleDismiss(): void {
    setGone(true);
    // For this visit only: tomorrow it may ask again.
    inSession((storage) => storage.setItem(KEY, ''));
    launcherRef.current?.focus();
  }
  return (
    <div className="ac-teaser" data-ac="teaser">
      <button type="button" className="ac-teaser-text" onClick={() => setOpen(true)}>
        {teaser}
      </button>
      <IconButton icon={X} label={labels.dismiss} part="dismiss-teaser" onClick={handleDismiss} />
    </div>
  );
}

function inSession<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(sessionStorage);
  } catch {
    return null; // forbidden, or full
  }
}
