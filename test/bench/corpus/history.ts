import { createRandom } from '../../../src/emulator/random.js';
import { richSentence, sentence } from './prose.js';

export interface PastMessage {
  readonly id: string;
  readonly role: 'user' | 'agent';
  readonly text: string;
}

/** What was said before: questions and answers in turn, oldest first. */
export function history(count: number): readonly PastMessage[] {
  return Array.from({ length: count }, (_, index): PastMessage => {
    const random = createRandom(`message ${index}`);
    const id = `past-${index}`;
    if (index % 2 === 0) return { id, role: 'user', text: sentence(random, 9) };
    const items = Array.from({ length: 3 }, () => `- ${sentence(random, 6)}`).join('\n');
    return { id, role: 'agent', text: `${richSentence(random)} ${sentence(random, 9)}\n\n${items}` };
  });
}
