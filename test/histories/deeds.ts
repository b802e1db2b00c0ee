import type { Tab } from './openTab.js';

/** Something that a visitor wrote. */
export interface Token {
  /** The tab in which. */
  readonly session: Storage;
  /** And in which conversation; `null` where that was left while it was brought back: then it may have gone along into the next. */
  readonly conversationId: string | null;
  /** Whether the storage knew by then whose it is. */
  readonly isOwned: boolean;
}

/** What people did, as far as a promise depends on it. */
export interface Deeds {
  typed: number;
  /** What was typed and has to be somewhere. */
  readonly tokens: Map<string, Token>;
  /** What was sent, and is not known to be kept yet. */
  readonly unkept: Set<string>;
  /** What a page was still writing behind a conversation that it had left, when it died. */
  readonly takenAlong: Set<string>;
  /** What somebody else had typed, who has gone. */
  readonly foreign: Set<string>;
  /** What conversations were called last, by id, and whether the page has said that this is kept. */
  readonly names: Map<string, { readonly name: string; readonly isKept: boolean }>;
  /** The conversations of whoever is there. */
  readonly conversations: Set<string>;
  /** Those that were looked at when all had come to rest. */
  readonly judged: Set<string | null>;
  /** Words that stood there then. */
  readonly found: Set<string>;
  /** How often somebody allowed a call again that had been cut short. */
  readonly rerunsAllowed: Map<string, number>;
  /** Calls that somebody allowed. */
  readonly allowed: Set<string>;
  /** How much had happened when this page was stopped last. */
  readonly stopped: Map<string, { readonly log: number; readonly attempts: number }>;
  /** How often somebody asked for another try, or took up again what was left. */
  retried: number;
  /** Pages that are gone, or show something else now. */
  readonly left: Set<Tab>;
}

export function createDeeds(): Deeds {
  return {
    ...{
      typed: 0,
      tokens: new Map(),
      unkept: new Set(),
      takenAlong: new Set(),
      foreign: new Set(),
      names: new Map(),
      conversations: new Set(),
      judged: new Set(),
      found: new Set(),
    },
    ...{ rerunsAllowed: new Map(), allowed: new Set(), stopped: new Map() },
    ...{ retried: 0, left: new Set() },
  };
}

/** Whether one of them has said that nothing is kept. */
export const mayForget = (left: ReadonlySet<Tab>): boolean => [...left].some((tab) => tab.isForgetful());

export const wordsOf = (text: string): readonly string[] => text.split(/\s+/);
