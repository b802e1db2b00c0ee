import { afterEach, expect, test, vi } from 'vitest';
import { downloadBytes } from '../../../src/components/files/downloadBytes.js';
import { sizeOfBase64 } from '../../../src/core/sizeOfBase64.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test.each([
  ['', 0],
  [btoa('a'), 1],
  [btoa('ab'), 2],
  [btoa('abc'), 3],
  [btoa('abcd'), 4],
])('%j stands for %i bytes', (base64, size) => {
  expect(sizeOfBase64(base64)).toBe(size);
});

test('a download is plain bytes under a harmless name, and its address is given back', () => {
  vi.useFakeTimers();
  let saved: Blob | undefined;
  URL.createObjectURL = (blob) => {
    saved = blob as Blob;
    return 'blob:test';
  };
  const revoked: string[] = [];
  URL.revokeObjectURL = (url) => revoked.push(url);
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.download);
  });

  downloadBytes(document, btoa('<script>'), '../plan.html');

  expect(saved?.type).toBe('application/octet-stream');
  expect(saved?.size).toBe(8);
  expect(clicked).toEqual(['.._plan.html']);
  vi.runAllTimers();
  expect(revoked).toEqual(['blob:test']);
});

test('text that is no base64 is left alone', () => {
  const create = vi.fn();
  URL.createObjectURL = create;
  downloadBytes(document, '%%%', 'a');
  expect(create).not.toHaveBeenCalled();
});
