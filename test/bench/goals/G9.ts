import { isDeepStrictEqual } from 'node:util';
import { createRandom, pick } from '../../../src/emulator/random.js';
import { createMarkdownParser } from '../../../src/markdown/createMarkdownParser.js';
import { section } from '../corpus/answer.js';
import { sentence } from '../corpus/prose.js';
import type { Goal } from '../machine/Goal.js';

const PREFIXES = 10_000;

const goal: Goal = {
  id: 'G9',
  title:
    'what is read delta by delta is what is read at once, at every prefix; late definitions of links and footnotes included',
  run({ report }) {
    let prefixes = 0;
    let documents = 0;
    const wrong: string[] = [];
    for (; prefixes < PREFIXES; documents += 1) {
      const random = createRandom(`document ${documents}`);
      const name = `l${documents}`;
      const text = `See [${name}] and [this][${name}] and the note.[^${name}]\n\n${section(`G9 ${documents}`).slice(0, 1_500)}\n\n[${name}]: https://docs.example/${name}\n\n[^${name}]: ${sentence(random, 6)}\n\nThe end of [${name}].`;
      const parser = createMarkdownParser();
      for (let end = 0; end < text.length;) {
        end = Math.min(text.length, end + pick(random, [1, 2, 3, 5, 8, 13]));
        const prefix = text.slice(0, end);
        const isStreaming = end < text.length;
        const grown = parser.parse(prefix, isStreaming);
        if (!isDeepStrictEqual(grown, createMarkdownParser().parse(prefix, isStreaming))) {
          wrong.push(`document ${documents} at ${end}`);
        }
        prefixes += 1;
      }
    }
    report(`${prefixes} prefixes`);
    const measured = `${wrong.length} of ${prefixes.toLocaleString('en')}`;
    return Promise.resolve({
      tables: [
        {
          head: ['', 'prefixes', 'documents', 'different'],
          rows: [['agent-chat-widget', prefixes.toLocaleString('en'), String(documents), String(wrong.length)]],
          notes: wrong.slice(0, 5),
        },
      ],
      checks: [{ claim: `0 prefixes of ≥ 10,000 differ`, measured, isMet: wrong.length === 0 }],
    });
  },
};
export default goal;
