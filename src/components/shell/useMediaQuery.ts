import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query matches. `false` on a server and in the first render of a browser, so that both draw the same. */
export function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (typeof matchMedia !== 'function') return () => undefined;
      const media = matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  const read = (): boolean => typeof matchMedia === 'function' && matchMedia(query).matches;
  return useSyncExternalStore(subscribe, read, () => false);
}
