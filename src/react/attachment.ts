import type { FileContent } from '../core/message.js';

/** What may be attached. Checked before anything is read; the proxy has limits of its own. */
export interface AttachmentLimits {
  /** Types as in the `accept` of a file input: media types, `image/*`, or endings such as `.csv`. Default: images, PDF and plain text of several kinds. */
  readonly accept?: string | undefined;
  /** How many files one message takes. @default 10 */
  readonly maxCount?: number | undefined;
  /** Bytes of one file. @default 7,000,000: as base64 that is what the proxy takes in one request. */
  readonly maxFileBytes?: number | undefined;
  /** Bytes of all files of one message together. @default 7,000,000 */
  readonly maxTotalBytes?: number | undefined;
}

/** Why a file was not taken. */
export type AttachmentRefusal = 'type' | 'size' | 'total' | 'count' | 'empty' | 'unreadable';

/** A file that is to go with the message being written. */
export interface Attachment {
  readonly id: string;
  readonly file: File;
  /** How much of it has been read: 0 to 1. */
  readonly progress: number;
  /** What will be sent; `null` until it was read, and for good where it was refused. */
  readonly content: FileContent | null;
  /** A refused file is shown with its reason, and not sent. */
  readonly refusal: AttachmentRefusal | null;
}

/** Those that are sent or will be, without the ones that were refused. */
export function takenAttachments(attachments: readonly Attachment[]): readonly Attachment[] {
  return attachments.filter((attachment) => attachment.refusal === null);
}
