import { createRandom, type Random } from '../../../src/emulator/random.js';
import { richSentence, sentence } from './prose.js';

const END = '\n\nThat is all.';

/** What agents write: headings, paragraphs with links and code, lists, a table, a fence, a quote. About 3 kB each. */
export function section(seed: string): string {
  const random = createRandom(seed);
  const many = (count: number, make: (random: Random, index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => make(random, index));
  const blocks = [
    [`## ${sentence(random, 4).slice(0, -1)}`],
    [many(4, richSentence).join(' ')],
    [many(3, () => sentence(random, 11)).join(' ')],
    many(6, () => `- ${richSentence(random)}`),
    [`### ${sentence(random, 3).slice(0, -1)}`],
    [many(3, richSentence).join(' ')],
    ['| Field | Meaning | Value |', '|---|---|--:|', ...many(5, (_, row) => tableRow(random, row))],
    ['```ts', ...many(10, (_, line) => codeLine(random, line)), '```'],
    [`> ${sentence(random, 12)}`],
    many(4, (_, index) => `${index + 1}. ${sentence(random, 9)}`),
    [many(3, richSentence).join(' ')],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n\n`;
}

/** Whole sections of at least so many characters in all. */
export function sections(length: number): string {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += section(`section ${index}`);
  return text;
}

/** An answer of exactly so many characters, all ASCII, so that they are bytes as well. */
export function answer(length: number): string {
  return sections(length).slice(0, length - END.length) + END;
}

export function tableRow(random: Random, row: number): string {
  return `| \`field_${row}\` | ${sentence(random, 4)} | ${Math.floor(random() * 1000)} |`;
}

export function codeLine(random: Random, line: number): string {
  return `const value${line} = compute(${line}, '${sentence(random, 3)}');`;
}
