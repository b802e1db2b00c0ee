interface Memory<T> {
  readonly key: number;
  readonly index: number;
  readonly node: T;
  readonly source: string;
  readonly openness: string;
  /** Labels of link definitions that were asked for, found or not. */
  readonly labels: ReadonlySet<string>;
  readonly read: () => T;
}

/** Collects the labels that are asked for while a node is read. */
export interface LabelLog {
  labels: Set<string>;
}

/**
 * Remembers the nodes of the text's open end, so that one whose source is unchanged is the same object in the next update; and
 * how to read a node again when a link definition that it asked for comes later.
 */
export class NodeMemory<T extends object> {
  readonly #log: LabelLog;
  readonly #origins = new WeakMap<T, Memory<T>>();
  readonly #known = new Map<string, Memory<T>>();

  constructor(log: LabelLog) {
    this.#log = log;
  }

  /** Returns the node remembered for entry `index` of the block at `key` if source and openness are the same, otherwise reads it. */
  recall(key: number, index: number, source: string, openness: string, read: () => T): T {
    const known = this.#known.get(`${key}:${index}`);
    const isSame = known?.source === source && known.openness === openness;
    const memory = isSame ? known : this.#read({ key, index, source, openness, read });
    for (const label of memory.labels) this.#log.labels.add(label);
    if (!isSame) this.#known.set(`${key}:${index}`, memory);
    return memory.node;
  }

  /** Reads a node again if it asked for one of `labels`; otherwise returns it as it is. */
  refresh(node: T, labels: ReadonlySet<string>): T {
    const memory = this.#origins.get(node);
    return memory && isStale(memory, labels) ? this.#read(memory).node : node;
  }

  /** Forgets the nodes that asked for one of `labels`, so that they are read anew. */
  forget(labels: ReadonlySet<string>): void {
    for (const [id, memory] of this.#known) if (isStale(memory, labels)) this.#known.delete(id);
  }

  /** Forgets the nodes whose place is behind the open end of the text: nobody will ask for them again. */
  prune(isOver: (key: number, index: number) => boolean): void {
    for (const [id, { key, index }] of this.#known) if (isOver(key, index)) this.#known.delete(id);
  }

  #read({ key, index, source, openness, read }: Omit<Memory<T>, 'node' | 'labels'>): Memory<T> {
    const outer = this.#log.labels;
    const labels = new Set<string>();
    this.#log.labels = labels;
    try {
      const memory = { key, index, source, openness, read, node: read(), labels };
      if (labels.size > 0) this.#origins.set(memory.node, memory);
      return memory;
    } finally {
      this.#log.labels = outer;
    }
  }
}

function isStale(memory: Memory<object>, labels: ReadonlySet<string>): boolean {
  for (const label of memory.labels) if (labels.has(label)) return true;
  return false;
}
