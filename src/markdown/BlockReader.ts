import type { Token, Tokens } from 'marked';
import type { Block, ColumnAlignment, Inline, ListItem, TableRow } from './block.js';
import { unescapeText } from './entities.js';
import { NodeMemory, type LabelLog } from './NodeMemory.js';
import { toChunks } from './OpenFence.js';
import { parseInlines } from './parseInlines.js';
import { appendToRuns } from './runs.js';
import { lengthBeforeTable } from './settledLength.js';

/** Entries of a list, or rows of a table, that are rendered together. */
export const entriesPerRun = 32;

/** What may still be added to the last block of the source: nothing, further lines, or more of its last line. */
export type Openness = 'closed' | 'open' | 'midLine';

/** A block that grows entry by entry. */
export type ContainerBlock = Extract<Block, { type: 'list' | 'table' }>;

/** Turns marked's block tokens into blocks, and keeps the identity of those that are unchanged since the last update. */
export class BlockReader {
  readonly #log: LabelLog = { labels: new Set() };
  readonly #blocks = new NodeMemory<Block>(this.#log);
  readonly #items = new NodeMemory<ListItem>(this.#log);
  readonly #rows = new NodeMemory<TableRow>(this.#log);
  readonly #findDefinition: (label: string) => string | undefined;

  constructor(findDefinition: (label: string) => string | undefined) {
    this.#findDefinition = (label) => {
      this.#log.labels.add(label);
      return findDefinition(label);
    };
  }

  /** Reads a block at the top level. `undefined` for what is not shown (blank lines, definitions). */
  block(token: Token, source: string, key: number, openness: Openness): Block | undefined {
    if (!isShown(token)) return undefined;
    return this.#blocks.recall(key, -1, source, openness, () => {
      const container = this.begin(token, key);
      return container ? this.extend(container, token, 0, openness) : this.#read(token, key, openness);
    });
  }

  /** Reads the beginning of a list or table at the top level: everything but its entries. */
  begin(token: Token, key: number): ContainerBlock | undefined {
    if (token.type !== 'table') return token.type === 'list' ? beginList(token as Tokens.List, key) : undefined;
    const { header } = token as Tokens.Table;
    const source = header.map((cell) => cell.text).join('\n');
    return beginTable(
      token as Tokens.Table,
      key,
      this.#rows.recall(key, -1, source, 'closed', () => this.#row(header, false)),
    );
  }

  /** Appends the token's entries to a list or table, of which `count` entries came before. */
  extend(container: ContainerBlock, token: Token, count: number, openness: Openness): ContainerBlock {
    const { key } = container;
    if (container.type === 'list') {
      const { items, loose } = token as Tokens.List;
      const entries = items.map((item, index) => {
        const itemOpenness = index === items.length - 1 ? openness : 'closed';
        const read = () => this.#item(item, loose, itemOpenness);
        return this.#items.recall(key, count + index, item.raw, itemOpenness, read);
      });
      return { ...container, runs: appendToRuns(container.runs, entries, entriesPerRun) };
    }
    const { rows } = token as Tokens.Table;
    const entries = rows.map((cells, index) => {
      const isOpen = openness === 'midLine' && index === rows.length - 1;
      const source = cells.map((cell) => cell.text).join('\n');
      return this.#rows.recall(key, count + index, source, isOpen ? openness : 'closed', () =>
        this.#row(cells, isOpen),
      );
    });
    return { ...container, runs: appendToRuns(container.runs, entries, entriesPerRun) };
  }

  /** Reads again what asked for one of `labels` in a block read earlier; the rest keeps its identity. */
  refresh(block: Block, labels: ReadonlySet<string>): Block {
    const isContainer = block.type === 'list' || block.type === 'table';
    return isContainer ? this.refreshContainer(block, labels) : this.#blocks.refresh(block, labels);
  }

  /** The same for a list or table. */
  refreshContainer(block: ContainerBlock, labels: ReadonlySet<string>): ContainerBlock {
    if (block.type === 'list') return withRuns(block, (item: ListItem) => this.#items.refresh(item, labels));
    const header = this.#rows.refresh(block.header, labels);
    const table = header === block.header ? block : { ...block, header };
    return withRuns(table, (row: TableRow) => this.#rows.refresh(row, labels));
  }

  /** Makes the next reading see that the definitions of `labels` changed. */
  forget(labels: ReadonlySet<string>): void {
    for (const memory of [this.#blocks, this.#items, this.#rows]) memory.forget(labels);
  }

  /** Drops what is remembered of blocks before `offset`, but for the entries from `count` on of the block at `key`. */
  prune(offset: number, key: number | undefined, count: number): void {
    const isOver = (place: number, index: number) => (place === key ? index >= 0 && index < count : place < offset);
    for (const memory of [this.#blocks, this.#items, this.#rows]) memory.prune(isOver);
  }

  #read(token: Token, key: number, openness: Openness): Block {
    const isOpen = openness !== 'closed';
    switch (token.type) {
      case 'heading': {
        const { text, depth } = token as Tokens.Heading;
        return { key, type: 'heading', depth, inlines: this.#inlines(text, openness === 'midLine') };
      }
      case 'code': {
        const { raw, text, codeBlockStyle } = token as Tokens.Code;
        const info = codeBlockStyle ? '' : (/^ *(?:`+|~+)([^\n]*)/.exec(raw)?.[1] ?? '');
        return { key, type: 'code', language: languageOf(info), chunks: toChunks(text.replace(/\n$/, '')) };
      }
      case 'blockquote':
        return { key, type: 'quote', blocks: this.#nested((token as Tokens.Blockquote).tokens, openness) };
      case 'list': {
        const list = token as Tokens.List;
        const last = list.items.length - 1;
        const items = list.items.map((item, index) =>
          this.#item(item, list.loose, index === last ? openness : 'closed'),
        );
        return { ...beginList(list, key), runs: appendToRuns([], items, entriesPerRun) };
      }
      case 'table': {
        const table = token as Tokens.Table;
        const last = openness === 'midLine' ? table.rows.length - 1 : -1;
        const rows = table.rows.map((cells, index) => this.#row(cells, index === last));
        return {
          ...beginTable(table, key, this.#row(table.header, false)),
          runs: appendToRuns([], rows, entriesPerRun),
        };
      }
      case 'hr':
        return { key, type: 'rule' };
      case 'html':
        return { key, type: 'html', text: (token as Tokens.HTML).text.trimEnd() };
      default: {
        const { text } = token as Tokens.Paragraph;
        const shown = isOpen ? text.slice(0, lengthBeforeTable(text)) : text;
        return { key, type: 'paragraph', inlines: this.#inlines(shown, isOpen) };
      }
    }
  }

  #nested(tokens: readonly Token[], openness: Openness): Block[] {
    const last = tokens.at(-1);
    return tokens.filter(isShown).map((token, index) => this.#read(token, index, token === last ? openness : 'closed'));
  }

  #item(item: Tokens.ListItem, isLoose: boolean, openness: Openness): ListItem {
    if (!item.task) return { blocks: this.#nested(item.tokens, openness) };
    // In a loose list marked puts the box back into the text.
    const tokens = item.tokens.map((token, index) =>
      isLoose && index === 0 && 'text' in token
        ? { ...token, text: (token as Tokens.Text).text.replace(/^\[[ xX]\][ \t]+/, '') }
        : token,
    );
    return { checked: item.checked === true, blocks: this.#nested(tokens, openness) };
  }

  #row(cells: readonly Tokens.TableCell[], isOpen: boolean): TableRow {
    const last = cells.findLastIndex((cell) => cell.text !== '');
    return cells.map((cell, index) => this.#inlines(cell.text, isOpen && index === last));
  }

  #inlines(text: string, isOpen: boolean): Inline[] {
    return parseInlines(text, { findDefinition: this.#findDefinition, isOpen });
  }
}

function beginList(list: Tokens.List, key: number): Extract<Block, { type: 'list' }> {
  return { key, type: 'list', start: list.ordered ? Number(list.start) : undefined, runs: [] };
}

function beginTable(table: Tokens.Table, key: number, header: TableRow): Extract<Block, { type: 'table' }> {
  const alignments = table.align.map((align): ColumnAlignment => align ?? undefined);
  return { key, type: 'table', alignments, header, runs: [] };
}

/** The token that text appended to the source would belong to: the last one, unless a blank line follows it. */
export function lastOpen(tokens: readonly Token[]): Token | undefined {
  const last = tokens.at(-1);
  return last?.type === 'space' && !/\n[ \t]*\n/.test(last.raw) ? tokens.at(-2) : last;
}

/** The first word of a fence's info text. */
export function languageOf(info: string): string {
  return /\S+/.exec(unescapeText(info))?.[0] ?? '';
}

function isShown(token: Token): boolean {
  return token.type !== 'space' && token.type !== 'def' && token.type !== 'checkbox';
}

function withRuns<T, B extends { readonly runs: readonly (readonly T[])[] }>(block: B, refresh: (entry: T) => T): B {
  let isChanged = false;
  const runs = block.runs.map((run) => {
    const refreshed = run.map(refresh);
    if (refreshed.every((entry, index) => entry === run[index])) return run;
    isChanged = true;
    return refreshed;
  });
  return isChanged ? { ...block, runs } : block;
}
