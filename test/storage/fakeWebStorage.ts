export interface FakeWebStorage extends Storage {
  /** How many characters fit, keys included. */
  quota: number;
  /** What every write throws from now on. */
  failure: Error | null;
  /** What is in it. */
  readonly items: Map<string, string>;
  /** Every change, in order. */
  readonly writes: string[];
}

/** `localStorage` as browsers have it, with as much room as the test gives it. */
export function createFakeWebStorage(): FakeWebStorage {
  const items = new Map<string, string>();
  const writes: string[] = [];
  /** In their order, as long as they are the same. */
  let keys: string[] | null = null;
  const used = (): number => [...items].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    quota: Infinity,
    failure: null,
    items,
    writes,
    get length() {
      return items.size;
    },
    key: (index) => (keys ??= [...items.keys()])[index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    removeItem(key) {
      writes.push(`remove ${key}`);
      keys = null;
      items.delete(key);
    },
    setItem(key, value) {
      if (this.failure) throw this.failure;
      writes.push(`set ${key}`);
      keys = null;
      const before = items.get(key);
      items.set(key, value);
      if (this.quota === Infinity || used() <= this.quota) return;
      if (before === undefined) items.delete(key);
      else items.set(key, before);
      throw new DOMException('There is no room.', 'QuotaExceededError');
    },
    clear() {
      keys = null;
      items.clear();
    },
  };
}
