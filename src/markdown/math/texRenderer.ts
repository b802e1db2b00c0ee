import type { renderTex } from './renderTex.js';

type Renderer = typeof renderTex;

let loaded: Renderer | undefined;
let isLoading = false;
const listeners = new Set<() => void>();

/** What draws formulas, as a store: it is fetched with the first one that is shown. Where it cannot be had, the next one tries again. */
export const texRenderer = {
  get: (): Renderer | undefined => loaded,
  /** A server has no browser to fetch it for, and what a browser hydrates has to look the same at first. */
  getOnServer: (): undefined => undefined,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    void load();
    return () => listeners.delete(listener);
  },
};

async function load(): Promise<void> {
  if (loaded || isLoading) return;
  isLoading = true;
  try {
    ({ renderTex: loaded } = await import('./renderTex.js'));
    for (const listener of listeners) listener();
  } catch {
    // Formulas stay as they were written.
  } finally {
    isLoading = false;
  }
}
