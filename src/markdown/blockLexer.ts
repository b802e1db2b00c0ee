import { getDefaults, Lexer, Tokenizer, type Token, type Tokens } from 'marked';

/** Quotes and lists nested deeper than this are text: marked recurses per level, and `>` costs one byte. */
const maxDepth = 16;

/**
 * marked's block rules with bounds. Overridden methods only ever refuse what marked would accept, so that whatever they
 * refuse becomes a paragraph.
 */
class BoundedTokenizer extends Tokenizer {
  #depth = 0;

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return this.#nested(() => super.blockquote(source));
  }

  override list(source: string): Tokens.List | undefined {
    return this.#nested(() => super.list(source));
  }

  /**
   * A link definition is one line. CommonMark lets its title run on; then a text already shown as a paragraph would turn
   * into nothing when the closing quote arrives, any number of blocks later.
   */
  override def(source: string): Tokens.Def | undefined {
    const end = source.indexOf('\n');
    return super.def(end < 0 ? source : source.slice(0, end + 1));
  }

  #nested<T>(read: () => T): T | undefined {
    if (this.#depth >= maxDepth) return undefined;
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }
}

/** Where a block's source begins and ends in the lexed text. */
export interface LexedBlock {
  readonly token: Token;
  readonly start: number;
  readonly end: number;
}

export interface LexedText {
  readonly blocks: readonly LexedBlock[];
  /** Link definitions at any depth: normalised label → destination. The first definition of a label wins. */
  readonly definitions: ReadonlyMap<string, string>;
}

/** Splits text (line feeds only, no carriage returns) into block tokens. Their inline text is left unread. */
export function lexBlocks(text: string): LexedText {
  const lexer = new Lexer({ ...getDefaults(), tokenizer: new BoundedTokenizer() });
  const tokens = lexer.blockTokens(text, lexer.tokens);
  const blocks: LexedBlock[] = [];
  let start = 0;
  for (const token of tokens) {
    const end = start + token.raw.length;
    blocks.push({ token, start, end });
    start = end;
  }
  const definitions = new Map(Object.entries(lexer.tokens.links).map(([label, link]) => [label, link.href ?? '']));
  return { blocks, definitions };
}
