import { expect, it, vi } from 'vitest';
import { readEmbedOptions } from '../../src/embed/embedOptions.js';

const read = (attributes: Record<string, string>) => (name: string) => attributes[name] ?? null;
const required = { url: '/api/agent-chat', agent: 'support' };

it('takes what is written and nothing else', () => {
  const attributes = {
    ...required,
    mode: 'sidebar',
    theme: 'dark',
    density: 'compact',
    title: 'Help',
    greeting: 'Hi',
    locale: 'he',
    dir: 'rtl',
    links: 'https://docs.example.com *',
    images: 'https://cdn.example.com/answers/',
    color: 'red',
  };
  expect(readEmbedOptions(read(attributes))).toEqual({
    ...required,
    mode: 'sidebar',
    theme: 'dark',
    density: 'compact',
    title: 'Help',
    greeting: 'Hi',
    locale: 'he',
    dir: 'rtl',
    links: 'https://docs.example.com *',
    images: 'https://cdn.example.com/answers/',
  });
});

it.each([
  ['', true],
  ['open', true],
  ['true', true],
  ['false', false],
])('reads open="%s", and math likewise, as %s', (value, isSet) => {
  const options = readEmbedOptions(read({ ...required, open: value, math: value }));
  expect(options).toEqual({ ...required, open: isSet, math: isSet });
});

it.each([{ url: '/api' }, { agent: 'support' }, { url: '', agent: 'support' }, {}])(
  'has nobody to talk to with %j',
  (attributes) => {
    expect(readEmbedOptions(read(attributes))).toBeNull();
  },
);

it('reports a word that is no choice, and looks as by default', () => {
  const warn = vi.fn();
  expect(readEmbedOptions(read({ ...required, mode: 'popup' }), warn)).toEqual(required);
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/mode="popup" is not one of bubble, inline/)]]);
});
