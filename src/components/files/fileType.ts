import type { FileContent } from '../../core/message.js';

/** Pictures that browsers draw without running anything: an SVG would be a page of its own. */
export const RASTER = /^image\/(png|jpeg|gif|webp)$/;

const BY_ENDING: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  webm: 'video/webm',
};

/** How a file can be shown. */
export type FileKind = 'image' | 'audio' | 'video' | 'other';

/** The MIME type that the wire claims; where it claims none, the one that the name ends like. Empty where nothing is known. */
export function typeOfFile({ mimeType, name, uri }: FileContent): string {
  if (mimeType) return mimeType.toLowerCase();
  const ending = /\.(\w+)$/.exec(name ?? uri?.replace(/[?#].*/s, '') ?? '')?.[1] ?? '';
  return (Object.hasOwn(BY_ENDING, ending.toLowerCase()) && BY_ENDING[ending.toLowerCase()]) || '';
}

/** What a file is drawn as. One whose contents were not kept is nothing but a name. */
export function kindOfFile(file: FileContent): FileKind {
  if (file.bytes === undefined && file.uri === undefined) return 'other';
  const type = typeOfFile(file);
  if (RASTER.test(type)) return 'image';
  const [, kind] = /^(audio|video)\/[\w.+-]+$/.exec(type) ?? [];
  return kind === 'audio' || kind === 'video' ? kind : 'other';
}
