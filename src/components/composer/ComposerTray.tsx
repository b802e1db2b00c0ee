import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { DEFAULT_MAX_BYTES, DEFAULT_MAX_COUNT } from '../../react/attachFiles.js';
import { takenAttachments, type Attachment, type AttachmentLimits } from '../../react/attachment.js';
import { useComposer } from '../../react/useComposer.js';
import { AttachmentCard } from './AttachmentCard.js';
import { formatFileSize } from '../language/formatFileSize.js';
import { IconButton } from '../controls/IconButton.js';
import type { Labels } from '../language/labels.js';
import { revealControls } from '../controls/revealControls.js';
import { sentenceAbout } from '../language/sentenceAbout.js';
import { useFileDrop } from './useFileDrop.js';
import { useFocusKeeper } from './useFocusKeeper.js';
import { usePromptHistory } from './usePromptHistory.js';
import { useWidget } from '../WidgetContext.js';

/**
 * What belongs to the message besides its text: the files that go with it, and why others do not. Files that are pasted or dropped on the panel land here,
 * and ArrowUp in an empty composer brings back what was said before. Beside it, because it is loaded for everybody: what keeps the focus in the panel.
 */
export function ComposerTray(): ReactNode {
  const { labels, language, attachments: limits, composerRef } = useWidget();
  const { attachments, attach, detach, setText } = useComposer();
  const isDropping = useFileDrop(limits && ((files) => void attach(files, limits)));
  usePromptHistory(setText);
  useFocusKeeper();
  const taken = takenAttachments(attachments);
  const refused = attachments.filter(({ refusal }) => refusal !== null);

  function handleRemove(id: string): void {
    detach(id);
    // The button is gone after this; without a new home the focus would fall back to the page.
    composerRef.current?.focus();
  }

  return (
    <>
      {isDropping && (
        <div className="ac-drop" data-ac="drop" aria-hidden="true">
          {labels.dropFiles}
        </div>
      )}
      {/* Always there, because screen readers hear only of what comes into an alert. */}
      <div className="ac-composer-refusals" role="alert">
        {refused.map((attachment) => (
          <div key={attachment.id} className="ac-composer-refusal" data-ac="refusal">
            <span>{refusalSentence(attachment, limits ?? {}, labels, language)}</span>
            <IconButton icon={X} label={labels.dismiss} part="dismiss" onClick={() => handleRemove(attachment.id)} />
          </div>
        ))}
      </div>
      {taken.length > 0 && (
        <ul className="ac-attachments" data-ac="attachments" aria-label={labels.attachments}>
          {taken.map((attachment) => (
            <AttachmentCard key={attachment.id} attachment={attachment} onRemove={handleRemove} />
          ))}
        </ul>
      )}
    </>
  );
}

function refusalSentence(
  { file, refusal }: Attachment,
  limits: AttachmentLimits,
  labels: Labels,
  language: string,
): string {
  const size = (bytes: number = DEFAULT_MAX_BYTES): string => formatFileSize(bytes, language);
  const about = (sentence: (name: string) => string): string =>
    sentenceAbout(sentence, revealControls(file.name) || labels.file);
  switch (refusal) {
    case 'type':
      return about(labels.fileTypeRefused);
    case 'size':
      return about((name) => labels.fileTooLarge(name, size(limits.maxFileBytes)));
    case 'total':
      return labels.filesTooLarge(size(limits.maxTotalBytes));
    case 'count':
      return labels.tooManyFiles(limits.maxCount ?? DEFAULT_MAX_COUNT);
    case 'empty':
      return about(labels.fileEmpty);
    default:
      return about(labels.fileUnreadable);
  }
}
