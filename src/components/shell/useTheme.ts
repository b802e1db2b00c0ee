import { useSyncExternalStore } from 'react';
import type { WidgetTheme } from '../WidgetContext.js';

const KEY = 'agent-chat-widget:theme';
const listeners = new Set<() => void>();

/** The theme to use. Where the host leaves it to the system, the visitor may choose: for all widgets of this browser. */
export function useTheme(given: WidgetTheme): {
  readonly theme: WidgetTheme;
  readonly setTheme: ((theme: WidgetTheme) => void) | undefined;
} {
  const chosen = useSyncExternalStore(subscribe, readChosen, () => 'system' as const);
  return given === 'system' ? { theme: chosen, setTheme: choose } : { theme: given, setTheme: undefined };
}

let chosen: WidgetTheme | null = null;

function readChosen(): WidgetTheme {
  if (chosen === null) {
    const kept = inStorage((storage) => storage.getItem(KEY));
    chosen = kept === 'light' || kept === 'dark' ? kept : 'system';
  }
  return chosen;
}

function choose(theme: WidgetTheme): void {
  chosen = theme;
  inStorage((storage) => (theme === 'system' ? storage.removeItem(KEY) : storage.setItem(KEY, theme)));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function inStorage<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(localStorage);
  } catch {
    return null; // forbidden, or full: it lasts as long as the page
  }
}
