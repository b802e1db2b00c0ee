/** A piece of running text. A plain string is text; a line feed in it is a soft line break. */
export type Inline =
  | string
  | { readonly type: 'emphasis' | 'strong' | 'deleted'; readonly children: readonly Inline[] }
  | {
      readonly type: 'code';
      readonly text: string;
      /** `text` is a formula as it was written, with what encloses it. */
      readonly isFormula?: true;
    }
  | {
      readonly type: 'link';
      /** As written by the author, decoded but not judged: pass it through `safeUrl` before use. */
      readonly href: string;
      readonly children: readonly Inline[];
    }
  | {
      readonly type: 'footnote';
      /** The `key` of the footnote's block. */
      readonly target: number;
      readonly number: number;
    }
  | { readonly type: 'image'; readonly source: string; readonly alternative: string }
  | { readonly type: 'break' };

/** One entry of a list. Entries are compared by identity: an unchanged entry is the same object. */
export interface ListItem {
  readonly blocks: readonly Block[];
  /** Present where the entry is a task. */
  readonly checked?: boolean;
}

/** One row of a table: its cells' text, as many as the table has columns. */
export type TableRow = readonly (readonly Inline[])[];

/** How a column is aligned; `undefined` where the author left it open. */
export type ColumnAlignment = 'left' | 'center' | 'right' | undefined;

/**
 * A block of a markdown text. Blocks are compared by identity: as long as a block is unchanged, the parser returns the
 * same object for it, so that a memoised view of it need not look inside.
 *
 * `key` is the block's place: the offset of its first character at the top level, its index inside another block. It
 * never changes while the text grows.
 */
export type Block = { readonly key: number } & (
  | { readonly type: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly type: 'heading'; readonly depth: number; readonly inlines: readonly Inline[] }
  | {
      readonly type: 'code';
      /** First word after the fence; empty where there is none; `math` for a formula. */
      readonly language: string;
      /** Nothing is added to it any more. */
      readonly isComplete: boolean;
      /** The code in runs of whole lines: joined they are the code without its last line feed. */
      readonly chunks: readonly string[];
    }
  /** A footnote stands where its author wrote it, so that nothing moves when it arrives; they are numbered in that order. */
  | { readonly type: 'footnote'; readonly number: number; readonly blocks: readonly Block[] }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly type: 'list';
      /** Number of the first entry; `undefined` for a bulleted list. */
      readonly start: number | undefined;
      /** The entries in runs, so that appending one touches the last run only. */
      readonly runs: readonly (readonly ListItem[])[];
    }
  | {
      readonly type: 'table';
      readonly alignments: readonly ColumnAlignment[];
      readonly header: TableRow;
      /** The rows in runs, as with a list's entries. */
      readonly runs: readonly (readonly TableRow[])[];
    }
  | { readonly type: 'rule' }
  | { readonly type: 'html'; readonly text: string }
);
