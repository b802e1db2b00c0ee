import { visibleText } from './visibleText.js';

/** Whether a text that the agent chose reads like the name of one of the widget's own controls. */
export function isControlName(text: string, controls: readonly string[]): boolean {
  const letters = lettersOf(text);
  return controls.some((control) => lettersOf(control) === letters);
}

function lettersOf(text: string): string {
  return visibleText(text)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}
