import { fromKey, toKey } from './toKey.js';

/** Where records are. With less than the whole path it is the prefix of all that lie there. */
export interface RecordKeys {
  readonly all: string;
  /** Owner, conversation. */
  conversation(...path: readonly string[]): string;
  /** Owner, conversation, message. */
  message(...path: readonly string[]): string;
  /** Owner, conversation. */
  title(...path: readonly string[]): string;
  /** Owner, time, former key. */
  unreadable(...path: readonly string[]): string;
  /** What comes after the kind: the owner first. */
  pathOf(key: string): readonly string[];
}

/** @param space - what the records belong to: one proxy, one agent. */
export function createRecordKeys(space: readonly string[]): RecordKeys {
  const of =
    (kind: string) =>
    (...path: readonly string[]) =>
      toKey([...space, kind, ...path]);
  return {
    all: toKey(space),
    conversation: of('conversation'),
    message: of('message'),
    title: of('title'),
    unreadable: of('unreadable'),
    pathOf: (key) => fromKey(key).slice(space.length + 1),
  };
}
