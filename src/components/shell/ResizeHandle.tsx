import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { PanelSize } from './Resizer.js';
import { useWidget } from '../WidgetContext.js';

/** How far an arrow key moves an edge, in CSS pixels. */
const STEP = 16;

/** One edge of the panel: the one that faces the page. Renders a `<div role="separator">` that the keyboard can reach; a double click takes everything back. */
export function ResizeHandle({ side, label, size, least, most, onResize, onReset }: ResizeHandleProps): ReactNode {
  const { panelId, panelRef } = useWidget();
  const grip = useRef<{ readonly at: number; readonly length: number } | null>(null);
  const isWidth = side === 'width';

  /** Which way is larger: the panel hangs on the end side of the page and on its bottom. */
  function direction(): 1 | -1 {
    return isWidth && panelRef.current && getComputedStyle(panelRef.current).direction === 'rtl' ? 1 : -1;
  }
  function handleKeyDown(event: KeyboardEvent): void {
    const [back, forth] = isWidth ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = event.key === back ? -1 : event.key === forth ? 1 : 0;
    const length =
      event.key === 'Home' ? least[side] : event.key === 'End' ? most[side] : size[side] + step * direction() * STEP;
    if (length === size[side]) return;
    event.preventDefault();
    onResize({ [side]: length });
  }
  function handlePointerDown(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { at: isWidth ? event.clientX : event.clientY, length: size[side] };
  }
  function handlePointerMove(event: PointerEvent): void {
    if (!grip.current) return;
    const moved = (isWidth ? event.clientX : event.clientY) - grip.current.at;
    onResize({ [side]: grip.current.length + moved * direction() });
  }
  function handlePointerEnd(): void {
    grip.current = null;
  }

  return (
    <div
      className="ac-resize"
      data-ac={`resize-${side}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={panelId}
      aria-orientation={isWidth ? 'vertical' : 'horizontal'}
      aria-valuenow={size[side]}
      aria-valuemin={least[side]}
      aria-valuemax={Math.max(most[side], size[side])}
      onKeyDown={handleKeyDown}
      // Text beside the edge is not to be selected.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={handlePointerDown}
      onPointerMove={handlePointerMove}
      onPointerUp={handlePointerEnd}
      onPointerCancel={handlePointerEnd}
      onDoubleClick={onReset}
    />
  );
}

export interface ResizeHandleProps {
  readonly side: keyof PanelSize;
  readonly label: string;
  readonly size: PanelSize;
  readonly least: PanelSize;
  readonly most: PanelSize;
  readonly onResize: (size: Partial<PanelSize>) => void;
  readonly onReset: () => void;
}
