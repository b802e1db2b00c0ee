import { PHRASES, STOP, SYNONYMS, WEAK } from './vocabulary.js';

/** A word of a question. */
export interface Word {
  /** As typed. */
  readonly text: string;
  /** What is looked up. */
  readonly stem: string;
  /** Too general to prove that a question is off the subject: it counts where it is found, and not where it is not. */
  readonly isWeak: boolean;
  /** Not said, but meant by a phrase. */
  readonly isImplied: boolean;
}

/** The words of a text that carry meaning. `createAgentProxy` is itself and each of its pieces. */
export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const [token] of text.normalize('NFKC').matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu)) {
    const pieces = token.split(/(?<=[a-z0-9])(?=[A-Z])/);
    for (const piece of pieces.length > 1 ? [token, ...pieces] : [token]) {
      const lower = fold(piece);
      if (STOP.has(lower) || lower.length < 2) continue;
      found.push({
        text: piece,
        stem: stem(lower),
        isWeak: WEAK.has(lower) || WEAK.has(stem(lower)),
        isImplied: false,
      });
    }
  }
  return found;
}

/** The words of a question, with those that a phrase stands for: who asks about screen readers asks about accessibility. */
export function questionWords(question: string): Word[] {
  const implied = PHRASES.filter(([phrase]) => phrase.test(question)).map(([, word]) => word);
  return [
    ...words(question),
    ...implied.map((word) => ({ text: word, stem: stem(word), isWeak: false, isImplied: true })),
  ];
}

/** Only what is looked up. */
export function stems(text: string): string[] {
  return words(text).map((word) => word.stem);
}

/** Other words under which a README may speak of the same thing. */
export function synonyms(stemmed: string): readonly string[] {
  return STEMMED_SYNONYMS.filter((group) => group.includes(stemmed)).flat();
}

function fold(token: string): string {
  return token
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/['’]/g, '');
}

/** A light stemmer: `styling`, `styles` and `styled` meet; `accessibility` and `accessible` too. Four letters always stay. */
export function stem(word: string): string {
  let result = word.endsWith('ies') && word.length > 4 ? `${word.slice(0, -3)}y` : word;
  for (const suffix of SUFFIXES) {
    if (result.endsWith(suffix) && result.length - suffix.length >= 4) {
      result = result.slice(0, -suffix.length);
      break;
    }
  }
  if (/^[a-z]{4,}e$/.test(result)) result = result.slice(0, -1);
  return result.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
}

const SUFFIXES = [
  'izations', 'isations', 'ization', 'isation', 'ations', 'ation', 'ibility', 'ability', 'ible', 'able',
  'ments', 'ment', 'izing', 'ising', 'izes', 'ises', 'ized', 'ised', 'ize', 'ise', 'ings', 'ing', 'ers', 'er', 'ed',
  'ly', 'es', 's',
]; // prettier-ignore

const STEMMED_SYNONYMS = SYNONYMS.map((group) => group.map(stem));
