import { useEffect, useState, type ReactNode } from 'react';
import { FileText, X } from 'lucide-react';
import type { Attachment } from '../../react/attachment.js';
import { RASTER } from '../files/fileType.js';
import { formatFileSize } from '../language/formatFileSize.js';
import { revealControls } from '../controls/revealControls.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { useWidget } from '../WidgetContext.js';

/** One file that goes with the message: a picture of it or its name, how far it was read, and a button to take it away. Renders an `<li>`. */
export function AttachmentCard({ attachment, onRemove }: AttachmentCardProps): ReactNode {
  const { labels, language } = useWidget();
  const { id, file, content, progress } = attachment;
  const name = revealControls(file.name) || labels.file;
  const preview = usePreview(file);
  return (
    <li
      className="ac-attachment"
      data-ac="attachment"
      data-state={content === null ? 'reading' : 'ready'}
      data-kind={preview.url === null ? 'file' : 'image'}
    >
      {preview.url === null ? (
        <>
          <FileText className="ac-icon ac-file-icon" />
          <span className="ac-attachment-text">
            <bdi className="ac-attachment-name" title={name}>
              {name}
            </bdi>
            <span className="ac-attachment-size">{formatFileSize(file.size, language)}</span>
          </span>
        </>
      ) : (
        <img className="ac-attachment-image" src={preview.url} alt={name} title={name} onError={preview.drop} />
      )}
      {content === null && (
        <progress
          className="ac-attachment-progress"
          aria-label={sentenceAbout(labels.readingFile, name)}
          value={progress}
          max={1}
        />
      )}
      <button
        type="button"
        className="ac-attachment-remove"
        data-ac="remove-attachment"
        aria-label={sentenceAbout(labels.removeFile, name)}
        title={sentenceAbout(labels.removeFile, name)}
        onClick={() => onRemove(id)}
      >
        <X className="ac-icon" />
      </button>
    </li>
  );
}

export interface AttachmentCardProps {
  readonly attachment: Attachment;
  readonly onRemove: (attachmentId: string) => void;
}

/** The address of a picture, as long as it is shown; `null` for other files, and where the page's policy forbids `blob:` pictures. */
function usePreview(file: File): { readonly url: string | null; readonly drop: () => void } {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!RASTER.test(file.type)) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return { url, drop: () => setUrl(null) };
}
