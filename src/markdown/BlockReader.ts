import type { Block, Inline, ListItem, TableRow } from './block.js';
import type { BlockToken, ItemToken, ListToken, TableToken } from './blockToken.js';
import { unescapeText } from './entities.js';
import type { MathSupport } from './MathSupport.js';
import { NodeMemory, type LabelLog } from './NodeMemory.js';
import { toChunks } from './OpenFence.js';
import { parseInlines } from './parseInlines.js';
import { appendToRuns } from './runs.js';
import { lengthBeforeTable } from './settledLength.js';
import { tableCells } from './tableCells.js';

/** Entries of a list, or rows of a table, that are rendered together. */
const entriesPerRun = 32;

/** What may still be added to the last block of the source: nothing, further lines, or more of its last line. */
export type Openness = 'closed' | 'open' | 'midLine';

/** A block that grows entry by entry. */
export type ContainerBlock = Extract<Block, { type: 'list' | 'table' }>;

/** Turns the lexer's tokens into blocks, and keeps the identity of those that are unchanged since the last update. */
export class BlockReader {
  readonly #log: LabelLog = { labels: new Set() };
  readonly #blocks = new NodeMemory<Block>(this.#log);
  readonly #items = new NodeMemory<ListItem>(this.#log);
  readonly #rows = new NodeMemory<TableRow>(this.#log);
  readonly #findDefinition: (label: string) => string | undefined;
  readonly #math: MathSupport | undefined;

  constructor(findDefinition: (label: string) => string | undefined, math: MathSupport | undefined) {
    this.#math = math;
    this.#findDefinition = (label) => {
      this.#log.labels.add(label);
      return findDefinition(label);
    };
  }

  /** Reads a block at the top level. `undefined` for a definition, which is not shown. */
  block(token: BlockToken, source: string, key: number, openness: Openness): Block | undefined {
    if (token.type === 'definition') return undefined;
    return this.#blocks.recall(key, -1, source, openness, () => {
      const container = this.begin(token, key);
      return container ? this.extend(container, token, source, 0, openness) : this.#read(token, key, openness);
    });
  }

  /** Reads the beginning of a list or table at the top level: everything but its entries. */
  begin(token: BlockToken, key: number): ContainerBlock | undefined {
    if (token.type === 'list') return beginList(token, key);
    if (token.type !== 'table') return undefined;
    const header = this.#rows.recall(key, -1, token.header, 'closed', () => this.#row(token.header, token, false));
    return beginTable(token, key, header);
  }

  /** Appends the entries of the token, whose text is `source`, to a list or table of which `count` entries came before. */
  extend(block: ContainerBlock, token: BlockToken, source: string, count: number, openness: Openness): ContainerBlock {
    const { key } = block;
    if (block.type === 'list') {
      const { items, start } = token as ListToken;
      const entries = items.map((item, index) => {
        const itemOpenness = opennessOf(item, openness);
        const itemSource = source.slice(item.start - start, (items[index + 1]?.start ?? Infinity) - start);
        return this.#items.recall(key, count + index, itemSource, itemOpenness, () => this.#item(item, itemOpenness));
      });
      return { ...block, runs: appendToRuns(block.runs, entries, entriesPerRun) };
    }
    const table = token as TableToken;
    const entries = table.rows.map((row, index) => {
      const isOpen = openness === 'midLine' && index === table.rows.length - 1;
      const read = () => this.#row(row, table, isOpen);
      return this.#rows.recall(key, count + index, row, isOpen ? openness : 'closed', read);
    });
    return { ...block, runs: appendToRuns(block.runs, entries, entriesPerRun) };
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

  #read(token: Exclude<BlockToken, { type: 'definition' }>, key: number, openness: Openness): Block {
    switch (token.type) {
      case 'heading':
        return { key, type: 'heading', depth: token.depth, inlines: this.#inlines(token.text, openness === 'midLine') };
      case 'formula':
      case 'code': {
        const { closing, info, lines } = token;
        // Blank lines after indented code are not part of it.
        const count = closing ? lines.length : lines.findLastIndex((line) => line.trim() !== '') + 1;
        const chunks = toChunks(lines.slice(0, count).join('\n'));
        return { key, type: 'code', language: languageOf(info), isComplete: openness === 'closed', chunks };
      }
      case 'footnote': {
        const number = Number(this.#findDefinition(token.label)?.split(' ')[1]);
        return { key, type: 'footnote', number, blocks: this.#nested(token.tokens, openness) };
      }
      case 'quote':
        return { key, type: 'quote', blocks: this.#nested(token.tokens, openness) };
      case 'list': {
        const items = token.items.map((item) => this.#item(item, opennessOf(item, openness)));
        return { ...beginList(token, key), runs: appendToRuns([], items, entriesPerRun) };
      }
      case 'table': {
        const last = openness === 'midLine' ? token.rows.length - 1 : -1;
        const rows = token.rows.map((row, index) => this.#row(row, token, index === last));
        const table = beginTable(token, key, this.#row(token.header, token, false));
        return { ...table, runs: appendToRuns([], rows, entriesPerRun) };
      }
      case 'rule':
        return { key, type: 'rule' };
      case 'html':
        return { key, type: 'html', text: token.lines.join('\n').trim() };
      case 'paragraph': {
        const text = token.lines.join('\n');
        const isOpen = openness !== 'closed';
        const shown = isOpen ? text.slice(0, lengthBeforeTable(text)) : text;
        return { key, type: 'paragraph', inlines: this.#inlines(shown, isOpen) };
      }
    }
  }

  #nested(tokens: readonly BlockToken[], openness: Openness): Block[] {
    return tokens.flatMap((token, index) =>
      token.type === 'definition' ? [] : this.#read(token, index, opennessOf(token, openness)),
    );
  }

  #item({ tokens }: ItemToken, openness: Openness): ListItem {
    const [first, ...others] = tokens;
    const box = first?.type === 'paragraph' ? taskBox.exec(first.lines[0]!) : null;
    if (first?.type !== 'paragraph' || !box) return { blocks: this.#nested(tokens, openness) };
    const lines = [first.lines[0]!.slice(box[0].length), ...first.lines.slice(1)];
    return { checked: box[1] !== ' ', blocks: this.#nested([{ ...first, lines }, ...others], openness) };
  }

  #row(line: string, { alignments }: TableToken, isOpen: boolean): TableRow {
    const cells = tableCells(line).slice(0, alignments.length);
    const last = cells.findLastIndex((cell) => cell !== '');
    return alignments.map((_, index) => this.#inlines(cells[index] ?? '', isOpen && index === last));
  }

  #inlines(text: string, isOpen: boolean): Inline[] {
    return parseInlines(text, { findDefinition: this.#findDefinition, isOpen, math: this.#math });
  }
}

const taskBox = /^\[([ xX])\][ \t]+(?=\S)/;

function beginList({ first }: ListToken, key: number): Extract<Block, { type: 'list' }> {
  return { key, type: 'list', start: first, runs: [] };
}

function beginTable({ alignments }: TableToken, key: number, header: TableRow): Extract<Block, { type: 'table' }> {
  return { key, type: 'table', alignments, header, runs: [] };
}

/** What may be added to a token's block, where `openness` is that of what it stands in. */
export function opennessOf(token: { readonly isOpen: boolean }, openness: Openness): Openness {
  return token.isOpen ? openness : 'closed';
}

/** The first word of a fence's info text. */
export function languageOf(info: string): string {
  return /\S+/.exec(unescapeText(info))?.[0] ?? '';
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
