import { Fragment, type ReactNode } from 'react';
import { Download, ExternalLink, FileText } from 'lucide-react';
import type { FileContent, FilePart } from '../core/message.js';
import { sizeOfBase64 } from '../core/sizeOfBase64.js';
import { isLinkAllowed, safeUrl } from '../markdown/safeUrl.js';
import { downloadBytes } from './downloadBytes.js';
import { formatFileSize } from './formatFileSize.js';
import { revealControls } from './revealControls.js';
import { sentenceAbout } from './sentenceAbout.js';
import type { PartProps } from './slots.js';
import { useWidget } from './WidgetContext.js';

/** A file as a card: name, type, size, and a way to get it. Nothing is fetched or drawn by itself. */
export function FilePartView({ part, role }: PartProps<FilePart>): ReactNode {
  const { labels, language } = useWidget();
  const { file } = part;
  const name = revealControls(file.name ?? '') || labels.file;
  const facts = [revealControls(file.mimeType ?? ''), sizeOrHost(file, language)].filter(
    (fact) => fact !== undefined && fact !== '',
  );
  return (
    <div className="ac-file" data-ac="file" data-role={role}>
      <FileText className="ac-icon ac-file-icon" />
      <div className="ac-file-text">
        <div className="ac-file-name">
          <bdi>{name}</bdi>
        </div>
        <div className="ac-file-facts">
          {facts.map((fact, position) => (
            <Fragment key={fact}>
              {position > 0 && ' · '}
              <bdi>{fact}</bdi>
            </Fragment>
          ))}
        </div>
      </div>
      <FileAction file={file} name={name} />
    </div>
  );
}

function FileAction({ file, name }: { readonly file: FileContent; readonly name: string }): ReactNode {
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

function sizeOrHost(file: FileContent, language: string): string | undefined {
  if (file.bytes !== undefined) return formatFileSize(sizeOfBase64(file.bytes), language);
  if (file.uri === undefined) return formatFileSize(file.size, language);
  const address = safeUrl(file.uri);
  return address === null ? undefined : new URL(address).host;
}
