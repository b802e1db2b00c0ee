import { useRef, type ReactNode } from 'react';
import { Paperclip } from 'lucide-react';
import { DEFAULT_ACCEPT } from '../../react/attachFiles.js';
import { useComposer } from '../../react/useComposer.js';
import { IconButton } from '../controls/IconButton.js';
import { useWidget } from '../WidgetContext.js';

/** Opens the browser's file picker. Renders a `<button>`, and a file input that nobody sees. */
export function AttachButton(): ReactNode {
  const { labels, attachments: limits, composerRef } = useWidget();
  const { attach } = useComposer();
  const inputRef = useRef<HTMLInputElement>(null);
  if (!limits) return null;
  return (
    <>
      <IconButton icon={Paperclip} label={labels.attachFiles} part="attach" onClick={() => inputRef.current?.click()} />
      <input
        ref={inputRef}
        type="file"
        hidden
        multiple={limits.maxCount !== 1}
        accept={limits.accept ?? DEFAULT_ACCEPT}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file must be a change the next time, too.
          event.currentTarget.value = '';
          void attach(files, limits);
          composerRef.current?.focus();
        }}
      />
    </>
  );
}
