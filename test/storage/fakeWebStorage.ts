export interface FakeWebStorage extends Storage {
  /** How many characters fit, keys included. */
  quota: number;
  /** What is in it. */
  readonly items: Map<string, string>;
  /** Every change, in order. */
  readonly writes: string[];
}

/** `localStorage` as browsers have it, with as much room as the test gives it. */
export function createFakeWebStorage(): FakeWebStorage {
  const items = new Map<string, string>();
  const writes: string[] = [];
  const used = (): number => [...items].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    quota: Infinity,
    items,
    writes,
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    removeItem(key) {
      writes.push(`remove ${key}`);
      items.delete(key);
    },
    setItem(key, value) {
      writes.push(`set ${key}`);
      const before = items.get(key);
      items.set(key, value);
      if (used() <= this.quota) return;
      if (before === undefined) items.delete(key);
      else items.set(key, before);
      throw new DOMException('There is no room.', 'QuotaExceededError');
    },
    clear: () => items.clear(),
  };
}
