import type { WidgetMode } from '../WidgetContext.js';

const KEY = 'agent-chat-widget:size:';

/** Gives the panel the size that the visitor has dragged it to, in this browser. */
export function applyPanelSize({ style }: HTMLElement, mode: WidgetMode): void {
  try {
    const lengths =
      localStorage
        .getItem(KEY + mode)
        ?.split(' ')
        .map(Number) ?? [];
    // What is in the storage may be anybody's.
    if (lengths.length !== 2 || !lengths.every((length) => length > 0)) return;
    style.setProperty('--ac-panel-width', `${lengths[0]}px`);
    style.setProperty('--ac-panel-height', `${lengths[1]}px`);
  } catch {
    // Forbidden: the size lasts as long as the page.
  }
}

/** Keeps the size of the panel, in CSS pixels; `null` forgets it. */
export function keepPanelSize(
  mode: WidgetMode,
  size: { readonly width: number; readonly height: number } | null,
): void {
  try {
    if (size) localStorage.setItem(KEY + mode, `${size.width} ${size.height}`);
    else localStorage.removeItem(KEY + mode);
  } catch {
    // Forbidden, or full.
  }
}
