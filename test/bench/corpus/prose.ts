import { pick, type Random } from '../../../src/emulator/random.js';

const WORDS =
  'the agent order parcel refund invoice customer number delivery window account request support team answer status report table value system page week change default option result price label email address return policy within after before because while every another several usually directly often'.split(
    ' ',
  ) as [string, ...string[]];

/** Plain words, begun with a capital and ended with a full stop. */
export function sentence(random: Random, words: number): string {
  const text = Array.from({ length: words }, () => pick(random, WORDS)).join(' ');
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** A sentence with one of everything that stands inside a line. */
export function richSentence(random: Random): string {
  const word = (): string => pick(random, WORDS);
  const marked = [
    `**${word()} ${word()}**`,
    `*${word()}*`,
    `\`${word()}_${word()}\``,
    `[${word()} ${word()}](https://docs.example/${word()}/${word()})`,
  ] as const;
  return `${sentence(random, 5).slice(0, -1)} ${pick(random, [...marked])} ${sentence(random, 6).toLowerCase()}`;
}
