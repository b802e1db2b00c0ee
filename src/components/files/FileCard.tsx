import { Fragment, type ReactNode } from 'react';
import { FileText } from 'lucide-react';
import type { FileContent } from '../../core/message.js';
import { sizeOfBase64 } from '../../core/sizeOfBase64.js';
import { safeUrl } from '../../markdown/safeUrl.js';
import { FileAction } from './FileAction.js';
import { formatFileSize } from '../language/formatFileSize.js';
import { revealControls } from '../controls/revealControls.js';
import { useFileName } from './useFileName.js';
import { useWidget } from '../WidgetContext.js';

/** A file by its name, type and size, with a way to get it. Nothing is fetched or drawn by itself. Renders a `<div>`. */
export function FileCard({ file, media, actions }: FileCardProps): ReactNode {
  const { language } = useWidget();
  const name = useFileName(file);
  const facts = [revealControls(file.mimeType ?? ''), sizeOrHost(file, language)].filter(
    (fact) => fact !== undefined && fact !== '',
  );
  return (
    <div className="ac-file" data-ac="file">
      {media ?? <FileText className="ac-icon ac-file-icon" />}
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
      {actions}
      <FileAction file={file} />
    </div>
  );
}

export interface FileCardProps {
  readonly file: FileContent;
  /** Shown above, in place of the icon. */
  readonly media?: ReactNode;
  /** Buttons before the one that downloads or opens it. */
  readonly actions?: ReactNode;
}

function sizeOrHost(file: FileContent, language: string): string | undefined {
  if (file.bytes !== undefined) return formatFileSize(sizeOfBase64(file.bytes), language);
  if (file.uri === undefined) return formatFileSize(file.size, language);
  const address = safeUrl(file.uri);
  return address === null ? undefined : new URL(address).host;
}
