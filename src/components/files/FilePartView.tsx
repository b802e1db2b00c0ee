import { useState, type ReactNode } from 'react';
import { ImageDown } from 'lucide-react';
import type { FilePart } from '../../core/message.js';
import { isImageAllowed, safeUrl } from '../../markdown/safeUrl.js';
import { FileCard } from './FileCard.js';
import { FileImage } from './FileImage.js';
import { FilePlayer } from './FilePlayer.js';
import { kindOfFile } from './fileType.js';
import { IconButton } from '../controls/IconButton.js';
import type { PartProps } from '../slots.js';
import { useWidget } from '../WidgetContext.js';

/**
 * A file: a picture, something to play, or a card. What is inline is drawn from its bytes; what is somewhere else is fetched only where `images` allows its address or the visitor
 * asked for it, and not before.
 */
export function FilePartView({ part }: PartProps<FilePart>): ReactNode {
  const { labels, policy } = useWidget();
  const { file } = part;
  const [wanted, setWanted] = useState('');
  // Forbidden by the page's policy, or no picture after all.
  const [broken, setBroken] = useState<typeof file | null>(null);
  const kind = broken === file ? 'other' : kindOfFile(file);
  const address = file.uri === undefined ? null : safeUrl(file.uri);
  if (kind === 'other' || (file.bytes === undefined && !address?.startsWith('http'))) return <FileCard file={file} />;
  const isShown = address === null || address === wanted || isImageAllowed(address, policy);
  const onError = (): void => setBroken(file);
  if (kind !== 'image') {
    return isShown ? <FilePlayer file={file} kind={kind} onError={onError} /> : <FileCard file={file} />;
  }
  if (isShown) return <FileImage file={file} isWanted={wanted !== ''} onError={onError} />;
  const load = (
    <IconButton
      icon={ImageDown}
      part="load-image"
      label={labels.markdown.loadImage}
      onClick={() => setWanted(address ?? '')}
    />
  );
  return <FileCard file={file} actions={load} />;
}
