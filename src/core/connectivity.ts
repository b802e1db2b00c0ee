/** The network and the page as the platform tells of them: hints, never proof. */
export interface Connectivity {
  /** False only where the platform is sure that nothing can be reached. */
  isOnline(): boolean;
  /** Calls back when waiting may have lost its reason: online again, looked at again, back from sleep. @returns the undoing. */
  onWake(listener: () => void): () => void;
}

/** Of the browser; where there is none, always online. */
export const systemConnectivity: Connectivity = {
  isOnline: () => globalThis.navigator?.onLine !== false,
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
