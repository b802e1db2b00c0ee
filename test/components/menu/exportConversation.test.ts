import { expect, test } from 'vitest';
import { toJson, toMarkdown } from '../../../src/components/menu/exportConversation.js';
import { ENGLISH } from '../../../src/components/language/english.js';
import { frozenConversation } from '../../../stories/support/frozenConversation.js';
import { asked, done, failed, introduced, said } from '../../../stories/support/script.js';

const context = { agentName: 'Fern', labels: ENGLISH, language: 'en' };
const state = frozenConversation(
  introduced,
  ...asked([
    { kind: 'text', text: 'What is **this**?' },
    { kind: 'file', file: { bytes: btoa('secret'), mimeType: 'image/png', name: 'leaf.png' } },
  ]),
  { type: 'part.done', partId: 'r', part: { kind: 'reasoning', reasoning: 'Hmm' } },
  { type: 'tool.started', toolCallId: 'c', toolName: 'search_docs', arguments: {} },
  { type: 'tool.done', toolCallId: 'c', result: 1 },
  ...said('A *leaf*.'),
  ...done(),
).getState();

test('Markdown has who said what and when, names files and tools, and leaves thoughts out', () => {
  const text = toMarkdown(state, context);
  expect(text.replace(/ · .*/g, '')).toBe(
    '# Fern\n\n### You\n\nWhat is **this**?\n\n_File: leaf.png_\n\n### Fern\n\n_Search docs_\n\nA *leaf*.\n',
  );
  expect(text).toMatch(/### Fern · \w+, January 1\d, 2026 at \d/);
});

test('JSON has what is shown, but for the bytes of files', () => {
  const json: unknown = JSON.parse(toJson(state));
  expect(json).toMatchObject({
    version: 1,
    agent: { displayName: 'Fern' },
    messages: [
      { role: 'user', parts: [{ kind: 'text', text: 'What is **this**?' }, { file: { name: 'leaf.png' } }] },
      { role: 'agent', parts: [{ reasoning: 'Hmm' }, { toolName: 'search_docs' }, { text: 'A *leaf*.' }] },
    ],
  });
  expect(toJson(state)).not.toContain(btoa('secret'));
});

test('JSON says what an error says', () => {
  const broken = frozenConversation(...asked('Hi'), ...failed({ code: 'server_error', message: 'Upstream broke.' }));
  expect(JSON.parse(toJson(broken.getState()))).toMatchObject({
    messages: [{}, { error: { code: 'server_error', message: 'Upstream broke.' } }],
  });
});
