import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { FileContent } from '../../core/message.js';
import { Lightbox } from './Lightbox.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { useFileName } from './useFileName.js';
import { useFileUrl } from './useFileUrl.js';
import { useWidget } from '../WidgetContext.js';

/** A picture, small enough to read on around it; pressed, it opens large. Its place has the same size before it is loaded. Renders a `<button>`. */
export function FileImage({ file, isWanted, onError }: FileImageProps): ReactNode {
  const { labels } = useWidget();
  const name = useFileName(file);
  const url = useFileUrl(file, onError);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // It takes the focus from the button that it replaces.
    if (isWanted) buttonRef.current?.focus();
  }, [isWanted]);
  function handleClose(): void {
    setOpen(false);
    buttonRef.current?.focus();
  }
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className="ac-file-image"
        data-ac="file-image"
        aria-haspopup="dialog"
        aria-label={sentenceAbout(labels.viewImage, name)}
        title={name}
        onClick={() => setOpen(true)}
      >
        {url !== null && (
          <img
            className="ac-file-picture"
            src={url}
            alt={name}
            decoding="async"
            referrerPolicy="no-referrer"
            draggable={false}
            onError={onError}
          />
        )}
      </button>
      {isOpen && url !== null && <Lightbox file={file} url={url} opener={buttonRef} onClose={handleClose} />}
    </>
  );
}

export interface FileImageProps {
  readonly file: FileContent;
  /** Whether the visitor has just asked for it. */
  readonly isWanted: boolean;
  /** It cannot be drawn. */
  readonly onError: () => void;
}
