import { fenceClosing } from './fenceClosing.js';

/** Lines per run of code: what is re-rendered while a fence grows is one run. */
const linesPerChunk = 64;

const opening = /^(`{3,}(?=[^`\n]*\n)|~{3,})([^\n]*)\n/;

/** Cuts code into runs of whole lines, from the front, so that appending changes no run but the last. */
export function toChunks(code: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  for (;;) {
    let end = start;
    for (let line = 0; line < linesPerChunk && end >= 0; line++) end = code.indexOf('\n', end) + 1 || -1;
    if (end < 0 || end === code.length) break;
    chunks.push(code.slice(start, end));
    start = end;
  }
  chunks.push(code.slice(start));
  return chunks;
}

/**
 * A fence at the start of a line whose end is not there yet. It is read line by line and never lexed again: a 100 kB code
 * block costs per update what its last lines cost.
 */
export class OpenFence {
  /** The info text after the fence's characters. */
  readonly info: string;
  readonly #closing: RegExp;
  readonly #chunks: string[] = [];
  #rest = '';

  private constructor(marker: string, info: string) {
    this.info = info;
    this.#closing = fenceClosing(marker);
  }

  /** Recognises an opening line that is complete. Indented fences are left to the lexer. */
  static open(text: string): { fence: OpenFence; length: number } | undefined {
    const match = opening.exec(text);
    return match ? { fence: new OpenFence(match[1]!, match[2]!), length: match[0].length } : undefined;
  }

  /**
   * Takes complete lines from the front of `text`.
   * @returns how many characters were taken, and whether the last line taken closes the fence.
   */
  read(text: string): { length: number; isClosed: boolean } {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const line = text.slice(start, end);
      if (this.#closing.test(line)) {
        this.#append(text.slice(0, start));
        return { length: end + 1, isClosed: true };
      }
      start = end + 1;
    }
    this.#append(text.slice(0, start));
    return { length: start, isClosed: false };
  }

  /** The code so far. `unfinished` is the line after those read. */
  chunks(unfinished = ''): readonly string[] {
    const isClosing = this.#closing.test(unfinished);
    return [...this.#chunks, ...toChunks(withoutLastLineFeed(this.#rest + (isClosing ? '' : unfinished)))];
  }

  /** Whether `line`, still without its line feed, may become the closing fence. */
  mayClose(line: string): boolean {
    return /^\s*(`*|~*)\s*$/.test(line);
  }

  #append(lines: string): void {
    const chunks = toChunks(this.#rest + lines);
    this.#rest = chunks.pop()!;
    this.#chunks.push(...chunks);
  }
}

function withoutLastLineFeed(code: string): string {
  return code.endsWith('\n') ? code.slice(0, -1) : code;
}
