import { useState } from 'react';

/** Keeps the identity of an object or list while its entries stay the same, so that one written inline does not re-render the widget with its host. */
export function useShallowStable<T extends object | undefined>(value: T): T {
  const [stable, setStable] = useState(value);
  if (isShallowEqual(stable, value)) return stable;
  setStable(value);
  return value;
}

function isShallowEqual(a: object | undefined, b: object | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (!a || !b) return false;
  const entries: readonly [string, unknown][] = Object.entries(a);
  const others = b as Readonly<Record<string, unknown>>;
  return entries.length === Object.keys(b).length && entries.every(([key, value]) => Object.is(value, others[key]));
}
