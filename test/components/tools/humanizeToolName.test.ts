import { expect, test } from 'vitest';
import { humanizeToolName } from '../../../src/components/tools/humanizeToolName.js';

test.each([
  ['search_readme', 'Search readme'],
  ['searchReadme', 'Search readme'],
  ['get-HTTP-status', 'Get HTTP status'],
  ['parseHTMLPage', 'Parse HTML page'],
  ['orders.find', 'Orders find'],
  ['', ''],
])('%j reads %j', (name, words) => {
  expect(humanizeToolName(name)).toBe(words);
});
