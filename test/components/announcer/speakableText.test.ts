import { expect, test } from 'vitest';
import { speakableText } from '../../../src/components/announcer/speakableText.js';

test.each([
  ['**Bold** and _slanted_ and `code`', 'Bold and slanted and code'],
  ['# A heading', 'A heading'],
  ['- one\n- [x] two', 'one\ntwo'],
  ['See [the guide](https://example.com/a).', 'See the guide.'],
  ['> quoted', 'quoted'],
  ['| A | B |\n| --- | --- |\n| 1 | 2 |', ' A B \n\n 1 2 '],
  ['Before\n```ts\nlet a = 1;\n```\nAfter', 'Before\nCode block.\nAfter'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
])('%j is read as %j', (markdown, spoken) => {
  expect(speakableText(markdown, 'Code block.')).toBe(spoken);
});
