import type { Token, Tokens } from 'marked';
import type { Block } from './block.js';
import { lexBlocks, type LexedBlock } from './blockLexer.js';
import { BlockReader, languageOf, lastOpen, type ContainerBlock, type Openness } from './BlockReader.js';
import { commitPoint, entryCount, openEntries } from './commitPoint.js';
import { OpenFence } from './OpenFence.js';
import { appendToRuns } from './runs.js';
import { settledLength } from './settledLength.js';

/** Blocks that are rendered together, under one `content-visibility`. */
const blocksPerGroup = 8;

/** A table's header and the line under it. */
const linesBeforeRows = 2;

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
  /** A table's first two lines, without which its rows would not be rows. */
  readonly head: string;
}

interface Continuation {
  readonly from: ContainerBlock;
  readonly source: string;
  readonly openness: Openness;
  readonly block: ContainerBlock;
}

/** Creates a parser for one growing markdown text. */
export function createMarkdownParser(): MarkdownParser {
  let parser = new IncrementalParser();
  return {
    parse(text, isStreaming = false) {
      // Not startsWith(): in V8 it compares character by character, 100 times slower than equality.
      if (text.slice(0, parser.seen.length) !== parser.seen) parser = new IncrementalParser();
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
  readonly #reader = new BlockReader((label) => this.#definitions.get(label) ?? this.#lastDefinitions.get(label));

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
  #advance(): readonly LexedBlock[] {
    for (;;) {
      if (!this.#fence && !this.#container) this.#openFence();
      if (this.#fence) {
        if (!this.#readFence(this.#fence)) return [];
        continue;
      }
      const text = this.#tail.slice(0, settledLength(this.#tail));
      const blocks = this.#lex(text, this.#definitions);
      if (!this.#commit(blocks, text) && !this.#commitEntries(blocks[0])) return blocks;
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
    this.#push([{ key, type: 'code', language: languageOf(fence.info), chunks: fence.chunks() }]);
    return true;
  }

  /** Lexes the tail's beginning, adds its definitions to `definitions` and reads again what had asked for them. */
  #lex(text: string, definitions: Map<string, string>): readonly LexedBlock[] {
    const head = this.#container?.head ?? '';
    const lexed = lexBlocks(head + text);
    if (this.#container && lexed.blocks[0]?.token.type !== this.#container.block.type) {
      // Not expected: what was an entry always is one. Should it happen, losing the entries would be worse.
      this.#push([this.#container.block]);
      this.#container = undefined;
      return this.#lex(text, definitions);
    }
    const lineStart = text.lastIndexOf('\n') + 1;
    // A definition whose line is not over would be a link to half a URL.
    const isCut = definitions === this.#definitions && text.includes(']:', lineStart);
    const found = isCut ? lexBlocks(head + text.slice(0, lineStart)).definitions : lexed.definitions;
    const added = [...found].filter(([label]) => !this.#definitions.has(label));
    for (const [label, href] of added) definitions.set(label, href);
    if (definitions === this.#definitions) this.#refresh(new Set(added.map(([label]) => label)));
    const shift = head.length;
    return lexed.blocks.map(({ token, start, end }) => ({
      token,
      start: Math.max(0, start - shift),
      end: end - shift,
    }));
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

  #commit(blocks: readonly LexedBlock[], text: string): boolean {
    const count = commitPoint(blocks, text);
    if (count === 0) return false;
    this.#push(this.#blocks(blocks.slice(0, count), 'closed'));
    this.#container = undefined;
    this.#drop(blocks[count]!.start);
    return true;
  }

  /** Commits the first entries of a list or table that begins the tail. */
  #commitEntries(first: LexedBlock | undefined): boolean {
    const over = first ? entryCount(first.token) - openEntries : 0;
    if (!first || over < openEntries) return false;
    const { token } = first;
    const before = this.#container;
    const begun = before?.block ?? this.#reader.begin(token, this.#offset);
    if (!begun) return false;
    let length: number;
    let done: Token;
    if (token.type === 'list') {
      const items = (token as Tokens.List).items.slice(0, over);
      length = items.reduce((sum, item) => sum + item.raw.length, 0);
      done = { ...token, items };
    } else {
      length = endOfLine(this.#tail, over + (before ? 0 : linesBeforeRows));
      done = { ...token, rows: (token as Tokens.Table).rows.slice(0, over) };
    }
    const head =
      token.type === 'list' ? '' : (before?.head ?? this.#tail.slice(0, endOfLine(this.#tail, linesBeforeRows)));
    const count = before?.count ?? 0;
    this.#container = { block: this.#reader.extend(begun, done, count, 'closed'), head, count: count + over };
    this.#drop(length);
    return true;
  }

  /** The blocks of a text that is complete: its last line counts as it is. */
  #lastBlocks(settled: readonly LexedBlock[]): Block[] {
    const last = new Map<string, string>();
    const isSettled = this.#fence !== undefined || settledLength(this.#tail) === this.#tail.length;
    const blocks = isSettled ? settled : this.#lex(this.#tail, last);
    this.#lastDefinitions = last;
    this.#refresh(new Set(last.keys()));
    return this.#tailBlocks(blocks, false);
  }

  #tailBlocks(blocks: readonly LexedBlock[], isStreaming: boolean): Block[] {
    if (this.#fence) {
      const { key, fence } = this.#fence;
      const settled = fence.mayClose(this.#tail) ? '' : this.#tail.replace(/[\ud800-\udbff]$/, '');
      const chunks = fence.chunks(isStreaming ? settled : this.#tail);
      return [{ key, type: 'code', language: languageOf(fence.info), chunks }];
    }
    const isMidLine = !this.#tail.slice(0, blocks.at(-1)?.end).endsWith('\n');
    return this.#blocks(blocks, isStreaming ? (isMidLine ? 'midLine' : 'open') : 'closed');
  }

  /** Reads lexed blocks of the tail; the first one continues an open list or table. */
  #blocks(lexed: readonly LexedBlock[], openness: Openness): Block[] {
    const blocks: Block[] = [];
    const last = lastOpen(lexed.map(({ token }) => token));
    for (const [index, { token, start, end }] of lexed.entries()) {
      const source = this.#tail.slice(start, end);
      const blockOpenness = token === last ? openness : 'closed';
      const block =
        index === 0 && this.#container
          ? this.#continued(this.#container, token, source, blockOpenness)
          : this.#reader.block(token, source, this.#offset + start, blockOpenness);
      if (block) blocks.push(block);
    }
    return blocks;
  }

  #continued({ block: from, count }: OpenContainer, token: Token, source: string, openness: Openness): Block {
    const known = this.#continuation;
    if (known?.from === from && known.source === source && known.openness === openness) return known.block;
    const block = this.#reader.extend(from, token, count, openness);
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
