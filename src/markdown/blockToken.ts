import type { ColumnAlignment } from './block.js';

interface Node {
  /** Place of its first line in the text. */
  readonly start: number;
  /** Whether the next line could still belong to it (if that is so of everything around it). */
  isOpen: boolean;
}

/** What holds other blocks. */
export interface Container extends Node {
  readonly tokens: BlockToken[];
}

export interface ParagraphToken extends Node {
  readonly type: 'paragraph';
  readonly lines: string[];
}

export interface VerbatimToken extends Node {
  readonly type: 'code' | 'html' | 'formula';
  /** What its last line matches; `undefined` for indented code. */
  readonly closing: RegExp | undefined;
  /** What stands after the fence, if there is one. */
  readonly info: string;
  /** Columns before the fence; as many are not part of its lines. */
  readonly indent: number;
  readonly lines: string[];
}

export interface TableToken extends Node {
  readonly type: 'table';
  readonly alignments: readonly ColumnAlignment[];
  /** The first line; like the rows, it is split into cells only when they are read. */
  readonly header: string;
  readonly rows: string[];
}

/** A footnote. It stands at the top level only. */
export interface FootnoteToken extends Container {
  readonly type: 'footnote';
  /** As {@link normalizeLabel} returns it. */
  readonly label: string;
  /** Columns by which its further lines are indented. */
  readonly width: number;
}

export interface QuoteToken extends Container {
  readonly type: 'quote';
}

export interface ItemToken extends Container {
  readonly type: 'item';
  /** Columns before its text, by which its further lines are indented. */
  readonly width: number;
}

export interface ListToken extends Node {
  readonly type: 'list';
  /** The bullet, or what follows the number: entries of one list agree in it. */
  readonly marker: string;
  /** Number of the first entry; `undefined` for a bulleted list. */
  readonly first: number | undefined;
  readonly items: ItemToken[];
}

/** A block as the lexer sees it: lines without the marks of what they stand in; running text is left unread. */
export type BlockToken =
  | ParagraphToken
  | VerbatimToken
  | TableToken
  | QuoteToken
  | FootnoteToken
  | ListToken
  | (Node & { readonly type: 'heading'; readonly depth: number; readonly text: string })
  | (Node & { readonly type: 'rule' })
  | (Node & { readonly type: 'definition' });

/** A link definition, `[label]: destination`, or the beginning of a footnote, `[^label]: text`. */
export interface Definition {
  /** As {@link normalizeLabel} returns it; a footnote's with its `^`. */
  readonly label: string;
  /** Empty for a footnote. */
  readonly href: string;
  /** Its line is not over, so half of the destination may be missing. */
  readonly isCut: boolean;
  /** Place of its line in the text. */
  readonly start: number;
}
