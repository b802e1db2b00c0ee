import type { Block, Section } from './readmeSections.js';
import { stems } from './words.js';

/** What is quoted of a section: the blocks that speak of the question, in their order, with the code that belongs to them. */
export function pickPassages(section: Section, sections: readonly Section[], question: string): Block[] {
  const asked = new Set(stems(question));
  const outline = outlineOf(section, sections);
  const named = new Set(stems(section.heading));
  if (outline !== null && [...asked].every((term) => named.has(term))) return [...section.blocks.slice(0, 1), outline];
  const blocks = subtree(section, sections);
  const rated = blocks.map((block, index) => ({
    block,
    index,
    rating: rate(block, asked, named) - index * 0.05,
  }));
  const chosen = new Set<number>();
  let length = 0;
  const take = (index: number): void => {
    const block = blocks[index];
    if (block === undefined || chosen.has(index)) return;
    const size = trimBlock(block, asked).text.length;
    if (chosen.size > 0 && length + size > ENOUGH) return;
    chosen.add(index);
    length += size;
  };
  const best = rated.filter(({ rating }) => rating > 0.5).sort((one, other) => other.rating - one.rating);
  for (const { index } of best.slice(0, 3)) take(index);
  if (chosen.size === 0) [0, 1].forEach(take);
  // Prose that ends in a colon, and most answers to "how", are nothing without the code below them.
  for (const index of [...chosen]) if (blocks[index + 1]?.kind === 'code') take(index + 1);
  for (const index of [...chosen])
    if (blocks[index]?.kind === 'code' && blocks[index - 1]?.kind === 'prose') take(index - 1);
  return [...chosen]
    .sort((one, other) => one - other)
    .flatMap((index) => {
      const block = blocks[index];
      return block === undefined ? [] : [trimBlock(block, asked)];
    });
}

/** The blocks of a section and of the sections below it, each of those begun by its heading. */
export function subtree(section: Section, sections: readonly Section[]): Block[] {
  const below = section.descendants.flatMap((id): Block[] => {
    const child = sections[id];
    if (child === undefined) return [];
    const [first, ...rest] = child.blocks;
    if (first === undefined) return [];
    // A quoted paragraph has to say what it is about.
    const named: Block = first.kind === 'prose' ? { ...first, text: `**${child.heading}.** ${first.text}` } : first;
    return [named, ...rest];
  });
  return [...section.blocks, ...below];
}

// A section that is hardly more than its parts is told by naming them.
function outlineOf(section: Section, sections: readonly Section[]): Block | null {
  if (section.blocks.length > 1 || section.descendants.length === 0) return null;
  const parts = section.descendants.flatMap((id) => {
    const part = sections[id];
    if (part === undefined || part.level !== section.level + 1) return [];
    const [sentence] = part.blocks.find((block) => block.kind === 'prose')?.text.split(/(?<=[.!?:])\s/) ?? [];
    const isWhole = sentence !== undefined && /[.!?]$/.test(sentence);
    return [isWhole ? `- **${part.heading}**: ${sentence}` : `- **${part.heading}**`];
  });
  return { kind: 'list', text: parts.join('\n') };
}

function rate(block: Block, asked: ReadonlySet<string>, headingTerms: ReadonlySet<string>): number {
  const own = new Set(stems(block.text));
  let rating = 0;
  for (const term of asked) {
    if (own.has(term)) rating += headingTerms.has(term) ? 0.6 : 1.5;
  }
  return rating;
}

// Of a long table or list only the rows that were asked for.
function trimBlock(block: Block, asked: ReadonlySet<string>): Block {
  if (block.kind !== 'table' && block.kind !== 'list') return block;
  const lines = block.kind === 'table' ? block.text.split('\n') : block.text.split(/\n(?=\s{0,1}(?:[-*+]|\d+[.)])\s)/);
  const head = block.kind === 'table' ? lines.slice(0, 2) : [];
  const rows = lines.slice(head.length);
  if (rows.length <= MOST_ROWS) return block;
  const matching = rows.filter((row) => stems(row).some((term) => asked.has(term)));
  const kept = (matching.length > 0 ? matching : rows).slice(0, MOST_ROWS);
  return { ...block, text: [...head, ...kept].join('\n') };
}

const ENOUGH = 1400;
const MOST_ROWS = 8;
