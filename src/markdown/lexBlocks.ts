import type {
  BlockToken,
  Container,
  Definition,
  FootnoteToken,
  ItemToken,
  ParagraphToken,
  QuoteToken,
  TableToken,
} from './blockToken.js';
import { continues, takeItemMark, takeQuoteMark } from './containers.js';
import { beginLeaf, takeVerbatim } from './leafBlocks.js';
import { Line } from './Line.js';
import type { MathSupport } from './MathSupport.js';
import { normalizeLabel } from './normalizeLabel.js';
import { readDefinition } from './readDefinition.js';
import { columnAlignments } from './tableCells.js';

/** Quotes and lists nested deeper than this are text: views recurse per level, and `>` costs one byte. */
const maxDepth = 16;

const underline = /^(?:=+|-+)[ \t]*$/;
const footnoteMark = /^\[\^([^\s[\]]{1,100})\]:[ \t]*/;
/** A line that inside a paragraph means the same as where nothing stands before it. */
const independent = /^ {0,3}[^\s\d<[$]/;

type BlockContainer = QuoteToken | ItemToken | FootnoteToken;

export interface LexedText {
  /** The blocks at the top level. Each reaches to the next one's start. */
  readonly tokens: readonly BlockToken[];
  /** The link definitions at any depth, in order. The first one of a label counts. */
  readonly definitions: readonly Definition[];
}

/**
 * Splits text (line feeds only, no carriage returns) into blocks, by the rules of CommonMark 0.31 and GFM's tables, in
 * one pass. Once a whole line has begun a further block at the top level, nothing that follows changes the blocks before
 * it, and the text from that line on, lexed alone, gives the same blocks. The same is true of a list's entries.
 *
 * @param table Begin with further rows of this table.
 * @param math Finds formulas.
 */
export function lexBlocks(text: string, table?: TableToken, math?: MathSupport): LexedText {
  const lexer = new BlockLexer(text, table && { ...table, start: 0, isOpen: true, rows: [] }, math);
  let start = 0;
  while (start < text.length) start = lexer.readLine(start);
  return { tokens: lexer.root.tokens, definitions: lexer.definitions };
}

/** Its objects are written out: made by spreading others, they cost ten times as much as all the rest. */
class BlockLexer {
  readonly root: Container;
  readonly definitions: Definition[] = [];
  readonly #source: string;
  readonly #math: MathSupport | undefined;
  /** Where the line before began. */
  #previous = 0;
  #start = 0;
  #isCut = false;
  /** The quotes, footnotes and entries that the last line stands in. */
  readonly #containers: BlockContainer[] = [];
  /** The block in the innermost of them that the last line belongs to. */
  #leaf: BlockToken | undefined;

  constructor(source: string, first: TableToken | undefined, math: MathSupport | undefined) {
    this.#source = source;
    this.#math = math;
    this.#leaf = first;
    this.root = { start: 0, isOpen: true, tokens: first ? [first] : [] };
  }

  /** Reads the line that begins at `start`; returns where the next one does. */
  readLine(start: number): number {
    const end = this.#source.indexOf('\n', start);
    this.#isCut = end < 0;
    this.#previous = this.#start;
    this.#start = start;
    this.#read(new Line(this.#isCut ? this.#source.slice(start) : this.#source.slice(start, end)));
    return this.#isCut ? this.#source.length : end + 1;
  }

  #read(line: Line): void {
    const start = this.#start;
    let depth = 0;
    while (depth < this.#containers.length && continues(this.#containers[depth]!, line)) depth++;
    const leaf = this.#openLeaf(depth);
    if (leaf && takeVerbatim(leaf, line)) return;
    for (;;) {
      if (line.isBlank) return this.#close(depth);
      if (line.indent > 3) {
        if (this.#openLeaf()?.type === 'paragraph') break;
        line.skip(4);
        const lines = [line.rest];
        return this.#add(depth, { start, isOpen: true, type: 'code', closing: undefined, info: '', indent: 0, lines });
      }
      const open = this.#openLeaf(depth);
      const paragraph = open?.type === 'paragraph' ? open : undefined;
      const begun =
        (paragraph && this.#underlined(paragraph, line.text, depth)) ?? beginLeaf(line, start, paragraph, this.#math);
      if (begun) return this.#add(depth, begun);
      const container = depth < maxDepth && this.#beginContainer(line, depth, !!paragraph);
      if (!container) break;
      this.#containers.push(container);
      depth++;
    }
    this.#takeText(line.text, depth);
  }

  /** What a paragraph becomes by the line under it: a heading, or a table whose header is its last line. */
  #underlined(paragraph: ParagraphToken, text: string, depth: number): BlockToken | undefined {
    const { lines, start } = paragraph;
    const header = lines.at(-1)!;
    const alignments = columnAlignments(header, text);
    const isAlone = lines.length === 1;
    const line = this.#source.slice(this.#previous, this.#start);
    // At the top level the text may be lexed again from the header on, and this must be a table again.
    if (alignments && (isAlone || (header.includes('|') && (depth > 0 || independent.test(line))))) {
      lines.pop();
      if (isAlone) this.#parent(depth).tokens.pop();
      return { start: isAlone ? start : this.#previous, isOpen: true, type: 'table', alignments, header, rows: [] };
    }
    if (!underline.test(text)) return undefined;
    this.#parent(depth).tokens.pop();
    return { start, isOpen: true, type: 'heading', depth: text[0] === '=' ? 1 : 2, text: lines.join('\n') };
  }

  /** Begins a quote, a footnote or an entry of a list. */
  #beginContainer(line: Line, depth: number, isInParagraph: boolean): BlockContainer | undefined {
    const start = this.#start;
    if (takeQuoteMark(line)) {
      const quote: QuoteToken = { start, isOpen: true, type: 'quote', tokens: [] };
      this.#add(depth, quote);
      return quote;
    }
    const note = depth === 0 && footnoteMark.exec(line.text);
    if (note) {
      line.take(note[0].length);
      const label = `^${normalizeLabel(note[1]!)}`;
      this.definitions.push({ label, href: '', isCut: false, start });
      const footnote: FootnoteToken = { start, isOpen: true, type: 'footnote', label, width: 4, tokens: [] };
      this.#add(depth, footnote);
      return footnote;
    }
    const mark = takeItemMark(line, isInParagraph);
    if (!mark) return undefined;
    const { marker, number, width } = mark;
    const item: ItemToken = { start, isOpen: true, type: 'item', width, tokens: [] };
    const list = this.#parent(depth).tokens.at(-1);
    if (list?.type === 'list' && list.marker === marker) {
      this.#close(depth);
      list.items.push(item);
    } else this.#add(depth, { start, isOpen: true, type: 'list', marker, first: number, items: [item] });
    return item;
  }

  #takeText(text: string, depth: number): void {
    const start = this.#start;
    const leaf = this.#openLeaf();
    // A paragraph goes on even without the marks of what it stands in.
    if (leaf?.type === 'paragraph') leaf.lines.push(text);
    else if (leaf?.type === 'table' && leaf === this.#openLeaf(depth)) leaf.rows.push(text);
    else {
      const definition = readDefinition(text);
      if (definition) {
        this.definitions.push({ ...definition, isCut: this.#isCut, start });
        this.#add(depth, { start, isOpen: true, type: 'definition' });
      } else this.#add(depth, { start, isOpen: true, type: 'paragraph', lines: [text] });
    }
  }

  /** The block that a line may continue that stands in `depth` of the containers. */
  #openLeaf(depth = this.#containers.length): BlockToken | undefined {
    return this.#leaf?.isOpen && depth === this.#containers.length ? this.#leaf : undefined;
  }

  #parent(depth: number): Container {
    return this.#containers[depth - 1] ?? this.root;
  }

  /** Ends what the current line does not continue. */
  #close(depth: number): void {
    if (this.#leaf) this.#leaf.isOpen = false;
    while (this.#containers.length > depth) this.#containers.pop()!.isOpen = false;
    this.#leaf = undefined;
  }

  #add(depth: number, token: BlockToken): void {
    this.#close(depth);
    const { tokens } = this.#parent(depth);
    const last = tokens.at(-1);
    if (last) last.isOpen = false;
    tokens.push(token);
    if (!/^(?:quote|list|footnote)$/.test(token.type)) this.#leaf = token;
  }
}
