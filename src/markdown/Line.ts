const tabStop = 4;

/** A line that is consumed from the left: first by the blocks around, then by the block that it belongs to. */
export class Line {
  /** What is left. Of a tab that was consumed in part, the rest stands here as spaces. */
  rest: string;
  #column = 0;

  constructor(text: string) {
    this.rest = text;
  }

  /** Columns of white space at the front. */
  get indent(): number {
    let column = this.#column;
    for (let at = 0; this.#isSpace(at); at++) column += this.#width(at, column);
    return column - this.#column;
  }

  get isBlank(): boolean {
    return !/[^ \t]/.test(this.rest);
  }

  /** What is left, without the white space at its front. */
  get text(): string {
    return this.rest.replace(/^[ \t]+/, '');
  }

  /** Consumes white space of at most so many columns. */
  skip(columns: number): void {
    const end = this.#column + columns;
    let at = 0;
    let column = this.#column;
    while (column < end && this.#isSpace(at)) column += this.#width(at++, column);
    this.rest = ' '.repeat(Math.max(0, column - end)) + this.rest.slice(at);
    this.#column = Math.min(column, end);
  }

  /** Consumes white space and then so many characters. */
  take(characters: number): void {
    this.skip(Infinity);
    this.rest = this.rest.slice(characters);
    this.#column += characters;
  }

  #isSpace(at: number): boolean {
    return this.rest[at] === ' ' || this.rest[at] === '\t';
  }

  #width(at: number, column: number): number {
    return this.rest[at] === '\t' ? tabStop - (column % tabStop) : 1;
  }
}
