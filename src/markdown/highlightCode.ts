import { codeLanguage, type CodeLanguage } from './codeLanguages.js';

/** A piece of code, and what it is. */
export interface CodeToken {
  readonly text: string;
  readonly kind: 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'inserted' | 'deleted' | undefined;
}

/** Longer code stays plain: thousands of elements for colours would slow down scrolling. */
const maxLength = 30_000;

/**
 * Colours code that is complete. A small reader of our own: those of the libraries take seconds for 20 kB of blank lines or quotes, which an agent can
 * be made to write.
 *
 * @param chunks - the code, cut anywhere.
 * @returns the tokens of each chunk: together they are its text. `undefined` for a language that is not known, or too much code.
 */
export function highlightCode(chunks: readonly string[], name: string): readonly (readonly CodeToken[])[] | undefined {
  const code = chunks.join('');
  if (code.length > maxLength) return undefined;
  if (/^(?:diff|patch)$/i.test(name)) return split(chunks, readDiff(code));
  const language = codeLanguage(name);
  return language && split(chunks, readCode(code, language));
}

function* readCode(
  code: string,
  { comment, string, name, word: words, keywords, isCaseless }: CodeLanguage,
): Generator<CodeToken> {
  // Each alternative begins where the last ended and reads on to its own end, so that no character is read twice.
  const token = new RegExp(
    `(${comment})|(${name})|(${string})|(${words})(?=( ?\\()?)|[^\\w"'\`/#<$@:;=*[.%-]+|[^]`,
    'gym',
  );
  for (const match of code.matchAll(token)) {
    const [text, isComment, isName, isString, word, isCalled] = match;
    const isKeyword = word !== undefined && keywords.has(isCaseless ? word.toLowerCase() : word);
    const isType = word !== undefined && (isCalled !== undefined || /^[A-Z]\w*[a-z]/.test(word));
    yield {
      text,
      kind: isComment
        ? 'comment'
        : isString
          ? 'string'
          : /^\d/.test(text)
            ? 'number'
            : isKeyword
              ? 'keyword'
              : isName || isType
                ? 'name'
                : undefined,
    };
  }
}

function* readDiff(code: string): Generator<CodeToken> {
  for (const [text] of code.matchAll(/[^\n]*\n|[^\n]+/g)) {
    yield {
      text,
      kind: text[0] === '+' ? 'inserted' : text[0] === '-' ? 'deleted' : text.startsWith('@@') ? 'name' : undefined,
    };
  }
}

/** Deals tokens out to the chunks that they stand in; neighbours of the same kind become one. */
function split(chunks: readonly string[], tokens: Iterable<CodeToken>): readonly (readonly CodeToken[])[] {
  const colored: CodeToken[][] = chunks.map(() => []);
  let chunk = 0;
  let left = chunks[0]?.length ?? 0;
  for (const { text, kind } of tokens) {
    for (let at = 0; at < text.length;) {
      while (left === 0) left = chunks[++chunk]!.length;
      const piece = text.slice(at, at + left);
      const row = colored[chunk]!;
      const last = row.at(-1);
      if (last?.kind === kind && last) row[row.length - 1] = { text: last.text + piece, kind };
      else row.push({ text: piece, kind });
      at += piece.length;
      left -= piece.length;
    }
  }
  return colored;
}
