import { useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { X } from 'lucide-react';
import type { FileContent } from '../../core/message.js';
import { FileAction } from './FileAction.js';
import { IconButton } from '../controls/IconButton.js';
import { useFileName } from './useFileName.js';
import { useWidget } from '../WidgetContext.js';

/** A picture as large as the window, over the page. Escape and a press beside it close it. Renders a `<dialog>`. */
export function Lightbox({ file, url, opener, onClose }: LightboxProps): ReactNode {
  const { labels } = useWidget();
  const name = useFileName(file);
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => ref.current?.showModal(), []);
  const close = (): void => ref.current?.close();
  return createPortal(
    <dialog
      ref={ref}
      className="ac-lightbox"
      data-ac="lightbox"
      aria-label={name}
      onClose={onClose}
      // Escape and Tab are the dialog's own: the panel around it would close, or take the focus.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => event.target === event.currentTarget && close()}
    >
      <div className="ac-lightbox-bar">
        <bdi className="ac-lightbox-name">{name}</bdi>
        {/* What opens an address asks before, which nobody could see under this. */}
        {file.bytes !== undefined && <FileAction file={file} />}
        <IconButton icon={X} label={labels.closeImage} part="close-image" onClick={close} />
      </div>
      <img className="ac-lightbox-image" src={url} alt={name} referrerPolicy="no-referrer" />
    </dialog>,
    // Out of the message, whose paint is contained.
    opener.current!.closest('[data-ac="root"]')!,
  );
}

export interface LightboxProps {
  readonly file: FileContent;
  readonly url: string;
  /** What it was opened from. */
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}
