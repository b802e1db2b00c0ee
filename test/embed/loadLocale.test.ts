import { expect, it, vi } from 'vitest';
import { loadLocale } from '../../src/embed/loadLocale.js';

it.each('en nl de fr es pt it ja zh ko ar he'.split(' '))('loads %s', async (language) => {
  const locale = await loadLocale(language);
  expect(locale?.lang.split('-')[0]).toBe(language);
});

it.each([
  ['de-AT', 'de'],
  ['pt-PT', 'pt-BR'],
  ['zh_TW', 'zh-Hans'],
  ['NL', 'nl'],
])('takes %s for %s', async (tag, lang) => {
  expect((await loadLocale(tag))?.lang).toBe(lang);
});

it.each(['tlh', 'constructor', ''])('reports "%s", which is not one of its languages', async (tag) => {
  const warn = vi.fn();
  expect(await loadLocale(tag, warn)).toBeUndefined();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/is not one of en, nl,.*in English/)]]);
});

it('stays English where the file cannot be had, and says so', async () => {
  const warn = vi.fn();
  expect(await loadLocale('de', warn, { de: () => Promise.reject(new Error('404')) })).toBeUndefined();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/locale="de" could not be loaded/)]]);
});
