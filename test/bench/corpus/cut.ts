import { createRandom } from '../../../src/emulator/random.js';

/** Cuts a text into so many deltas, none empty, of lengths that vary as tokens' do. */
export function cut(text: string, count: number): readonly string[] {
  const random = createRandom(`cut ${count}`);
  // Between half and one and a half times the average, so that no piece of a text of two characters per delta is empty.
  const weights = Array.from({ length: count }, () => 0.5 + random());
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let end = 0;
  let weight = 0;
  return weights.map((each) => {
    const start = end;
    weight += each;
    end = Math.round((weight / total) * text.length);
    return text.slice(start, end);
  });
}
