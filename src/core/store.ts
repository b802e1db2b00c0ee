import { createStore as createVanillaStore } from 'zustand/vanilla';

/** State to read and to follow. Nobody outside the conversation can write it. */
export interface ReadonlyStore<T> {
  getState(): T;
  getInitialState(): T;
  /** Calls `listener` after every change; what it throws is reported to the console. @returns the undoing. */
  subscribe(listener: () => void): () => void;
}

export interface Store<T> extends ReadonlyStore<T> {
  setState(next: T): void;
}

/** The only place that knows which library holds the state. */
export function createStore<T>(initial: T): Store<T> {
  const store = createVanillaStore<T>(() => initial);
  return {
    getState: store.getState,
    getInitialState: store.getInitialState,
    subscribe: (listener) => store.subscribe(() => notify(listener)),
    setState: (next) => store.setState(next, true),
  };
}

// Thrown on, it would end the run whose event was being applied, and keep the other listeners from hearing of it.
function notify(listener: () => void): void {
  try {
    listener();
  } catch (thrown) {
    console.error(
      'agent-chat-widget: a subscriber threw. The conversation goes on; please mend the subscriber.',
      thrown,
    );
  }
}
