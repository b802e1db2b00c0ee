/** Text by key, anywhere: all that a backend has to offer. Whatever goes wrong rejects. */
export interface KeyValueStore {
  /** Everything whose key begins so. What somebody else put there may be no text. */
  read(prefix: string): Promise<ReadonlyMap<string, unknown>>;
  /** The keys that begin so. */
  keys(prefix: string): Promise<readonly string[]>;
  /** All or nothing. Keys that are not there are removed without complaint. */
  write(puts: ReadonlyMap<string, string>, removals: readonly string[]): Promise<void>;
}

/** True where a backend has no room left: making some may help. */
export function isQuotaExceeded(error: unknown): boolean {
  // By its name: the storage may be that of another frame, whose errors are not errors of this one.
  const name = (error as { readonly name?: unknown } | null)?.name;
  return name === 'QuotaExceededError' || name === 'NS_ERROR_DOM_QUOTA_REACHED'; // the second is Firefox's older word
}
