import { createStore as createVanillaStore } from 'zustand/vanilla';

/** State to read and to follow. Nobody outside the conversation can write it. */
export interface ReadonlyStore<T> {
  getState(): T;
  getInitialState(): T;
  /** Calls `listener` after every change. @returns the undoing. */
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
    subscribe: (listener) => store.subscribe(() => listener()),
    setState: (next) => store.setState(next, true),
  };
}
