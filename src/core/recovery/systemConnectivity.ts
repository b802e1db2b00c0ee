import { isOnline, type Connectivity } from '../connectivity.js';

/** Of the browser; where there is none, always online. */
export const systemConnectivity: Connectivity = {
  isOnline,
  onWake(listener) {
    if (typeof document === 'undefined') return () => undefined;
    const look = (): void => {
      if (document.visibilityState === 'visible') listener();
    };
    // `resume` is what a frozen page hears instead of `visibilitychange`.
    const sources = [
      [window, 'online', listener],
      [window, 'pageshow', listener],
      [document, 'visibilitychange', look],
      [document, 'resume', listener],
    ] as const;
    for (const [target, type, heard] of sources) target.addEventListener(type, heard);
    return () => {
      for (const [target, type, heard] of sources) target.removeEventListener(type, heard);
    };
  },
};
