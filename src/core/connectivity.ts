/** The network and the page as the platform tells of them: hints, never proof. */
export interface Connectivity {
  /** False only where the platform is sure that nothing can be reached. */
  isOnline(): boolean;
  /** Calls back when waiting may have lost its reason: online again, looked at again, back from sleep. @returns the undoing. */
  onWake(listener: () => void): () => void;
}

/** What the platform says, where nobody else is asked; without a browser, always online. */
export function isOnline(): boolean {
  return globalThis.navigator?.onLine !== false;
}
