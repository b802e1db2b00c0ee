import { useSyncExternalStore as useStore } from 'react';

// @ts-expect-error React's types are those of a script, its module is one
export * from 'react';

/** React's own renders a server's first page; on a page that has been there for a while every store shows what it holds. */
export function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, getSnapshot: () => T): T {
  return useStore(subscribe, getSnapshot, getSnapshot);
}
