import type { ComponentType } from 'react';
import type { Slots } from './slots.js';
import { useWidget } from './WidgetContext.js';

/** The host's component for a slot, ours where it gave none, or one that renders nothing where it said `null`. */
export function useSlot<K extends keyof Slots>(name: K, fallback: NonNullable<Slots[K]>): NonNullable<Slots[K]> {
  const replacement = useWidget().slots[name];
  if (replacement === null) return Nothing as NonNullable<Slots[K]>;
  return replacement ?? fallback;
}

const Nothing: ComponentType = () => null;
