const END = '|';

/** A key of parts. Each part is closed, so that the key of some is a prefix of exactly the keys that go on with others; no part can contain an end. */
function toKey(parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[%|]/g, encodeURIComponent) + END).join('');
}

/** Where records are. With less than the whole path it is the prefix of all that lie there. */
export interface RecordKeys {
  readonly all: string;
  /** Owner, conversation. */
  conversation(...path: readonly string[]): string;
  /** Owner, conversation, message. */
  message(...path: readonly string[]): string;
  /** Owner, time, former key. */
  unreadable(...path: readonly string[]): string;
  /** Owner, conversation. */
  draft(...path: readonly string[]): string;
  /** What comes after the kind: the owner first. */
  pathOf(key: string): readonly string[];
}

/** @param space - what the records belong to: one widget's page, proxy and agent. */
export function createRecordKeys(space: readonly string[]): RecordKeys {
  const of =
    (kind: string) =>
    (...path: readonly string[]) =>
      toKey([...space, kind, ...path]);
  return {
    all: toKey(space),
    conversation: of('conversation'),
    message: of('message'),
    unreadable: of('unreadable'),
    draft: of('draft'),
    pathOf: (key) =>
      key
        .split(END)
        .slice(space.length + 1, -1)
        .map((part) => part.replace(/%25|%7C/g, decodeURIComponent)),
  };
}
