import type { Random } from './random.js';

/** Cuts text into deltas of one to four words, white space kept. A word over 24 characters is cut too, never inside one. */
export function splitDeltas(text: string, random: Random): string[] {
  const pieces = text.split(/(?<=\s)(?=\S)/u).flatMap(cutLong);
  const deltas: string[] = [];
  for (let index = 0; index < pieces.length;) {
    const count = 1 + Math.floor(random() * 4);
    deltas.push(pieces.slice(index, index + count).join(''));
    index += count;
  }
  return deltas.filter((delta) => delta !== '');
}

function cutLong(piece: string): string[] {
  if (piece.length <= LONGEST) return [piece];
  const characters = Array.from(piece);
  const cuts: string[] = [];
  for (let index = 0; index < characters.length; index += LONGEST) {
    cuts.push(characters.slice(index, index + LONGEST).join(''));
  }
  return cuts;
}

const LONGEST = 24;
