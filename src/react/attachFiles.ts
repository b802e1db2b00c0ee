import type { Store } from '../core/store.js';
import { takenAttachments, type Attachment, type AttachmentLimits, type AttachmentRefusal } from './attachment.js';

/** What models read: pictures that browsers can show too, PDF, and text. */
export const DEFAULT_ACCEPT =
  'image/png,image/jpeg,image/gif,image/webp,application/pdf,application/json,text/plain,text/markdown,text/csv,.md,.csv,.txt,.json,.log';

// Base64 makes a third more of it, and the proxy takes bodies of 10 MiB.
export const DEFAULT_MAX_BYTES = 7_000_000;
export const DEFAULT_MAX_COUNT = 10;

let count = 0;

/** Takes the files that keep the limits into the store, and reads them; the others are there with the reason. Those refused the last time are gone. */
export function attachFiles(
  store: Store<readonly Attachment[]>,
  files: readonly File[],
  limits: AttachmentLimits,
): Promise<void> {
  let taken = takenAttachments(store.getState());
  const refused: Attachment[] = [];
  const added: Attachment[] = [];
  for (const file of files) {
    const refusal = refusalOf(file, taken, limits);
    count += 1;
    const attachment: Attachment = { id: `attachment_${count}`, file, progress: 0, content: null, refusal };
    if (refusal === null) {
      taken = [...taken, attachment];
      added.push(attachment);
    } else if (!refused.some((other) => other.refusal === refusal && isAboutAll(refusal))) refused.push(attachment);
  }
  store.setState([...taken, ...refused]);
  return Promise.all(added.map((attachment) => read(store, attachment))).then(() => undefined);
}

/** One sentence says it for all of them. */
function isAboutAll(refusal: AttachmentRefusal): boolean {
  return refusal === 'count' || refusal === 'total';
}

function refusalOf(file: File, taken: readonly Attachment[], limits: AttachmentLimits): AttachmentRefusal | null {
  const {
    accept = DEFAULT_ACCEPT,
    maxCount = DEFAULT_MAX_COUNT,
    maxFileBytes = DEFAULT_MAX_BYTES,
    maxTotalBytes = DEFAULT_MAX_BYTES,
  } = limits;
  if (!isAccepted(file, accept)) return 'type';
  if (file.size === 0) return 'empty';
  if (file.size > maxFileBytes) return 'size';
  if (taken.length >= maxCount) return 'count';
  const total = taken.reduce((sum, attachment) => sum + attachment.file.size, file.size);
  return total > maxTotalBytes ? 'total' : null;
}

/** Whether a file input with that `accept` would offer the file. */
export function isAccepted({ name, type }: Pick<File, 'name' | 'type'>, accept: string): boolean {
  const mediaType = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const wanted = accept
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '');
  return (
    wanted.length === 0 ||
    wanted.some((each) => {
      if (each.startsWith('.')) return name.toLowerCase().endsWith(each);
      return each === '*/*' || (each.endsWith('/*') ? mediaType.startsWith(each.slice(0, -1)) : mediaType === each);
    })
  );
}

function read(store: Store<readonly Attachment[]>, { id, file }: Attachment): Promise<void> {
  const change = (changes: Partial<Attachment>): void =>
    store.setState(store.getState().map((each) => (each.id === id ? { ...each, ...changes } : each)));
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onprogress = ({ loaded, total }) => {
      if (total > 0 && loaded < total) change({ progress: loaded / total });
    };
    reader.onload = () => {
      // A data URL, whose beginning the wire does not take.
      const bytes = (reader.result as string).replace(/^data:[^,]*,/, '');
      const mimeType = file.type.split(';')[0]?.trim();
      change({ progress: 1, content: { bytes, name: plainName(file.name), ...(mimeType ? { mimeType } : {}) } });
    };
    reader.onerror = () => change({ refusal: 'unreadable' });
    reader.onloadend = () => resolve();
    reader.readAsDataURL(file);
  });
}

/** Neither control characters, which no file system should have let through, nor more than servers take; the ending is kept. */
function plainName(name: string): string {
  return name.replace(/\p{Cc}/gu, '').slice(-255) || 'file';
}
