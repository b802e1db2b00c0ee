import { useEffect, type RefObject } from 'react';

/** Lets a text area grow with its text where CSS cannot (`field-sizing`). The stylesheet sets the largest height. */
export function useAutosize(ref: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const area = ref.current;
    if (!area || Reflect.has(area.style, 'fieldSizing')) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  }, [ref, text]);
}
