import type { ReactNode } from 'react';
import { Download, ExternalLink } from 'lucide-react';
import type { FileContent } from '../../core/message.js';
import { isLinkAllowed, safeUrl } from '../../markdown/safeUrl.js';
import { downloadBytes } from './downloadBytes.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { useFileName } from './useFileName.js';
import { useWidget } from '../WidgetContext.js';

/** The button that saves a file or opens its address, or the reason why there is none. */
export function FileAction({ file }: { readonly file: FileContent }): ReactNode {
  const name = useFileName(file);
  const { labels, policy, askLink } = useWidget();
  if (file.bytes !== undefined) {
    const { bytes } = file;
    return (
      <button
        type="button"
        className="ac-icon-button"
        data-ac="download"
        aria-label={sentenceAbout(labels.download, name)}
        title={sentenceAbout(labels.download, name)}
        onClick={(event) => downloadBytes(event.currentTarget.ownerDocument, bytes, name)}
      >
        <Download className="ac-icon" />
      </button>
    );
  }
  if (file.uri === undefined) return <span className="ac-visually-hidden">{labels.fileNotKept}</span>;
  const address = safeUrl(file.uri);
  if (address === null) return <span className="ac-visually-hidden">{labels.fileUnavailable}</span>;
  if (!isLinkAllowed(address, policy)) {
    return (
      <button
        type="button"
        className="ac-icon-button"
        data-ac="open-file"
        aria-haspopup="dialog"
        aria-label={sentenceAbout(labels.openFile, name)}
        title={sentenceAbout(labels.openFile, name)}
        onClick={(event) => askLink({ url: address, element: event.currentTarget })}
      >
        <ExternalLink className="ac-icon" />
      </button>
    );
  }
  return (
    <a
      className="ac-icon-button"
      data-ac="open-file"
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      referrerPolicy="no-referrer"
      aria-label={sentenceAbout(labels.openFile, name)}
      title={sentenceAbout(labels.openFile, name)}
    >
      <ExternalLink className="ac-icon" />
    </a>
  );
}
