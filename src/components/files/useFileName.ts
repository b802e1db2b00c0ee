import type { FileContent } from '../../core/message.js';
import { revealControls } from '../controls/revealControls.js';
import { useWidget } from '../WidgetContext.js';

/** What a file is called, with nothing hidden in it. */
export function useFileName({ name }: FileContent): string {
  const { labels } = useWidget();
  return revealControls(name ?? '') || labels.file;
}
