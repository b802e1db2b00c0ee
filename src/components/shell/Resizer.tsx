import { useEffect, useRef, useState, type ReactNode } from 'react';
import { keepPanelSize } from './panelSize.js';
import { ResizeHandle } from './ResizeHandle.js';
import { useCommitEffect } from '../controls/useCommitEffect.js';
import { useWidget } from '../WidgetContext.js';

/** The size of the panel, in CSS pixels. */
export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

const LEAST: PanelSize = { width: 320, height: 320 };
/** What stays free around a panel of the largest size: for the bubble, its launcher and the insets. */
const FREE: PanelSize = { width: 40, height: 96 };
const WIDEST = 1200;

/** The edges of the panel, to be dragged or moved with the arrow keys. The menu's "Enlarge window" takes back what was dragged. */
export function Resizer(): ReactNode {
  const { mode, labels, panelRef, isEnlarged } = useWidget();
  const [size, setSize] = useState<PanelSize>(LEAST);
  useEffect(() => {
    const panel = panelRef.current;
    if (!panel || typeof ResizeObserver !== 'function') return undefined;
    const observer = new ResizeObserver(() => setSize({ width: panel.offsetWidth, height: panel.offsetHeight }));
    observer.observe(panel);
    return () => observer.disconnect();
  }, [panelRef]);

  const wasEnlarged = useRef(isEnlarged);
  // With what makes it large, not after it: preact would come to it while sizes are being told of, which is an error that the host page hears of.
  useCommitEffect(() => {
    if (wasEnlarged.current === isEnlarged) return;
    wasEnlarged.current = isEnlarged;
    reset();
  });

  function reset(): void {
    panelRef.current?.style.removeProperty('--ac-panel-width');
    panelRef.current?.style.removeProperty('--ac-panel-height');
    keepPanelSize(mode, null);
  }
  function resize(wanted: Partial<PanelSize>): void {
    const panel = panelRef.current;
    if (!panel) return;
    const most = mostOf();
    for (const side of ['width', 'height'] as const) {
      const length = wanted[side];
      if (length === undefined) continue;
      const fit = Math.round(Math.min(most[side], Math.max(LEAST[side], length)));
      panel.style.setProperty(`--ac-panel-${side}`, `${fit}px`);
    }
    keepPanelSize(mode, { width: panel.offsetWidth, height: panel.offsetHeight });
  }
  const shared = { size, least: LEAST, most: mostOf(), onResize: resize, onReset: reset };
  return (
    <>
      <ResizeHandle side="width" label={labels.panelWidth} {...shared} />
      {mode === 'bubble' && <ResizeHandle side="height" label={labels.panelHeight} {...shared} />}
    </>
  );
}

function mostOf(): PanelSize {
  return {
    width: Math.max(LEAST.width, Math.min(WIDEST, innerWidth - FREE.width)),
    height: Math.max(LEAST.height, innerHeight - FREE.height),
  };
}
