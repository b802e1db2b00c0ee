import { decodeBase64 } from './decodeBase64.js';

/**
 * Saves base64 bytes as a file. Always as plain bytes, whatever type the wire claims: a `blob:` page of type HTML would run on the host's origin.
 * Text that is no base64 is left alone.
 */
export function downloadBytes(document: Document, base64: string, name: string): void {
  const bytes = decodeBase64(base64);
  if (!bytes) return;
  saveBlob(document, new Blob([bytes], { type: 'application/octet-stream' }), name);
}

/** Saves a blob as a file, under a name that is one on every system. */
export function saveBlob(document: Document, blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name.replace(/[\\/:*?"<>|]/g, '_');
  link.click();
  // Safari reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
