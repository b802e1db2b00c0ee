import type { ReactNode } from 'react';
import type { FileContent } from '../../core/message.js';
import { FileCard } from './FileCard.js';
import { useFileName } from './useFileName.js';
import { useFileUrl } from './useFileUrl.js';

/** A sound or a film to play in place, over the name of its file. Nothing plays, and nothing is fetched from elsewhere, before the visitor starts it. */
export function FilePlayer({ file, kind, onError }: FilePlayerProps): ReactNode {
  const name = useFileName(file);
  const url = useFileUrl(file, onError);
  const Player = kind;
  const player = (
    <Player
      className={kind === 'video' ? 'ac-file-video' : 'ac-file-audio'}
      data-ac={`file-${kind}`}
      controls
      preload={file.bytes === undefined ? 'none' : 'metadata'}
      aria-label={name}
      src={url ?? undefined}
      onError={onError}
    />
  );
  return <FileCard file={file} media={player} />;
}

export interface FilePlayerProps {
  readonly file: FileContent;
  readonly kind: 'audio' | 'video';
  /** It cannot be played: forbidden by the page's policy, or of a kind that this browser does not know. */
  readonly onError: () => void;
}
