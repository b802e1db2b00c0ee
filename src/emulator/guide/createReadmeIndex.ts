import MiniSearch from 'minisearch';
import type { Section } from './readmeSections.js';
import { questionWords, stems, synonyms, type Word, words } from './words.js';

/** A section that answers a question. */
export interface Hit {
  readonly section: Section;
  readonly score: number;
  /** How much of the question's meaning the section covers, 0 to 1; rare words weigh more than common ones. */
  readonly coverage: number;
}

/** What a search found. */
export interface SearchResult {
  /** Sections that answer the question, best first; empty where none does. */
  readonly hits: readonly Hit[];
  /** The best section that does not answer it, where it touches the subject. */
  readonly nearest: Hit | null;
  /** Words of the question that the document does not have. */
  readonly unknown: readonly string[];
}

/** Full-text search over the sections of a document. */
export interface ReadmeIndex {
  /** @param near a section that is being talked about: it and its family weigh more. */
  search(question: string, near?: Section): SearchResult;
}

export function createReadmeIndex(sections: readonly Section[]): ReadmeIndex {
  const textOf = (section: Section): string => section.blocks.map((block) => block.text).join('\n\n');
  const index = new MiniSearch<Record<string, string | number>>({
    fields: ['heading', 'parents', 'body', 'below'],
    tokenize: stems,
    processTerm: (term) => term,
    searchOptions: {
      // Questions come one stem at a time.
      tokenize: (term) => [term],
      boost: { heading: 4, parents: 1.5, below: 0.25 },
      prefix: (term) => term.length >= 5,
      fuzzy: (term) => (term.length >= 7 ? 1 : false),
      weights: { prefix: 0.5, fuzzy: 0.3 },
    },
  });
  index.addAll(
    sections.map((section) => ({
      id: section.id,
      heading: section.heading,
      parents: section.parents.join(' '),
      body: textOf(section),
      below: section.descendants
        .map((id) => sections[id])
        .map((below) => (below === undefined ? '' : `${below.heading}\n\n${textOf(below)}`))
        .join('\n\n'),
    })),
  );
  const stemmed = sections.map((section) => ` ${stems(`${section.heading} ${textOf(section)}`).join(' ')} `);
  const headings = sections.map((section) => words(section.heading));

  const lookUp = (word: Word): ReadonlyMap<number, number> => {
    const scores = new Map<number, number>();
    const add = (term: string, factor: number): void => {
      for (const { id, score } of index.search(term) as { id: number; score: number }[]) {
        scores.set(id, Math.max(score * factor, scores.get(id) ?? 0));
      }
    };
    for (const synonym of synonyms(word.stem)) add(synonym, 0.5);
    add(word.stem, 1);
    return scores;
  };

  return {
    search(question, near) {
      const asked = uniqueByStem(questionWords(question));
      const found = asked.map((word) => ({ word, scores: lookUp(word) }));
      const hasStrong = found.some(({ word, scores }) => !word.isWeak && (!word.isImplied || scores.size > 0));
      const weigh = (word: Word, sectionsWithIt: number): number => {
        if (word.isWeak && hasStrong) return 0;
        if ((word.isWeak || word.isImplied) && sectionsWithIt === 0) return 0;
        return Math.log(1 + sections.length / (sectionsWithIt + 0.5));
      };
      const total = found.reduce((sum, { word, scores }) => sum + weigh(word, scores.size), 0);
      const hits = sections.map((section): Hit & { isAnswer: boolean } => {
        let score = 0;
        let covered = 0;
        for (const { word, scores } of found) {
          const own = scores.get(section.id);
          if (own === undefined) continue;
          score += own * (word.isWeak ? 0.3 : 1);
          covered += weigh(word, scores.size);
        }
        const coverage = total === 0 ? 0 : covered / total;
        const heading = headings[section.id] ?? [];
        const named = heading.filter((word) => asked.some((one) => one.stem === word.stem));
        const isNamed = heading.length > 0 && named.length === heading.length;
        if (isNamed) score *= 1.6;
        // A part of a section answers for itself only where it is asked for; otherwise the whole does.
        if (named.length === 0 && section.level > 2) score *= 0.8;
        // The title holds the words that everything here is about.
        if (section.level === 1) score *= 0.4;
        if (section.heading !== '' && normalise(section.heading) === normalise(question)) score *= 2;
        const pairs = countPairs(stemmed[section.id] ?? '', asked);
        score *= (1 + 0.25 * pairs) * (0.2 + 0.8 * coverage ** 2);
        if (near !== undefined && isFamily(near, section)) score *= 1.4;
        const isAnswer = hasStrong
          ? coverage >= (isNamed && named.some((word) => !word.isWeak) ? 0.34 : 0.55)
          : coverage >= 0.55 && named.length > 0;
        return { section, score, coverage, isAnswer };
      });
      const ranked = hits.filter((hit) => hit.score > 0).sort((one, other) => other.score - one.score);
      const answers = ranked.filter((hit) => hit.isAnswer);
      return {
        hits: answers,
        nearest: answers.length > 0 ? null : (ranked.find((hit) => hit.coverage >= 0.4) ?? null),
        unknown: found.filter(({ word, scores }) => scores.size === 0 && !word.isWeak).map(({ word }) => word.text),
      };
    },
  };
}

function uniqueByStem(all: readonly Word[]): Word[] {
  return all.filter((word, index) => all.findIndex((earlier) => earlier.stem === word.stem) === index);
}

function normalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

// "dark mode" together says more than "dark" here and "mode" there.
function countPairs(text: string, asked: readonly Word[]): number {
  return asked.filter((word, index) => {
    const next = asked[index + 1];
    return next !== undefined && text.includes(` ${word.stem} ${next.stem} `);
  }).length;
}

function isFamily(near: Section, section: Section): boolean {
  return near.id === section.id || near.descendants.includes(section.id);
}
