import { createRandom } from '../../../src/emulator/random.js';
import { codeLine, tableRow } from './answer.js';
import { richSentence } from './prose.js';

export type BlockKind = 'fence' | 'list' | 'table';

/** The beginning of one block that is never closed: its head, and whole lines until it has at least so many characters. */
export function oneBlock(kind: BlockKind, length: number): string {
  const random = createRandom(kind);
  let text = { fence: '```ts\n', list: '', table: '| Field | Meaning | Value |\n|---|---|--:|\n' }[kind];
  for (let line = 0; text.length < length; line += 1) {
    if (kind === 'fence') text += `${codeLine(random, line)}\n`;
    else if (kind === 'list') text += `- ${richSentence(random)}\n`;
    else text += `${tableRow(random, line)}\n`;
  }
  return text;
}
