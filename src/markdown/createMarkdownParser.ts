import type { Block } from './block.js';
import { BlockReader, languageOf, opennessOf, type ContainerBlock, type Openness } from './BlockReader.js';
import type { BlockToken, TableToken } from './blockToken.js';
import { lexBlocks } from './lexBlocks.js';
import type { MathSupport } from './MathSupport.js';
import { OpenFence } from './OpenFence.js';
import { appendToRuns } from './runs.js';
import { settledLength } from './settledLength.js';

/** Blocks that are rendered together, under one `content-visibility`. */
const blocksPerGroup = 8;

/** A table's header and the line under it. */
const linesBeforeRows = 2;

/** As many entries of a list or table are committed at once, so that few updates copy their run. */
const entriesPerCommit = 2;

/** The blocks of a text, in groups. A group whose blocks are unchanged is the same array. */
export type BlockGroups = readonly (readonly Block[])[];

export interface MarkdownParser {
  /**
   * Reads `text`. If it continues the text of the last call, only its open end is read; otherwise everything is.
   *
   * While `isStreaming` (default `false`) what cannot be decided yet is left out and what is unclosed is closed, so that
   * no shown character disappears later. The result depends on the arguments alone; what was read before decides only
   * which objects are the same as before.
   */
  parse(text: string, isStreaming?: boolean): BlockGroups;
}

/** A list or table whose first entries are over and no longer lexed. */
interface OpenContainer {
  readonly block: ContainerBlock;
  /** Entries in `block`. */
  readonly count: number;
  /** What its rows are read with, if it is a table. */
  readonly table: TableToken | undefined;
}

/** The part of the tail that is lexed, and its blocks. */
interface Lexed {
  readonly text: string;
  readonly tokens: readonly BlockToken[];
}

interface Continuation {
  readonly from: ContainerBlock;
  readonly source: string;
  readonly openness: Openness;
  readonly block: ContainerBlock;
}

/** Creates a parser for one growing markdown text. Without `math` formulas are text. */
export function createMarkdownParser(math?: MathSupport): MarkdownParser {
  let parser = new IncrementalParser(math);
  return {
    parse(text, isStreaming = false) {
      // Not startsWith(): in V8 it compares character by character, 100 times slower than equality.
      if (text.slice(0, parser.seen.length) !== parser.seen) parser = new IncrementalParser(math);
      return parser.update(text, isStreaming);
    },
  };
}

class IncrementalParser {
  seen = '';
  #wasStreaming: boolean | undefined;
  #result: BlockGroups = [];

  /** What is not committed yet, with line feeds only. */
  #tail = '';
  /** Place of the tail in the whole text with line feeds only. */
  #offset = 0;
  #committed: BlockGroups = [];
  #fence: { readonly key: number; readonly fence: OpenFence } | undefined;
  #container: OpenContainer | undefined;
  /** What the container looked like in the last update, with its open entries. */
  #continuation: Continuation | undefined;

  readonly #definitions = new Map<string, string>();
  /** Definitions in lines that are not over: they count only when the text is said to be complete. */
  #lastDefinitions: ReadonlyMap<string, string> = new Map();
  readonly #math: MathSupport | undefined;
  readonly #reader: BlockReader;

  constructor(math: MathSupport | undefined) {
    this.#math = math;
    this.#reader = new BlockReader((label) => this.#definitions.get(label) ?? this.#lastDefinitions.get(label), math);
  }

  update(text: string, isStreaming: boolean): BlockGroups {
    if (text === this.seen && isStreaming === this.#wasStreaming) return this.#result;
    this.#append(text.slice(this.seen.length));
    this.seen = text;
    this.#wasStreaming = isStreaming;
    if (this.#lastDefinitions.size > 0) {
      const labels = new Set(this.#lastDefinitions.keys());
      this.#lastDefinitions = new Map();
      this.#refresh(labels);
    }

    const offset = this.#offset;
    const settled = this.#advance();
    const tailBlocks = isStreaming ? this.#tailBlocks(settled, isStreaming) : this.#lastBlocks(settled);
    this.#result = appendToRuns(this.#committed, tailBlocks, blocksPerGroup);
    if (offset !== this.#offset) {
      this.#reader.prune(this.#offset, this.#container?.block.key, this.#container?.count ?? 0);
    }
    return this.#result;
  }

  #append(text: string): void {
    // A line feed after a carriage return that came with the previous update belongs to the same line end.
    const added = this.seen.endsWith('\r') && text.startsWith('\n') ? text.slice(1) : text;
    this.#tail += added.replace(/\r\n?/g, '\n');
  }

  /** Commits what is over. Returns the blocks of the settled part of the tail. */
  #advance(): Lexed {
    for (;;) {
      if (!this.#fence && !this.#container) this.#openFence();
      if (this.#fence) {
        if (!this.#readFence(this.#fence)) return { text: '', tokens: [] };
        continue;
      }
      const lexed = this.#lex(this.#tail.slice(0, settledLength(this.#tail)), this.#definitions);
      if (!this.#commit(lexed) && !this.#commitEntries(lexed)) return lexed;
    }
  }

  #openFence(): void {
    const opened = OpenFence.open(this.#tail);
    if (!opened) return;
    this.#fence = { key: this.#offset, fence: opened.fence };
    this.#drop(opened.length);
  }

  /** Returns whether the fence is closed. */
  #readFence({ key, fence }: { key: number; fence: OpenFence }): boolean {
    const { length, isClosed } = fence.read(this.#tail);
    this.#drop(length);
    if (!isClosed) return false;
    this.#fence = undefined;
    this.#push([{ key, type: 'code', language: languageOf(fence.info), isComplete: true, chunks: fence.chunks() }]);
    return true;
  }

  /** Lexes the tail's beginning, adds its definitions to `definitions` and reads again what had asked for them. */
  #lex(text: string, definitions: Map<string, string>): Lexed {
    const { tokens, definitions: found } = lexBlocks(text, this.#container?.table, this.#math);
    const added = new Set<string>();
    for (const { label, href, isCut, start } of found) {
      // A definition whose line is not over would be a link to half a URL.
      if (this.#definitions.has(label) || definitions.has(label) || (isCut && definitions === this.#definitions))
        continue;
      const isFootnote = label[0] === '^';
      definitions.set(label, isFootnote ? `${this.#offset + start} ${this.#countFootnotes(definitions) + 1}` : href);
      added.add(label);
    }
    if (definitions === this.#definitions) this.#refresh(added);
    return { text, tokens };
  }

  #countFootnotes(definitions: ReadonlyMap<string, string>): number {
    return [...new Set([...this.#definitions.keys(), ...definitions.keys()])].filter((label) => label[0] === '^')
      .length;
  }

  #refresh(labels: ReadonlySet<string>): void {
    if (labels.size === 0) return;
    this.#continuation = undefined;
    this.#reader.forget(labels);
    this.#committed = this.#committed.map((group) => {
      const refreshed = group.map((block) => this.#reader.refresh(block, labels));
      return refreshed.every((block, index) => block === group[index]) ? group : refreshed;
    });
    if (!this.#container) return;
    this.#container = { ...this.#container, block: this.#reader.refreshContainer(this.#container.block, labels) };
  }

  /** Commits the blocks before the last one that begins in a line that is over. */
  #commit({ text, tokens }: Lexed): boolean {
    const lineStart = text.lastIndexOf('\n') + 1;
    const index = tokens.findLastIndex(({ start }) => start < lineStart);
    const start = tokens[index]?.start ?? 0;
    if (start === 0) return false;
    this.#push(this.#blocks({ text, tokens: tokens.slice(0, index) }, 'closed'));
    this.#container = undefined;
    this.#drop(start);
    return true;
  }

  /** Commits the entries of a list or table that begins the tail, but for the last two: of which one may be unfinished. */
  #commitEntries({ text, tokens: [token] }: Lexed): boolean {
    if (token?.type !== 'list' && token?.type !== 'table') return false;
    const before = this.#container;
    const begun = before?.block ?? this.#reader.begin(token, this.#offset);
    const over = (token.type === 'list' ? token.items : token.rows).length - entriesPerCommit;
    if (!begun || over < entriesPerCommit) return false;
    const length =
      token.type === 'list' ? token.items[over]!.start : endOfLine(text, over + (before ? 0 : linesBeforeRows));
    const done =
      token.type === 'list'
        ? { ...token, items: token.items.slice(0, over) }
        : { ...token, rows: token.rows.slice(0, over) };
    const count = before?.count ?? 0;
    const block = this.#reader.extend(begun, done, text.slice(0, length), count, 'closed');
    this.#container = { block, table: token.type === 'table' ? token : undefined, count: count + over };
    this.#drop(length);
    return true;
  }

  /** The blocks of a text that is complete: its last line counts as it is. */
  #lastBlocks(settled: Lexed): Block[] {
    const last = new Map<string, string>();
    const isSettled = this.#fence !== undefined || settled.text === this.#tail;
    const lexed = isSettled ? settled : this.#lex(this.#tail, last);
    this.#lastDefinitions = last;
    this.#refresh(new Set(last.keys()));
    return this.#tailBlocks(lexed, false);
  }

  #tailBlocks(lexed: Lexed, isStreaming: boolean): Block[] {
    if (this.#fence) {
      const { key, fence } = this.#fence;
      const settled = fence.mayClose(this.#tail) ? '' : this.#tail.replace(/[\ud800-\udbff]$/, '');
      const chunks = fence.chunks(isStreaming ? settled : this.#tail);
      return [{ key, type: 'code', language: languageOf(fence.info), isComplete: !isStreaming, chunks }];
    }
    return this.#blocks(lexed, isStreaming ? (lexed.text.endsWith('\n') ? 'open' : 'midLine') : 'closed');
  }

  /** Reads blocks of the tail; the first one continues an open list or table. */
  #blocks({ text, tokens }: Lexed, openness: Openness): Block[] {
    const blocks: Block[] = [];
    for (const [index, token] of tokens.entries()) {
      const source = text.slice(token.start, tokens[index + 1]?.start);
      const blockOpenness = opennessOf(token, openness);
      const block =
        index === 0 && this.#container
          ? this.#continued(this.#container, token, source, blockOpenness)
          : this.#reader.block(token, source, this.#offset + token.start, blockOpenness);
      if (block) blocks.push(block);
    }
    return blocks;
  }

  #continued({ block: from, count }: OpenContainer, token: BlockToken, source: string, openness: Openness): Block {
    const known = this.#continuation;
    if (known?.from === from && known.source === source && known.openness === openness) return known.block;
    const block = this.#reader.extend(from, token, source, count, openness);
    this.#continuation = { from, source, openness, block };
    return block;
  }

  #push(blocks: readonly Block[]): void {
    this.#committed = appendToRuns(this.#committed, blocks, blocksPerGroup);
  }

  #drop(length: number): void {
    this.#tail = this.#tail.slice(length);
    this.#offset += length;
  }
}

/** Place after the given number of lines. */
function endOfLine(text: string, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line++) end = text.indexOf('\n', end) + 1;
  return end;
}
