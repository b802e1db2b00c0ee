import { useLayoutEffect, useState } from 'react';
import type { FileContent } from '../../core/message.js';
import { safeUrl } from '../../markdown/safeUrl.js';
import { decodeBase64 } from './decodeBase64.js';
import { typeOfFile } from './fileType.js';

/**
 * An address under which a file can be drawn, as long as it is shown: its own, or one made of its bytes.
 *
 * @param onError is called where the bytes are none.
 * @returns `null` until there is one.
 */
export function useFileUrl(file: FileContent, onError: () => void): string | null {
  const [made, setMade] = useState<string | null>(null);
  const { bytes } = file;
  const type = typeOfFile(file);
  // Before the first paint, so that no empty frame shows.
  useLayoutEffect(() => {
    if (bytes === undefined) return undefined;
    const content = decodeBase64(bytes);
    if (!content) {
      onError();
      return undefined;
    }
    const url = URL.createObjectURL(new Blob([content], { type }));
    setMade(url);
    return () => URL.revokeObjectURL(url);
    // The same bytes are the same picture, whoever asks.
  }, [bytes, type]);
  return bytes === undefined ? safeUrl(file.uri ?? '') : made;
}
