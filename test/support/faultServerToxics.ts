/** What a network does to a connection, by Toxiproxy's names. `stream` says which direction; default: what the server sends. */
export type Toxic = { readonly stream?: Direction } & (
  | { readonly type: 'latency'; readonly ms: number }
  /** Connections are refused, and those that are open are gone. */
  | { readonly type: 'down' }
  | { readonly type: 'bandwidth'; readonly bytesPerSecond: number }
  /** The end of a connection comes so much later. */
  | { readonly type: 'slow_close'; readonly ms: number }
  /** Nothing gets through any more. The connection is closed after that time; with 0 it stays open, and what is held gets through once the toxic is gone. */
  | { readonly type: 'timeout'; readonly ms: number }
  /** The next bytes are lost, and so much later the connection is reset. */
  | { readonly type: 'reset_peer'; readonly ms: number }
  | { readonly type: 'slicer'; readonly bytes: number; readonly ms: number }
  /** Closes the connection once so many bytes have passed. */
  | { readonly type: 'limit_data'; readonly bytes: number }
);

export type Direction = 'upstream' | 'downstream';
type Kind = Toxic['type'];
type Of<K extends Kind> = Extract<Toxic, { readonly type: K }>;

/** The toxics that are at work. They may change at any time, also under open connections. */
export interface ToxicSet {
  find<K extends Kind>(type: K, stream: Direction): Of<K> | undefined;
  set(toxics: readonly Toxic[]): void;
  /** Calls back after every change. @returns the undoing. */
  onChange(listener: () => void): () => void;
}

export function createToxicSet(): ToxicSet {
  let current: readonly Toxic[] = [];
  const listeners = new Set<() => void>();
  return {
    find: (type, stream) =>
      current.find(
        (toxic): toxic is Of<typeof type> => toxic.type === type && (toxic.stream ?? 'downstream') === stream,
      ),
    set(toxics) {
      current = toxics;
      for (const listener of [...listeners]) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
